//! Random directories with circles, gaps and several managers, against an answer by every way there is.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rules::directory::{Asked, Away, Chosen, Directory, DirectoryPerson, Unavailable, Why, line_manager};

use super::support::{nora, person};

const FAR: u32 = 1_000;

#[derive(Debug, Clone)]
struct Invented {
    people: Vec<DirectoryPerson>,
    about: Vec<String>,
    unavailable: BTreeMap<String, Unavailable>,
}

fn key(number: usize) -> String {
    format!("k{number}")
}

prop_compose! {
    fn invented()(count in 2_usize..9)(
        managers in prop::collection::vec(prop::collection::vec(0..count + 2, 0..3), count),
        names in prop::collection::vec(0_usize..4, count),
        odd in prop::collection::vec(0_u8..12, count),
        about in prop::collection::btree_set(0..count + 1, 1..4),
    ) -> Invented {
        let mut unavailable = BTreeMap::new();
        let count = managers.len();
        let people = (0..count).map(|at| {
            // Two of the numbers are nobody's: gaps.
            let managers: Vec<String> = managers[at].iter().map(|manager| key(*manager)).collect();
            let mut person = person(&key(at), &managers.iter().map(String::as_str).collect::<Vec<_>>());
            person.name = format!("name {}", names[at]);
            match odd[at] {
                0 => person.away = Some(Away::Closed),
                1 => person.away = Some(Away::Absent),
                2 => person.emails.clear(),
                3 => drop(unavailable.insert(key(at), Unavailable::Conflicted)),
                4 => drop(unavailable.insert(key(at), Unavailable::Absent)),
                _ => {}
            }
            person
        }).collect();
        // Rarely somebody whom the directory does not hold.
        let about = about.into_iter().filter(|at| *at < count || odd[0] > 8).map(key).collect();
        Invented { people, about, unavailable }
    }
}

/// The number of steps from each to each over any way, by trying every stop in between.
fn steps(people: &[DirectoryPerson]) -> Vec<Vec<u32>> {
    let count = people.len();
    let leads = |from: usize, to: usize| from != to && people[from].managers.contains(&people[to].key);
    let mut steps: Vec<Vec<u32>> = (0..count)
        .map(|from| (0..count).map(|to| if leads(from, to) { 1 } else { FAR }).collect())
        .collect();
    for over in 0..count {
        for from in 0..count {
            for to in 0..count {
                steps[from][to] = steps[from][to].min(steps[from][over] + steps[over][to]);
            }
        }
    }
    steps
}

/// Everybody who may be asked, the best first.
fn eligible(invented: &Invented) -> Vec<&str> {
    let people = &invented.people;
    let steps = steps(people);
    let named: Vec<usize> = (0..people.len())
        .filter(|at| invented.about.contains(&people[*at].key))
        .collect();
    if named.is_empty() || named.len() < invented.about.len() {
        return Vec::new();
    }
    let mut all: Vec<_> = (0..people.len())
        .filter(|at| {
            let person = &people[*at];
            let can = person.away.is_none() && !person.emails.is_empty();
            let may = !named.contains(at) && !invented.unavailable.contains_key(&person.key);
            let stands = named
                .iter()
                .all(|named| steps[*named][*at] < FAR && steps[*at][*named] >= FAR);
            can && may && stands
        })
        .map(|at| {
            let far: Vec<u32> = named.iter().map(|named| steps[*named][at]).collect();
            let most = far.iter().max().copied().unwrap_or_default();
            (most, far.iter().sum::<u32>(), &people[at].name, &*people[at].key)
        })
        .collect();
    all.sort();
    all.into_iter().map(|(_, _, _, key)| key).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_answer_is_the_best_of_all_who_may_be_asked(invented in invented(), shift in 0_usize..8) {
        let nora = nora();
        let asked = Asked { about: &invented.about, unavailable: &invented.unavailable, nominated: Some(&nora) };
        let found = line_manager(&Directory::new(invented.people.clone()), &asked);
        match (&found.who, eligible(&invented).first()) {
            (Chosen::Person { key, .. }, Some(best)) => prop_assert_eq!(key, best),
            (Chosen::Nominated(_), None) => {}
            (got, wanted) => prop_assert!(false, "{:?}, not {:?}", got, wanted),
        }
        // The same, in whatever order the people and the managers came.
        let mut turned = invented.people.clone();
        let by = shift % turned.len();
        turned.rotate_left(by);
        turned.iter_mut().for_each(|person| person.managers.reverse());
        prop_assert_eq!(line_manager(&Directory::new(turned), &asked), found);
    }

    #[test]
    fn whoever_is_passed_over_is_so_for_a_reason_that_holds(invented in invented()) {
        let nora = nora();
        let asked = Asked { about: &invented.about, unavailable: &invented.unavailable, nominated: Some(&nora) };
        let found = line_manager(&Directory::new(invented.people.clone()), &asked);
        for passed in &found.past {
            let same = invented.people.iter().filter(|person| person.name == passed.name);
            let holds = same.clone().any(|person| match passed.why {
                Why::Named => invented.about.contains(&person.key),
                Why::Conflicted => invented.unavailable.get(&person.key) == Some(&Unavailable::Conflicted),
                Why::Absent => invented.unavailable.get(&person.key) == Some(&Unavailable::Absent) || person.away == Some(Away::Absent),
                Why::Closed => person.away == Some(Away::Closed),
                Why::NoMailbox => person.emails.is_empty(),
                Why::Dangling => person.managers.iter().any(|key| invented.people.iter().all(|other| other.key != *key)),
                Why::Circle | Why::NotOfAll | Why::Unknown => true,
            });
            prop_assert!(holds || passed.why == Why::Unknown, "{:?} in {:?}", passed, invented);
        }
        prop_assert_eq!(found.words().len(), found.past.len() + 1);
    }
}
