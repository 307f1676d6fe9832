//! Characters that nobody sees are taken out of the words of every event, whoever wrote them; joiners and line ends stay.

use rules::case::{Change, Event, LetterOwed, Refused};
use rules::letters::LetterKind;
use rules::unseen::{is_unseen, without_unseen};
use serde_json::Value;

use crate::samples;

/// Turned around, without width, a byte order mark, a control character.
const MARKS: &str = "\u{202E}\u{200B}\u{2066}\u{FEFF}\u{7}";

/// Every text in a payload with marks in it.
fn soiled(value: &mut Value) {
    match value {
        Value::String(text) if !text.is_empty() => {
            let first = text.chars().next().map_or(0, char::len_utf8);
            text.insert_str(first, MARKS);
        }
        Value::Array(values) => values.iter_mut().for_each(soiled),
        Value::Object(fields) => fields.values_mut().for_each(soiled),
        _ => {}
    }
}

/// The paths of all texts in a payload.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(text) if !text.is_empty() => found.push(at.to_owned()),
        Value::Array(values) => values
            .iter()
            .enumerate()
            .for_each(|(n, one)| texts(one, &format!("{at}/{n}"), found)),
        Value::Object(fields) => fields
            .iter()
            .for_each(|(name, one)| texts(one, &format!("{at}/{name}"), found)),
        _ => {}
    }
}

#[test]
fn no_word_of_any_event_keeps_a_mark_that_nobody_sees() {
    let mut words = 0;
    for event in samples::all() {
        let payload: Value = serde_json::from_slice(&event.encode()).unwrap();
        let mut paths = Vec::new();
        texts(&payload, "", &mut paths);
        for path in paths {
            let mut with_marks = payload.clone();
            soiled(with_marks.pointer_mut(&path).unwrap());
            // Codes, days and numbers cannot hold a mark: such a payload is no event at all.
            let bytes = serde_json::to_vec(&with_marks).unwrap();
            let Ok(soiled) = Event::decode(event.kind(), event.version(), &bytes) else {
                continue;
            };
            words += 1;
            assert_eq!(soiled.plain().unwrap(), event, "{} {path}", event.kind());
        }
        assert_eq!(event.clone().plain().unwrap(), event, "what is plain stays as it is");
    }
    assert!(words > 140, "only {words} texts were looked at");
}

#[test]
fn words_that_hold_nothing_else_are_refused() {
    let note = |words: &str| {
        Change::of(vec![Event::NoteAdded(rules::case::event::NoteAdded {
            words: words.to_owned(),
        })])
    };
    for words in [MARKS, "\u{200B}", " \u{2060} \u{200B}\n"] {
        let refused = note(words).plain();
        assert!(
            matches!(&refused, Err(Refused::Rule(says)) if says.contains("cannot be seen")),
            "{refused:?}"
        );
    }
    assert_eq!(note("").plain(), Ok(note("")), "an empty box is a matter of the rule");
    assert_eq!(note("a\r\nb").plain(), Ok(note("a\nb")));
}

#[test]
fn the_words_of_a_letter_lose_them_too_and_what_was_approved_stays() {
    let approved = rules::letters::Composed {
        subject: "\u{202E}Our decision".to_owned(),
        text: "Approved as it was".to_owned(),
        html: String::new(),
    };
    let mut fixed = LetterOwed::automatic(LetterKind::Stage2Decision);
    fixed.words = Some(approved.clone());
    let letter = LetterOwed::written(LetterKind::Update, format!("It{MARKS} works"), None);
    let change = Change::default().owing(letter).owing(fixed).plain().unwrap();
    assert_eq!(change.letters[0].body, "It works");
    assert_eq!(change.letters[1].words, Some(approved), "its hash is what was approved");
}

#[test]
fn joiners_and_line_ends_stay_and_marks_of_direction_go() {
    let family = "\u{1F468}\u{200D}\u{1F469}\u{200D}\u{1F467}";
    let persian = "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}";
    for words in [family, persian, "a\n\tb"] {
        assert_eq!(without_unseen(words), words);
    }
    for mark in "\u{200E}\u{200F}\u{61C}\u{202A}\u{202E}\u{2066}\u{2069}\u{200B}\u{2060}\u{FEFF}\u{0}\u{1b}".chars() {
        assert!(is_unseen(mark), "{mark:?}");
    }
}
