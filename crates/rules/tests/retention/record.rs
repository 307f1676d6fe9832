//! The record of an erasure: a release reads what an older one wrote, and it holds no word of the case.

use std::path::{Path, PathBuf};

use rules::retention::{Erased, ErasureEvent, Why};
use rules::review::facts;
use testkit::people::{dana, ruth};
use testkit::{Story, day, golden, words};

fn erased() -> Erased {
    let story = Story::received().at_stage_2().letters_arrive();
    let story = story.act(&ruth(), |case, _| {
        rules::handling::close::withdraw(case, "They called", Some(&ruth()))
    });
    Erased {
        reference: story.case.reference.clone(),
        class: Some("stage_2".to_owned()),
        class_name: Some("Investigated, or with money".to_owned()),
        why: Why::Due {
            goes_on: day("2032-06-09"),
            announced_on: day("2032-05-26"),
        },
        closed_on: Some(day("2026-06-09")),
        facts: Some(Box::new(facts(&story.case, &story.history, &story.setting()))),
    }
}

fn file(kind: &str, version: u16) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/erasure_events/{kind}.v{version}.json"))
}

#[test]
fn every_kind_has_a_golden_file_that_is_read_again_to_the_last_field() {
    let event = ErasureEvent::Erased(erased());
    assert_eq!([(event.kind(), event.version())], ErasureEvent::KINDS);
    let value: serde_json::Value = serde_json::from_slice(&event.encode()).unwrap();
    let path = file(event.kind(), event.version());
    golden::check(&path, &(serde_json::to_string_pretty(&value).unwrap() + "\n"));
    let kept = std::fs::read(&path).unwrap();
    assert_eq!(ErasureEvent::decode("case.erased", 1, &kept).unwrap(), event);
}

#[test]
fn it_holds_no_name_and_no_word_of_the_case() {
    let text = String::from_utf8(ErasureEvent::Erased(erased()).encode()).unwrap();
    let form = words::form();
    for said in [&form.name, &form.email, &form.words, &dana().name] {
        assert!(!said.is_empty() && !text.contains(said.as_str()), "{said}");
    }
}

#[test]
fn every_reason_is_read_again() {
    for why in [Why::Asked, Why::Again] {
        let event = ErasureEvent::Erased(Erased {
            why,
            facts: None,
            ..erased()
        });
        assert_eq!(ErasureEvent::decode("case.erased", 1, &event.encode()).unwrap(), event);
        assert!(!why.words().is_empty());
    }
}
