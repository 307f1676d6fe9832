//! Stored events of reviews and of follow-on actions: a release reads what an older one wrote, to the last field.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use rules::case::Reference;
use rules::follow_on::event::{Accepted, Changed, Promised, Proposed, Published, Words};
use rules::follow_on::{FollowOnEvent, FollowOnId};
use rules::people::StaffId;
use rules::review::event::{ActionAgreed, Correction, Finished, Frozen, Held, Noted, Opened, Recommended};
use rules::review::ledger::{Entry, Restated};
use rules::review::{Cell, Figure, Ledger, Pack, Pick, ReviewEvent, Why};
use serde_json::Value;
use testkit::golden;

fn reference() -> Reference {
    "FC-10482".parse().unwrap()
}

fn words(words: &str) -> Words {
    Words {
        words: words.to_owned(),
    }
}

fn actions() -> Vec<FollowOnEvent> {
    vec![
        FollowOnEvent::Promised(Promised {
            case: reference(),
            text: "Ask the customer before closing any job".to_owned(),
            owner: "Helpline".to_owned(),
            due_on: date(2026, 11, 6),
            service: Some("A3".to_owned()),
        }),
        FollowOnEvent::Proposed(Proposed {
            month: "2026-09".parse().unwrap(),
            text: "Replace 40 access points in the libraries".to_owned(),
            cases: vec![reference()],
            service: Some("A3".to_owned()),
        }),
        FollowOnEvent::Accepted(Accepted {
            owner: "Networks".to_owned(),
            due_on: date(2026, 12, 18),
        }),
        FollowOnEvent::Started(words("Ordered.")),
        FollowOnEvent::Changed(Changed {
            owner: "Networks".to_owned(),
            due_on: date(2027, 1, 8),
            reason: "The supplier is late".to_owned(),
        }),
        FollowOnEvent::Done(words("All 40 are in place.")),
        FollowOnEvent::Verified(words("Measured on all floors.")),
        FollowOnEvent::SentBack(words("The third floor is missing.")),
        FollowOnEvent::Dropped(words("The building is closed.")),
        FollowOnEvent::Published(Published {
            you_said: "The Wi-Fi in the libraries drops.".to_owned(),
            we_did: "There are 40 new access points.".to_owned(),
            service: Some("A3".to_owned()),
        }),
        FollowOnEvent::Unpublished(words("It broke again.")),
    ]
}

fn figures() -> Ledger {
    let mut ledger = Ledger::default();
    ledger.add(vec![
        Entry::Count(Cell::new(Figure::Volume, "kind", "all"), 46),
        Entry::Count(Cell::new(Figure::Volume, "kind", "complaint"), 46),
        Entry::Value(Cell::new(Figure::Duration, "stage-1", "all"), 2),
        Entry::Value(Cell::new(Figure::Duration, "stage-1", "all"), 3),
    ]);
    ledger
}

fn reviews() -> Vec<ReviewEvent> {
    let action = FollowOnId::Review("2026-09".parse().unwrap(), 1);
    let pack = Pack {
        made_on: date(2026, 10, 14),
        figures: figures(),
        discuss: vec![Pick {
            reference: reference(),
            reasons: vec![Why::Late, Why::Extended],
        }],
        listed: vec![reference()],
        confidential: 2,
    };
    vec![
        ReviewEvent::Opened(Opened {
            month: "2026-09".parse().unwrap(),
            seed: "5f1e0c".to_owned(),
        }),
        ReviewEvent::Noted(Noted {
            about: Some(reference()),
            words: "The contract has no weekend cover".to_owned(),
            sealed: None,
        }),
        ReviewEvent::Recommended(Recommended {
            action: action.clone(),
            text: "Replace 40 access points in the libraries".to_owned(),
        }),
        ReviewEvent::ActionAgreed(ActionAgreed {
            action,
            owner: "Networks".to_owned(),
            due_on: date(2026, 12, 18),
        }),
        ReviewEvent::Frozen(Frozen {
            sha256: pack.sha256(),
            pack,
        }),
        ReviewEvent::Restated(Correction {
            figures: figures(),
            changes: vec![Restated {
                cell: Cell::new(Figure::Volume, "kind", "complaint"),
                was: 45,
                is: 46,
            }],
            reason: "A complaint of 30 September was logged late".to_owned(),
        }),
        ReviewEvent::Held(Held {
            on: date(2026, 10, 16),
            present: vec![StaffId(7), StaffId(8)],
            others: "Head of Estates".to_owned(),
        }),
        ReviewEvent::Finished(Finished {
            words: "Look at the libraries again".to_owned(),
        }),
    ]
}

/// Kind, version, and payload.
type Stored = (String, u16, Value);

fn of_actions() -> Vec<Stored> {
    let value = |event: &FollowOnEvent| serde_json::from_slice(&event.encode()).unwrap();
    actions()
        .iter()
        .map(|event| (event.kind().to_owned(), event.version(), value(event)))
        .collect()
}

fn of_reviews() -> Vec<Stored> {
    let value = |event: &ReviewEvent| serde_json::from_slice(&event.encode()).unwrap();
    reviews()
        .iter()
        .map(|event| (event.kind().to_owned(), event.version(), value(event)))
        .collect()
}

/// What a stored payload is read as, written again.
fn again(folder: &str, (kind, version, json): &Stored) -> Option<Value> {
    let payload = json.to_string();
    let bytes = match folder {
        "follow_on_events" => FollowOnEvent::decode(kind, *version, payload.as_bytes()).ok()?.encode(),
        _ => ReviewEvent::decode(kind, *version, payload.as_bytes()).ok()?.encode(),
    };
    serde_json::from_slice(&bytes).ok()
}

fn path(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(folder)
}

fn on_disk(folder: &str) -> Vec<Stored> {
    let files = std::fs::read_dir(path(folder))
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let read = |file: PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let (kind, version) = name.rsplit_once(".v").unwrap();
        // A newer form of the same event stands beside the older one.
        let kind = kind.split('+').next().unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        (
            kind.to_owned(),
            version.parse().unwrap(),
            serde_json::from_str(&text).unwrap(),
        )
    };
    files.map(read).collect()
}

#[test]
fn every_kind_has_a_sample_and_a_golden_file() {
    for (folder, samples, kinds) in [
        ("follow_on_events", of_actions(), FollowOnEvent::KINDS),
        ("review_events", of_reviews(), ReviewEvent::KINDS),
    ] {
        let made: Vec<(&str, u16)> = samples
            .iter()
            .map(|(kind, version, _)| (kind.as_str(), *version))
            .collect();
        assert_eq!(made, kinds);
        for (kind, version, value) in &samples {
            let text = serde_json::to_string_pretty(value).unwrap() + "\n";
            golden::check(&path(folder).join(format!("{kind}.v{version}.json")), &text);
        }
    }
}

#[test]
fn a_note_on_a_case_is_kept_sealed_and_that_form_stands_beside_the_older_one() {
    let noted = ReviewEvent::Noted(Noted {
        about: Some(reference()),
        words: String::new(),
        sealed: Some("01a0b1c2".to_owned()),
    });
    let value: Value = serde_json::from_slice(&noted.encode()).unwrap();
    let text = serde_json::to_string_pretty(&value).unwrap() + "\n";
    golden::check(&path("review_events").join("review.noted+sealed.v1.json"), &text);
}

#[test]
fn what_was_stored_is_read_and_written_again_to_the_last_field() {
    for folder in ["follow_on_events", "review_events"] {
        for stored in on_disk(folder) {
            assert_eq!(
                again(folder, &stored).as_ref(),
                Some(&stored.2),
                "{} in {folder}",
                stored.0
            );
        }
    }
}

#[test]
fn a_field_that_is_renamed_does_not_pass_unseen() {
    let mut renamed = 0;
    for folder in ["follow_on_events", "review_events"] {
        for (kind, version, json) in on_disk(folder) {
            let fields = json.as_object().unwrap();
            for name in fields.keys() {
                let mut other = fields.clone();
                let value = other.remove(name).unwrap();
                other.insert(format!("{name}_before"), value);
                let other = (kind.clone(), version, Value::Object(other));
                assert_ne!(again(folder, &other).as_ref(), Some(&other.2), "{kind}");
                renamed += 1;
            }
        }
    }
    assert!(renamed > 30, "{renamed}");
}

#[test]
fn the_hash_of_a_pack_tells_any_change() {
    let ReviewEvent::Frozen(frozen) = &reviews()[4] else {
        panic!("the frozen pack")
    };
    let hash = frozen.pack.sha256();
    assert_eq!((hash.len(), &hash), (64, &frozen.sha256));
    let other = Pack {
        confidential: 3,
        ..frozen.pack.clone()
    };
    assert_ne!(other.sha256(), hash);
}
