//! A copy of what is kept about somebody: whose cases, what is told, what is left out, and the record of it.
#![allow(clippy::unwrap_used)]

use std::path::Path;

use rules::case::event::{CategorySet, Event, InterviewHeld, NoteAdded};
use rules::case::{Case, Recorded};
use rules::confidential::names::{Known, People};
use rules::people::Actor;
use rules::subject::{
    Because, Copy, CopyMade, LEFT_OUT, LeavingOut, Others, SCHEMA, Sought, SubjectEvent, Suggestion, VERSION, Why,
    because, case_copy, due_on, suggestions, told, what,
};
use testkit::people::{amara, dana};
use testkit::{Story, day, golden};

fn story_with(notes: &[&str]) -> (rules::case::Case, Vec<Recorded>, Story<'static>) {
    let story = Story::received();
    let (mut case, mut history) = (story.case.clone(), story.history.clone());
    for note in notes {
        let event = Event::NoteAdded(NoteAdded {
            words: (*note).to_owned(),
        });
        let recorded = Recorded {
            sequence: case.sequence + 1,
            at: story.now,
            actor: Actor::Staff(amara().id),
            event,
        };
        case = case.after(&recorded).unwrap();
        history.push(recorded);
    }
    (case, history, story)
}

fn copy_of(notes: &[&str]) -> Copy {
    let (case, history, story) = story_with(notes);
    Copy {
        schema: SCHEMA,
        version: VERSION,
        controller: "Calderbrook University".to_owned(),
        asked_on: day("2026-06-09"),
        made_on: day("2026-06-10"),
        told: told("Calderbrook University", "IT Services, 01632 960 417"),
        cases: vec![case_copy(&case, &history, &story.setting())],
    }
}

fn kate() -> Known {
    Known {
        key: "FC-10510".to_owned(),
        name: "Katherine Alder-Smith".to_owned(),
        email: Some("k.aldersmith@example.ac.uk".to_owned()),
        ..Known::default()
    }
}

fn suggested(copy: &Copy) -> Vec<Suggestion> {
    let jo = Known {
        key: "7".to_owned(),
        name: "Jo Bramley".to_owned(),
        ..Known::default()
    };
    let own = ["Priya Natarajan", "priya@example.ac.uk"].map(str::to_owned);
    suggestions(
        &copy.cases,
        Others {
            people: &People::of(vec![jo]),
            own: &own,
            complained: &People::of(vec![kate()]),
        },
    )
}

fn text(copy: &Copy) -> String {
    String::from_utf8(copy.data().unwrap()).unwrap()
}

#[test]
fn a_case_is_found_by_each_thing_that_somebody_gives_and_a_name_is_only_a_name() {
    let (case, history, _) = story_with(&[]);
    let found = |sought: Sought| because(&case, &history, &sought);
    let email = |email: &str| Sought {
        email: email.to_owned(),
        ..Sought::default()
    };
    let name = |name: &str| Sought {
        name: name.to_owned(),
        ..Sought::default()
    };
    assert_eq!(found(email(" PRIYA@example.ac.uk ")), [Because::Email]);
    assert_eq!(found(email("riya@example.ac.uk")), []);
    assert_eq!(found(name("natarajan, priya")), [Because::Name]);
    assert_eq!(found(name("Priya")), [], "half a name is none");
    let named = Sought {
        references: vec![case.reference.clone()],
        ..name("Priya Natarajan")
    };
    assert_eq!(found(named), [Because::Reference, Because::Name]);
    assert_eq!(found(Sought::default()), [], "what nobody gave is no match");
}

#[test]
fn everything_about_others_is_left_out_and_nothing_of_their_own() {
    let copy = copy_of(&[
        "Priya Natarajan spoke to Jo Bramley. Ring Jo Bramley on 01632 960 555, or kate@other.example.",
        "Priya says thank you.",
    ]);
    let suggested = suggested(&copy);
    let found: Vec<(&str, Why, u32)> = suggested
        .iter()
        .map(|one| (one.what.as_str(), one.why, one.times))
        .collect();
    assert!(found.contains(&("Jo Bramley", Why::Known, 2)), "{found:?}");
    assert!(found.contains(&("01632 960 555", Why::Number, 1)), "{found:?}");
    assert!(found.contains(&("kate@other.example", Why::Address, 1)), "{found:?}");
    assert!(found.iter().all(|(what, ..)| !what.contains("Priya")), "{found:?}");
    let (left, times) = LeavingOut::all(&suggested).from_copy(copy);
    let text = text(&left);
    for other in ["Bramley", "555", "kate@"] {
        assert!(!text.contains(other), "{other}: {text}");
    }
    assert!(text.contains("Priya Natarajan spoke to [left out]."), "{text}");
    assert!(times >= 4, "{times}");
}

#[test]
fn nobody_else_is_named_in_a_copy_however_they_are_named() {
    for (words, named, why) in [
        // Somebody else who complained about the same matter.
        (
            "As Katherine Alder-Smith wrote to us too, the printer was off.",
            "Katherine Alder-Smith",
            Why::Complained,
        ),
        (
            "Kate Alder-Smith's complaint says the same.",
            "Alder-Smith",
            Why::Complained,
        ),
        (
            "Answer k.aldersmith@example.ac.uk as well.",
            "k.aldersmith@example.ac.uk",
            Why::Complained,
        ),
        // Somebody of staff, in a private matter.
        (
            "Priya shares a flat with Jo Bramley, who had surgery in May.",
            "Jo Bramley",
            Why::Known,
        ),
        ("Saw Bramley's daughter at the desk.", "Bramley", Why::Known),
        // People whom nobody here knows.
        ("Her neighbour Mrs Oluwaseun Adeyemi heard it.", "Adeyemi", Why::Named),
        (
            "Write to tom.reed+it@mail.example.org",
            "tom.reed+it@mail.example.org",
            Why::Address,
        ),
        // Numbers.
        ("His mobile is 07700 900 982.", "07700 900 982", Why::Number),
        ("Or +44 (0)7700 900982, evenings.", "900982", Why::Number),
        ("Student 1402233 sat next to them.", "1402233", Why::Number),
    ] {
        let copy = copy_of(&[words]);
        assert!(text(&copy).contains(named), "{words}");
        let suggested = suggested(&copy);
        let found = suggested.iter().find(|one| one.what.contains(named));
        assert_eq!(found.map(|one| one.why), Some(why), "{words}: {suggested:?}");
        let left = text(&LeavingOut::all(&suggested).from_copy(copy).0);
        assert!(!left.contains(named), "{words}: {left}");
        assert!(left.contains(LEFT_OUT), "{words}");
    }
}

#[test]
fn days_references_and_job_numbers_are_nobodys_numbers() {
    let copy =
        copy_of(&["On 2026-06-09 09:15 we joined F1000002 to FC-10482; it ran from 10.30 to 11.45 and cost 120."]);
    let numbers: Vec<Suggestion> = suggested(&copy)
        .into_iter()
        .filter(|one| one.why == Why::Number)
        .collect();
    assert!(numbers.is_empty(), "{numbers:?}");
}

#[test]
fn whoever_speaks_for_somebody_gets_only_their_own_words_until_that_person_agrees() {
    let (case, history, story) = story_with(&["She is ill."]);
    let told = case_copy(&case, &history, &story.setting());
    assert!(told.held_back.is_none());
    let mut history = history;
    let Event::Received(received) = &mut history[0].event else {
        panic!()
    };
    received.complainant.acting_for = Some("Asha Rao".to_owned());
    let case = Case::replay(case.reference.clone(), &history).unwrap();
    let copy = case_copy(&case, &history, &story.setting());
    assert!(copy.held_back.as_deref().unwrap().contains("has not agreed"));
    let words: String = copy
        .entries
        .iter()
        .flat_map(|entry| &entry.texts)
        .map(|text| text.text.as_str())
        .collect();
    assert!(words.contains("dropped four times"), "{words}");
    assert!(!words.contains("She is ill."), "{words}");
    let note = copy
        .entries
        .iter()
        .find(|entry| entry.what == "Somebody here made a note");
    assert!(note.is_some(), "that there was one is told");
    // The name of that person is somebody else's too.
    let whole = Copy {
        cases: vec![copy],
        ..copy_of(&[])
    };
    let suggested = suggested(&whole);
    assert!(!text(&LeavingOut::all(&suggested).from_copy(whole).0).contains("Asha Rao"));
}

#[test]
fn words_whose_source_is_somebody_else_are_left_out_whole_unless_a_person_says_otherwise() {
    let (case, mut history, story) = story_with(&[]);
    history.push(Recorded {
        sequence: case.sequence + 1,
        at: story.now,
        actor: Actor::Staff(dana().id),
        event: Event::InterviewHeld(InterviewHeld {
            notes: "The queue was long that day.".to_owned(),
            ..interview()
        }),
    });
    let copy = Copy {
        cases: vec![case_copy(&case, &history, &story.setting())],
        ..copy_of(&[])
    };
    let suggested = suggested(&copy);
    let whole = suggested.iter().find(|one| one.why == Why::OtherWords).unwrap();
    let all = LeavingOut::all(&suggested);
    assert!(!all.differs(&suggested));
    assert!(!text(&all.from_copy(copy.clone()).0).contains("queue"));
    let given = LeavingOut {
        ids: all.ids.iter().filter(|id| **id != whole.id).cloned().collect(),
        also: Vec::new(),
    };
    assert!(given.differs(&suggested), "somebody says why");
    assert!(text(&given.from_copy(copy.clone()).0).contains("queue"));
    let more = LeavingOut {
        also: vec!["long".to_owned()],
        ..given
    };
    assert!(text(&more.from_copy(copy).0).contains(&format!("The queue was {LEFT_OUT} that day.")));
}

fn interview() -> InterviewHeld {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events/interview.held.v1.json");
    serde_json::from_slice(&std::fs::read(golden).unwrap()).unwrap()
}

#[test]
fn it_tells_what_article_15_asks_for_and_the_same_to_everybody() {
    let copy = copy_of(&["A note."]);
    let articles: Vec<&str> = copy.told.iter().map(|told| told.article).collect();
    for letter in ["a", "b", "c", "d", "e", "f", "g", "h"] {
        assert!(articles.contains(&format!("15(1)({letter})").as_str()), "{letter}");
    }
    let case = &copy.cases[0];
    assert!(!case.kept.is_empty());
    assert!(!case.recipients.is_empty());
    assert_eq!(case.contact[0].value, "Priya Natarajan");
    assert!(
        case.entries
            .iter()
            .any(|entry| entry.what == "Somebody here made a note")
    );
    let text = text(&copy);
    let received = &story_with(&[]).0.received;
    assert!(!text.contains(&received.receipt_code) && !text.contains(&received.link_token));
}

#[test]
fn every_kind_of_event_has_words() {
    for (kind, _) in Event::KINDS {
        let told = ["record.viewed", "seal.withheld"].contains(kind);
        assert_eq!(what(kind) == "Something was recorded", told, "{kind}");
    }
}

#[test]
fn it_is_due_one_month_after_they_asked() {
    let calendar = Story::received().setting().calendar.clone();
    for (asked, due) in [
        ("2026-06-09", "2026-07-09"),
        ("2026-08-31", "2026-09-30"),
        // A Saturday, and the next Monday.
        ("2026-06-11", "2026-07-13"),
    ] {
        assert_eq!(due_on(day(asked), &calendar), day(due), "{asked}");
    }
}

#[test]
fn the_record_is_read_again_to_the_last_field_and_holds_nothing_of_the_copy() {
    let event = SubjectEvent::CopyMade(CopyMade {
        number: 3,
        asked_on: day("2026-06-09"),
        due_on: day("2026-07-09"),
        cases: vec!["FC-10482".parse().unwrap()],
        files: 1,
        page_sha256: "5326072725924be27e56dc3c0ea76d2628885a66".to_owned(),
        data_sha256: "9b74c9897bac770ffc029102a200c5de9b74c989".to_owned(),
        left_out: 12,
        changed: Some("They know her name.".to_owned()),
    });
    assert_eq!([(event.kind(), event.version())], SubjectEvent::KINDS);
    let value: serde_json::Value = serde_json::from_slice(&event.encode()).unwrap();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/subject_events/copy.made.v1.json");
    golden::check(&path, &(serde_json::to_string_pretty(&value).unwrap() + "\n"));
    let kept = std::fs::read(&path).unwrap();
    assert_eq!(SubjectEvent::decode("copy.made", 1, &kept).unwrap(), event);
}

#[test]
fn what_was_judged_of_a_case_is_told_in_words() {
    let (case, mut history, story) = story_with(&[]);
    history.push(Recorded {
        sequence: case.sequence + 1,
        at: story.now,
        actor: Actor::Staff(amara().id),
        event: Event::CategorySet(CategorySet {
            service: "wifi_network".to_owned(),
            problem: "not_working".to_owned(),
        }),
    });
    let copy = case_copy(&case, &history, &story.setting());
    let told: Vec<(&str, &str)> = copy
        .entries
        .last()
        .unwrap()
        .texts
        .iter()
        .map(|text| (text.name.as_str(), text.text.as_str()))
        .collect();
    assert_eq!(told, [("service", "wifi network"), ("problem", "not working")]);
}
