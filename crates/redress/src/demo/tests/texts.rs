//! The texts themselves: every choice can be made, every name is known, nobody says what the house does not say.

use std::collections::BTreeSet;

use rules::intake::feedback::title_of;

use crate::demo::chance::Chance;
use crate::demo::desk::DESK;
use crate::demo::reviews::REVIEWS;
use crate::demo::texts::{COMPLAINTS, FILLER, KIND_WORDS, Texts};
use crate::demo::words::Kept;

/// What a teller knows of the moment besides the lists.
const MOMENTS: [&str; 10] = [
    "weekday",
    "last_month",
    "two_months_ago",
    "three_months_ago",
    "tomorrow",
    "yesterday",
    "by_tomorrow",
    "second_day",
    "done",
    "done_day",
];

fn every_file() -> impl Iterator<Item = (&'static str, &'static str)> {
    let others = [
        ("filler.toml", FILLER),
        ("kind_words.toml", KIND_WORDS),
        ("desk.toml", DESK),
        ("reviews.toml", REVIEWS),
    ];
    COMPLAINTS.into_iter().chain(others)
}

#[test]
fn every_name_in_a_text_is_known() {
    let lists = Texts::load().unwrap().lists;
    let mut unknown = Vec::new();
    for (file, text) in every_file() {
        // Tables of TOML in one line have spaces inside their braces; choices have none.
        for part in text.split("[[text]]") {
            let choices = part.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
            let choices: Vec<&str> = choices
                .map(|(choice, _)| choice)
                .filter(|choice| !choice.starts_with(' '))
                .collect();
            let kept: BTreeSet<&str> = choices
                .iter()
                .filter_map(|choice| choice.split_once('='))
                .map(|(name, _)| name)
                .collect();
            let names = choices.iter().filter(|choice| !choice.contains(['|', '=']));
            unknown.extend(
                names
                    .filter(|name| !kept.contains(**name) && !MOMENTS.contains(name) && !lists.contains_key(**name))
                    .map(|name| format!("{file}: {name}")),
            );
        }
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

#[test]
fn no_two_texts_begin_alike() {
    let texts = Texts::load().unwrap();
    let mut chance = Chance::seeded(1);
    let mut titles: Vec<String> = texts
        .complaints
        .iter()
        .chain(&texts.others)
        .map(|text| title_of(&Kept::default().fill(&text.words, &texts.lists, &mut chance)))
        .collect();
    titles.sort();
    let before = titles.len();
    titles.dedup();
    assert_eq!(titles.len(), before);
}

#[test]
fn an_investigation_answers_a_finding_that_is_there() {
    for text in Texts::load().unwrap().complaints {
        if let Some(again) = text.again {
            assert!(again.after < text.finding.len(), "{}", text.id);
        }
    }
}

#[test]
fn nobody_says_what_the_house_does_not_say() {
    for (file, text) in every_file() {
        let text = text.to_lowercase();
        for word in [
            "please note",
            "unfortunately",
            "in due course",
            "any inconvenience",
            "valued",
        ] {
            assert!(!text.contains(word), "{file} says {word}");
        }
    }
}
