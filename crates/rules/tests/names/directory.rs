//! Everybody of a directory is found, however they are named.

use rules::confidential::names::{Known, People, What, find};

use super::frames::{self, VARIANTS};

/// The least that must be found of every variant, and of all of them together.
const LEAST: f64 = 0.90;
const LEAST_OF_ALL: f64 = 0.95;

#[test]
fn people_are_found_by_every_way_in_which_they_are_named() {
    let known = frames::people(include_str!("people.csv"));
    let index = People::of(
        known
            .iter()
            .map(|person| Known {
                key: person.username.clone(),
                name: person.name.clone(),
                username: Some(person.username.clone()),
                email: Some(person.email.clone()),
            })
            .collect(),
    );
    let (mut all, mut found_of_all) = (0_u32, 0_u32);
    let mut below = Vec::new();
    for variant in VARIANTS {
        let (mut asked, mut found) = (0_u32, 0_u32);
        let mut missed = Vec::new();
        for (seed, person) in known.iter().enumerate() {
            for text in frames::sentences(person, variant, seed) {
                let spans = find(&text, &index, None).spans;
                let hit = spans
                    .iter()
                    .any(|span| matches!(&span.what, What::Known { people, .. } if people.contains(&person.username)));
                asked += 1;
                found += u32::from(hit);
                if !hit {
                    missed.push(text);
                }
            }
        }
        let recall = f64::from(found) / f64::from(asked);
        println!(
            "{variant}: {found} of {asked}, {recall:.3}; for one: {:?}",
            missed.iter().take(12).collect::<Vec<_>>()
        );
        (all, found_of_all) = (all + asked, found_of_all + found);
        if recall < LEAST {
            below.push(variant);
        }
    }
    assert!(below.is_empty(), "fewer than {LEAST} are found by {below:?}");
    assert!(
        f64::from(found_of_all) / f64::from(all) >= LEAST_OF_ALL,
        "{found_of_all} of {all}"
    );
}

#[test]
fn a_number_in_a_name_finds_nobody() {
    let known = Known {
        key: "7".to_owned(),
        name: "Handler 7".to_owned(),
        ..Known::default()
    };
    let people = People::of(vec![known]);
    for text in [
        "I waited until 7 and nobody came.",
        "The printers stop at 7pm, which is wrong.",
    ] {
        assert_eq!(find(text, &people, None).spans, [], "{text}");
    }
}
