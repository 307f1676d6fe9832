//! The texts themselves: every choice can be made, every name is known, nobody says what the house does not say.

use rules::intake::feedback::title_of;

use crate::demo::chance::Chance;
use crate::demo::texts::Texts;
use crate::demo::words::Kept;

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
