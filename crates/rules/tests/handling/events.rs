//! Stored events: a release reads what an older one wrote, to the last field.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rules::case::Event;
use serde_json::Value;

use crate::{golden, samples};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/events")
}

fn file(kind: &str, version: u16) -> PathBuf {
    folder().join(format!("{kind}.v{version}.json"))
}

fn pretty(event: &Event) -> String {
    let value: Value = serde_json::from_slice(&event.encode()).unwrap();
    serde_json::to_string_pretty(&value).unwrap() + "\n"
}

/// Kind, version and JSON of every stored golden file.
fn stored() -> Vec<(String, u16, Value)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (kind, version) = name.rsplit_once(".v").unwrap();
        // A newer form of the same event stands beside the older one: `signoff.approved+fixed.v1.json`.
        let kind = kind.split('+').next().unwrap();
        (
            kind.to_owned(),
            version.parse().unwrap(),
            serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap(),
        )
    };
    files.map(read).collect()
}

#[test]
fn every_kind_has_a_sample_and_a_golden_file() {
    let samples = samples::all();
    let kinds: Vec<(&str, u16)> = samples.iter().map(|event| (event.kind(), event.version())).collect();
    assert_eq!(kinds, Event::KINDS);
    for event in samples {
        golden::check(&file(event.kind(), event.version()), &pretty(&event));
    }
}

#[test]
fn a_newer_form_of_an_event_stands_beside_the_older_one() {
    for (what, event) in samples::newer() {
        let older = file(event.kind(), event.version());
        let path = folder().join(format!("{}+{what}.v{}.json", event.kind(), event.version()));
        golden::check(&path, &pretty(&event));
        assert_ne!(
            std::fs::read_to_string(older).unwrap(),
            pretty(&event),
            "{} says nothing new",
            event.kind()
        );
    }
}

#[test]
fn no_golden_file_belongs_to_an_event_that_was_taken_away() {
    let known: BTreeSet<&str> = Event::KINDS.iter().map(|(kind, _)| *kind).collect();
    for (kind, _, _) in stored() {
        assert!(
            known.contains(kind.as_str()),
            "{kind} is in the logs of others and must stay readable"
        );
    }
}

#[test]
fn what_was_stored_is_read_and_written_again_to_the_last_field() {
    let all = stored();
    assert!(all.len() >= Event::KINDS.len());
    for (kind, version, json) in all {
        let event = Event::decode(&kind, version, json.to_string().as_bytes()).unwrap();
        assert_eq!(event.kind(), kind);
        let again: Value = serde_json::from_slice(&event.encode()).unwrap();
        assert_eq!(again, json, "{kind} version {version} lost or changed a field");
    }
}

/// Replaces the `n`-th field of a JSON value, counted depth first, by one with another name. `None` when there are fewer.
fn renamed(value: &Value, n: &mut usize) -> Option<Value> {
    match value {
        Value::Object(fields) => {
            for (name, inner) in fields {
                let mut changed = fields.clone();
                if *n == 0 {
                    let moved = changed.remove(name).unwrap();
                    changed.insert(format!("{name}_before"), moved);
                    return Some(Value::Object(changed));
                }
                *n -= 1;
                // What a stub holds is read when the stub is.
                if name == "payload" {
                    continue;
                }
                if let Some(inner) = renamed(inner, n) {
                    changed.insert(name.clone(), inner);
                    return Some(Value::Object(changed));
                }
            }
            None
        }
        Value::Array(items) => items.iter().enumerate().find_map(|(at, item)| {
            let item = renamed(item, n)?;
            let mut items = items.clone();
            items[at] = item;
            Some(Value::Array(items))
        }),
        _ => None,
    }
}

#[test]
fn a_field_that_is_renamed_anywhere_does_not_pass_unseen() {
    let mut fields = 0;
    for (kind, version, json) in stored() {
        for at in 0.. {
            let Some(other) = renamed(&json, &mut at.clone()) else {
                break;
            };
            fields += 1;
            let read = Event::decode(&kind, version, other.to_string().as_bytes());
            let same = read.is_ok_and(|event| serde_json::from_slice::<Value>(&event.encode()).unwrap() == other);
            assert!(
                !same,
                "{kind} version {version} keeps a field that it does not know: {other}"
            );
        }
    }
    assert!(fields > 150, "only {fields} fields were looked at");
}

#[test]
fn an_event_of_a_newer_release_is_named_in_the_error() {
    let error = Event::decode("case.teleported", 1, b"{}").unwrap_err().to_string();
    assert_eq!(
        error,
        "this release does not know the event case.teleported version 1; it was written by a newer one"
    );
    let error = Event::decode("case.closed", 9, b"{}").unwrap_err().to_string();
    assert!(error.contains("case.closed version 9"), "{error}");
}

#[test]
fn a_damaged_event_says_which_it_is() {
    let error = Event::decode("case.closed", 1, b"{\"ending\":\"vanished\"}")
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("the event case.closed version 1 cannot be read"),
        "{error}"
    );
}

#[test]
fn letters_are_stored_under_the_names_that_files_use() {
    for kind in rules::letters::LetterKind::ALL {
        assert_eq!(
            serde_json::to_value(kind).unwrap(),
            Value::String(kind.code().to_owned())
        );
    }
}
