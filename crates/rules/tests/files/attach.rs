//! A file belongs to the words that it came with, and comes to the eyes of whoever reads these.

use rules::case::event::UpdateSent;
use rules::case::vocabulary::{Channel, Means};
use rules::case::{Change, Event};
use rules::files::{Brought, FileName, Kind, SeenBy};
use rules::handling::attach::attach;
use rules::handling::contact::{message, note, point, update};
use rules::people::Actor;
use testkit::Story;
use testkit::people::amara;

fn brought(name: &str) -> Brought {
    Brought {
        id: format!("id-of-{name}"),
        name: FileName::of(name),
        size: 1_000,
        kind: Kind::Png,
        sha256: "aa".to_owned(),
        stored_sha256: "bb".to_owned(),
        scanned: rules::files::Scanned::default(),
    }
}

fn files(change: &Change) -> Vec<(&str, SeenBy, u32)> {
    fn of(event: &Event) -> Option<(&str, SeenBy, u32)> {
        match event {
            Event::FileAttached(file) => Some((file.name.as_str(), file.seen_by, file.came_with)),
            _ => None,
        }
    }
    change.events.iter().filter_map(of).collect()
}

#[test]
fn a_file_with_a_reply_is_seen_by_both_sides_and_stands_behind_its_words() {
    let story = Story::received().at_stage_1();
    let last = story.case.sequence;
    let change = message(&Story::received().case, "It happened again", Channel::Web).unwrap();
    let change = attach(change, &[brought("a.png"), brought("b.png")], last).unwrap();
    assert_eq!(
        files(&change),
        [
            ("a.png", SeenBy::Complainant, last + 1),
            ("b.png", SeenBy::Complainant, last + 1)
        ]
    );
    let after = story
        .case
        .preview(&change.events, Actor::Complainant, story.now)
        .unwrap();
    assert_eq!(after.files.len(), 2);
    assert_eq!((after.files[1].by, after.sequence), (Actor::Complainant, last + 3));
}

#[test]
fn a_file_with_a_note_is_for_staff() {
    let story = Story::received().at_stage_1();
    let change = attach(note("From the network team", &amara()).unwrap(), &[brought("a.png")], 9).unwrap();
    assert_eq!(files(&change), [("a.png", SeenBy::Staff, 10)]);
    let after = story
        .case
        .preview(&change.events, Actor::Staff(amara().id), story.now)
        .unwrap();
    assert!(!after.files[0].is_theirs_too());
}

#[test]
fn a_letter_says_where_its_files_can_be_opened() {
    let story = Story::received().at_stage_1();
    let news = UpdateSent {
        words: "The letter for your department is ready. ".to_owned(),
        by: Means::Email,
        next_on: None,
    };
    let change = update(&story.case, &news, &amara(), &story.setting()).unwrap();
    let one = attach(change.clone(), &[brought("letter.pdf")], 9).unwrap();
    assert_eq!(
        one.letters[0].body,
        "The letter for your department is ready.\n\nA file came with this message: letter.pdf. You can open it by the link in this letter."
    );
    let three = [brought("a.png"), brought("b.png"), brought("c.png")];
    let three = attach(change.clone(), &three, 9).unwrap();
    assert!(
        three.letters[0]
            .body
            .contains("3 files came with this message: a.png, b.png and c.png.")
    );
    assert_eq!(
        attach(change.clone(), &[], 9).unwrap(),
        change,
        "without files nothing is said of files"
    );
}

#[test]
fn the_words_may_stand_behind_another_event() {
    let story = Story::received();
    let spoken = UpdateSent {
        words: "I rang and explained.".to_owned(),
        by: Means::Phone,
        next_on: None,
    };
    let change = update(&story.case, &spoken, &amara(), &story.setting()).unwrap();
    assert!(
        matches!(change.events[0], Event::Acknowledged(_)),
        "whoever spoke acknowledged it"
    );
    let change = attach(change, &[brought("a.png")], story.case.sequence).unwrap();
    assert_eq!(
        files(&change),
        [("a.png", SeenBy::Complainant, story.case.sequence + 2)]
    );
}

#[test]
fn files_without_words_are_refused() {
    let story = Story::received().at_stage_1();
    let change = point(&story.case, "Nobody rang back", &amara()).unwrap();
    let refused = attach(change, &[brought("a.png")], 9).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "A file belongs to words: write a message or a note with it."
    );
}
