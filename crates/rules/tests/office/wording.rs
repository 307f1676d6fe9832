//! The wording of letters as the office writes it: versions that follow each other, and the way back.

use jiff::Timestamp;
use rules::case::Refused;
use rules::letters::LetterKind;
use rules::office::OfficeEvent;
use rules::office::wording::{Wanted, Wordings, change};
use rules::people::{Actor, Role};
use testkit::people::{amara, person};

const LETTER: LetterKind = LetterKind::Update;

/// The history after one more change, and whether it was one.
fn next(before: &Wordings, wanted: Wanted) -> (Wordings, Vec<OfficeEvent>) {
    let owner = person(70, "Nell Adeyemi", "Procedure owner", &[Role::ProcedureOwner]);
    let events = change(before, LETTER, (wanted, before.last(LETTER)), &owner)
        .unwrap()
        .events;
    let mut after = before.clone();
    for event in &events {
        after.take(event, Timestamp::UNIX_EPOCH, Actor::Staff(owner.id));
    }
    (after, events)
}

fn text(words: &str) -> Wanted {
    Wanted::Text(words.to_owned())
}

#[test]
fn each_change_is_a_version_and_an_earlier_one_can_come_back() {
    let (first, events) = next(&Wordings::default(), text("one\r\ntwo\n\n"));
    assert_eq!((events.len(), first.in_use(LETTER)), (1, Some("one\ntwo\n")));
    let (same, events) = next(&first, text("one\ntwo"));
    assert_eq!(events, [], "the same words are no change");
    let (second, _) = next(&same, text("three"));
    let (third, _) = next(&second, Wanted::Again(1));
    assert_eq!(third.in_use(LETTER), Some("one\ntwo\n"));
    assert_eq!(third.of(LETTER).last().unwrap().repeats, Some(1));
    let (fourth, _) = next(&third, Wanted::Installed);
    assert_eq!((fourth.in_use(LETTER), fourth.last(LETTER)), (None, 4));
    assert_eq!(next(&fourth, Wanted::Installed).1, []);
    assert_eq!(fourth.of(LetterKind::Extension), []);
}

#[test]
fn whoever_wrote_over_an_older_version_is_told_and_nothing_is_lost() {
    let owner = person(70, "Nell Adeyemi", "Procedure owner", &[Role::Administrator]);
    let (first, _) = next(&Wordings::default(), text("one"));
    let late = change(&first, LETTER, (text("two"), 0), &owner).unwrap_err();
    assert!(
        matches!(&late, Refused::NotNow(words) if words.starts_with("Somebody changed this wording")),
        "{late}"
    );
    let missing = change(&first, LETTER, (Wanted::Again(9), 1), &owner).unwrap_err();
    assert_eq!(missing.to_string(), "There is no such version of this wording.");
    let amara = change(&first, LETTER, (text("two"), 1), &amara()).unwrap_err();
    assert!(matches!(amara, Refused::NotAllowed { .. }));
}
