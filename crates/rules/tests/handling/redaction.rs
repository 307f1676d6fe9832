//! Taking words out of a case for good: where they are found, what stays, and what is left (R31).

use std::collections::BTreeSet;

use rules::case::event::{Event, MailKept, MessageReceived, NoteAdded};
use rules::case::vocabulary::Channel;
use rules::case::{FileAttached, Recorded, Refused};
use rules::files::{FileName, Kind, SeenBy};
use rules::mail::Authentic;
use rules::people::Actor;
use rules::redaction::{Asked, Passage, What, is_word, places, take_out};
use serde_json::Value;
use testkit::Story;
use testkit::people::{amara, leila, ruth};

use crate::samples;

fn found(passage: &str, text: &str) -> bool {
    Passage::of(passage).is_some_and(|passage| passage.is_in(text))
}

#[test]
fn a_passage_is_found_however_its_lines_are_broken() {
    for (passage, text, is_there) in [
        ("my sister Kate", "With my sister\n  KATE\u{a0}there.", true),
        ("my sister's", "my sister\u{2019}s phone", true),
        ("Kate", "kate@example.ac.uk and Kate", true),
        ("Ann", "the Annual report", false),
        ("Ann", "Hann is here", false),
        ("at the desk.", "at the desk", false),
        ("020 7946 0000", "call 020 7946\n0000 now", true),
    ] {
        assert_eq!(found(passage, text), is_there, "{passage:?} in {text:?}");
    }
    assert_eq!(Passage::of(" a b"), Passage::of("a  b"));
    assert_eq!(Passage::of("ab"), None, "it would be found everywhere");
}

#[test]
fn what_stands_around_it_stays_to_the_sign() {
    let passage = Passage::of("my  sister kate").unwrap();
    assert_eq!(
        passage
            .replaced("I was with my sister Kate, and my\nsister Kate saw it.", "[x]")
            .unwrap(),
        "I was with [x], and [x] saw it."
    );
    assert_eq!(passage.replaced("Nobody was there.", "[x]"), None);
}

/// Fields of events that are no words: codes, days, instants, numbers that other systems gave, secrets of the way back, hashes.
const CODES: &[&str] = &[
    "actor",
    "answer",
    "answer_by",
    "approved_at",
    "at",
    "began_on",
    "by",
    "by_on",
    "calendar",
    "carries",
    "case",
    "cause",
    "channel",
    "clock",
    "clock_from",
    "clocks",
    "due_at",
    "due_on",
    "ending",
    "exemption",
    "existing_job",
    "field",
    "from",
    "from_on",
    "held_at",
    "hoped_by",
    "html",
    "id",
    "is",
    "kind",
    "kinds",
    "letter",
    "letter_sha256",
    "link",
    "link_token",
    "message_id",
    "month",
    "new_due_on",
    "new_on",
    "next_on",
    "number",
    "old_due_on",
    "old_on",
    "on",
    "outcome",
    "parent",
    "part",
    "problem",
    "procedure",
    "procedure_version",
    "profile",
    "reason_code",
    "receipt_code",
    "received_at",
    "received_on",
    "regime",
    "reply_by",
    "resolution_kinds",
    "root_cause",
    "said",
    "same",
    "satisfaction",
    "saw",
    "seen_by",
    "service",
    "sha256",
    "stage_id",
    "stored_sha256",
    "to",
    "urgency",
    "way",
];

fn texts(value: &Value, key: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::String(_) => drop(into.insert(key.to_owned())),
        Value::Array(items) => items.iter().for_each(|item| texts(item, key, into)),
        Value::Object(fields) => fields.iter().for_each(|(key, value)| texts(value, key, into)),
        _ => {}
    }
}

#[test]
fn of_every_text_in_every_event_somebody_has_said_whether_it_is_words() {
    let mut told = 0;
    for event in samples::all() {
        let kind = event.kind();
        if kind.starts_with("seal.") || kind == "case.sealed" {
            continue;
        }
        let mut fields = BTreeSet::new();
        texts(&serde_json::from_slice(&event.encode()).unwrap(), "", &mut fields);
        for field in fields {
            let code = matches!(
                (kind, field.as_str()),
                ("stage.entered", "reason")
                    | ("group.linked" | "group.unlinked", "with")
                    | ("vip.flagged", "source")
                    | ("letter.reported", "told")
            );
            let code = code || (CODES.contains(&field.as_str()) && !(kind == "letter.owed_again" && field == "to"));
            assert_ne!(is_word(kind, &field), code, "is {field} of {kind} words?");
            told += 1;
        }
    }
    assert!(told > 200, "{told}");
}

fn noted(words: &str) -> (rules::case::Case, Vec<Recorded>) {
    let story = Story::received();
    let mut history = story.history.clone();
    let note = Recorded {
        sequence: story.case.sequence + 1,
        at: story.now,
        actor: Actor::Staff(amara().id),
        event: Event::NoteAdded(NoteAdded {
            words: words.to_owned(),
        }),
    };
    let case = story.case.clone().after(&note).unwrap();
    history.push(note);
    (case, history)
}

fn asked(passage: &str, places: Vec<rules::case::event::Place>, reason: &str) -> Asked {
    Asked {
        what: What::Passage(passage.to_owned()),
        places,
        reason: reason.to_owned(),
    }
}

#[test]
fn only_whoever_may_takes_out_and_says_why_without_saying_it_again() {
    let (case, history) = noted("Kate Alder has diabetes.");
    let found = places(&case, &history, "Kate Alder has diabetes").unwrap();
    assert_eq!(found.len(), 1);
    let there: Vec<_> = found.iter().map(|found| found.place.clone()).collect();
    let passage = "Kate Alder has diabetes";
    let refused =
        |asked: &Asked, by: &rules::people::Person| take_out(&case, &history, asked, by).map(drop).unwrap_err();
    let fine = asked(passage, there.clone(), "About somebody else.");
    assert!(matches!(refused(&fine, &amara()), Refused::NotAllowed { .. }));
    for wrong in [
        asked(passage, there.clone(), " "),
        asked(passage, there.clone(), "It said Kate Alder has diabetes."),
        asked(passage, Vec::new(), "About somebody else."),
        asked("Ka", there, "About somebody else."),
    ] {
        assert!(matches!(refused(&wrong, &leila()), Refused::Fields { .. }), "{wrong:?}");
    }
    for by in [leila(), ruth()] {
        let retold = take_out(&case, &history, &fine, &by).unwrap();
        let Event::NoteAdded(note) = &retold.history.last().unwrap().event else {
            panic!("the note is gone")
        };
        assert_eq!(note.words, "[taken out, no. 1].");
    }
}

#[test]
fn how_they_are_reached_now_stays_until_it_is_corrected() {
    let (case, history) = noted("Rang priya@example.ac.uk.");
    let found = places(&case, &history, "priya@example.ac.uk").unwrap();
    let stays: Vec<bool> = found.iter().map(|found| found.stays.is_some()).collect();
    assert_eq!(stays, [true, false], "{found:?}");
    let all = found.iter().map(|found| found.place.clone()).collect();
    let refused = take_out(&case, &history, &asked("priya@example.ac.uk", all, "Wrong."), &ruth());
    assert!(matches!(refused, Err(Refused::NotNow(_))));
}

#[test]
fn a_title_that_was_cut_within_the_passage_does_not_keep_its_beginning() {
    let (case, history) = noted("Nothing.");
    let passage = "dropped four times during my online test. Nobody called";
    let found = places(&case, &history, passage).unwrap();
    let fields: Vec<&str> = found.iter().map(|found| found.place.field.as_str()).collect();
    assert_eq!(fields, ["title", "words"], "{found:?}");
    let all = found.iter().map(|found| found.place.clone()).collect();
    let retold = take_out(&case, &history, &asked(passage, all, "Wrong."), &ruth()).unwrap();
    let Event::Received(received) = &retold.history[0].event else {
        panic!("no receipt")
    };
    assert!(received.title.ends_with("[taken out, no. 1]"), "{}", received.title);
    assert!(!received.title.contains("dropped"), "{}", received.title);
}

#[test]
fn the_original_and_the_page_of_an_e_mail_do_not_keep_what_is_taken_out_of_its_words() {
    let story = Story::received();
    let first = story.case.sequence + 1;
    let original = FileAttached {
        id: "00112233445566778899aabbccddeeff".to_owned(),
        name: FileName::of("Original message.eml"),
        size: 10,
        kind: Kind::Text,
        sha256: "a".repeat(64),
        stored_sha256: "b".repeat(64),
        scanned: rules::files::Scanned::default(),
        seen_by: SeenBy::Staff,
        came_with: first,
        point: None,
    };
    let words = "Kate Alder has diabetes. It drops.";
    let kept = MailKept {
        came_with: first,
        ledger: 1,
        message_id: None,
        name: None,
        email: None,
        subject: "Kate Alder has diabetes".to_owned(),
        authentic: Authentic::Unknown,
        why: "It answers a letter of ours".to_owned(),
        text: Some(format!("{words}\n\n> We have it.")),
        html: Some("<p>Kate <b>Alder</b> has diabetes. It drops.</p>".to_owned()),
        dropped: Vec::new(),
    };
    let said = [
        Event::MessageReceived(MessageReceived {
            channel: Channel::Email,
            words: words.to_owned(),
        }),
        Event::FileAttached(original),
        Event::MailKept(kept),
    ];
    let (mut case, mut history) = (story.case.clone(), story.history.clone());
    for (sequence, event) in (first..).zip(said) {
        let recorded = Recorded {
            sequence,
            at: story.now,
            actor: Actor::Complainant,
            event,
        };
        case = case.after(&recorded).unwrap();
        history.push(recorded);
    }
    let passage = "Kate Alder has diabetes";
    let found = places(&case, &history, passage).unwrap();
    assert_eq!(found.len(), 3, "the words, the subject and all of it: {found:?}");
    let all = found.iter().map(|found| found.place.clone()).collect();
    let retold = take_out(&case, &history, &asked(passage, all, "Wrong."), &ruth()).unwrap();
    assert_eq!(retold.files, ["00112233445566778899aabbccddeeff"]);
    let told: String = retold
        .history
        .iter()
        .map(|recorded| String::from_utf8(recorded.event.encode()).unwrap())
        .collect();
    for left in ["Alder", "diabetes", &"a".repeat(64)] {
        assert!(!told.contains(left), "{left} stands in {told}");
    }
    // What stands in the words alone takes the original along as well.
    let only = vec![found[0].place.clone()];
    let retold = take_out(&case, &history, &asked(passage, only, "Wrong."), &ruth()).unwrap();
    assert_eq!(retold.files.len(), 1);
    // Taken out once, it is not there a second time.
    let (mut later, mut told) = (case.clone(), history.clone());
    let redacted = Recorded {
        sequence: case.sequence + 1,
        at: story.now,
        actor: Actor::Staff(ruth().id),
        event: Event::Redacted(retold.redacted),
    };
    later = later.after(&redacted).unwrap();
    told.push(redacted);
    let found = places(&later, &told, "It drops").unwrap();
    let all = found.iter().map(|found| found.place.clone()).collect();
    let again = take_out(&later, &told, &asked("It drops", all, "Wrong."), &ruth()).unwrap();
    assert!(again.files.is_empty());
}
