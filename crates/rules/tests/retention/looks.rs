//! What seals the access log is read by later releases, and how long one entry of it stands.

use std::path::Path;

use jiff::SignedDuration;
use rules::confidential::looks::{EmptiedLooks, LookEvent, SealedLooks, Way};
use testkit::{golden, moment};

#[test]
fn every_kind_has_a_golden_file_that_is_read_again_to_the_last_field() {
    let events = [
        LookEvent::Sealed(SealedLooks {
            first: 41,
            last: 52,
            digest: "4352bd854b84660fcdbe27f0c2b09cbc5be3ce2aaa82d26451462834b9acb6f1".to_owned(),
        }),
        LookEvent::Emptied(EmptiedLooks {
            before: moment::at("2026-06-09 09:15"),
        }),
    ];
    let kinds: Vec<(&str, u16)> = events.iter().map(|event| (event.kind(), event.version())).collect();
    assert_eq!(kinds, LookEvent::KINDS);
    for event in events {
        let name = format!("tests/golden/look_events/{}.v{}.json", event.kind(), event.version());
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
        let value: serde_json::Value = serde_json::from_slice(&event.encode()).unwrap();
        golden::check(&path, &(serde_json::to_string_pretty(&value).unwrap() + "\n"));
        let kept = std::fs::read(&path).unwrap();
        assert_eq!(LookEvent::decode(event.kind(), event.version(), &kept).unwrap(), event);
    }
}

#[test]
fn an_entry_stands_for_ten_minutes_of_looking_and_for_no_file_but_its_own() {
    let entry = moment::at("2026-06-09 09:15");
    let after = |seconds: i64| entry + SignedDuration::from_secs(seconds);
    for (way, seconds, stands) in [
        (Way::Page, 0, true),
        (Way::Page, 599, true),
        (Way::Page, 600, false),
        // A clock that was put back.
        (Way::Page, -1, false),
        (Way::Search, 60, true),
        (Way::File, 0, false),
        (Way::List, 0, false),
        (Way::Figures, 0, false),
        (Way::AccessLog, 0, false),
        (Way::Copy, 0, false),
    ] {
        assert_eq!(way.stands_for(entry, after(seconds)), stands, "{way:?} {seconds}");
    }
}
