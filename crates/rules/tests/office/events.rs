//! Stored events of the office: a release reads what an older one wrote, to the last field.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use rules::files::Kind;
use rules::letters::LetterKind;
use rules::office::OfficeEvent;
use rules::office::brand::{ACCENT, Brand, LINK, Logo};
use rules::office::delegation::Delegation;
use rules::office::event::{
    Changed, LetterKeyGiven, LetterKeyTakenAway, PassedOn, PersonAdded, PersonChanged, PersonLeft, Published,
    VipListSet, WaysSet, Whom, WordingChanged,
};
use rules::office::publish::hash_of;
use rules::office::vips::VipEntry;
use rules::office::ways::{Open, Way, Ways};
use rules::people::{Role, StaffId};
use serde_json::Value;
use testkit::{at, golden};

fn delegation() -> Delegation {
    Delegation {
        who: StaffId(8),
        delegate: StaffId(7),
        from: date(2026, 7, 6),
        until: date(2026, 7, 17),
    }
}

/// One event of every kind, with every field filled.
fn samples() -> Vec<OfficeEvent> {
    let changed = |from: &str, to: &str| {
        Some(Changed {
            from: from.to_owned(),
            to: to.to_owned(),
        })
    };
    let who = StaffId(5);
    vec![
        OfficeEvent::PersonAdded(PersonAdded {
            who,
            username: "dana".to_owned(),
            email: "dana@calderbrook.example".to_owned(),
            name: "Dana Kowalczyk".to_owned(),
            job_title: "Service Delivery Manager".to_owned(),
            roles: BTreeSet::from([Role::Investigator, Role::ActionOwner]),
        }),
        OfficeEvent::PersonChanged(PersonChanged {
            who,
            name: changed("Dana Kowalczyk", "Dana Nowak"),
            email: changed("dana@calderbrook.example", "dana.nowak@calderbrook.example"),
            job_title: changed("Service Delivery Manager", "Head of Service Delivery"),
            roles: Some(Changed {
                from: BTreeSet::from([Role::Investigator]),
                to: BTreeSet::from([Role::Investigator, Role::SignOffAuthority]),
            }),
        }),
        OfficeEvent::PersonLeft(PersonLeft {
            who,
            passed_on: Some(PassedOn {
                to: StaffId(6),
                cases: 4,
            }),
        }),
        OfficeEvent::PersonReturned(Whom { who }),
        OfficeEvent::PasswordChanged(Whom { who }),
        OfficeEvent::ProcedurePublished(Published {
            id: "it-services".to_owned(),
            version: "2026.1".to_owned(),
            valid_from: date(2026, 8, 1),
            sha256: hash_of("the procedure"),
        }),
        OfficeEvent::CalendarPublished(Published {
            id: "england-and-wales".to_owned(),
            version: "2026-07".to_owned(),
            valid_from: date(2019, 1, 1),
            sha256: hash_of("the calendar"),
        }),
        OfficeEvent::VipListSet(VipListSet {
            entries: vec![VipEntry {
                who: "vc@calderbrook.example".to_owned(),
                why: "Vice-Chancellor".to_owned(),
            }],
            added: 1,
            removed: 2,
        }),
        OfficeEvent::WordingChanged(WordingChanged {
            letter: LetterKind::Stage1Decision,
            number: 3,
            text: Some("Subject: Our decision\n\nHello.\n".to_owned()),
            repeats: Some(1),
        }),
        OfficeEvent::DelegateNamed(delegation()),
        OfficeEvent::DelegateChanged(Changed {
            from: delegation(),
            to: Delegation {
                until: date(2026, 7, 31),
                ..delegation()
            },
        }),
        OfficeEvent::DelegateTakenBack(delegation()),
        OfficeEvent::BrandSet(Brand {
            organisation: "Calderbrook University".to_owned(),
            unit: "IT Services".to_owned(),
            accent: ACCENT,
            link: LINK,
            logo: Some(Logo {
                kind: Kind::Png,
                sha256: hash_of("the picture"),
            }),
        }),
        OfficeEvent::WaysSet(WaysSet {
            ways: Box::new(Ways {
                phone: "01632 960 417".to_owned(),
                phone_hours: "24 hours, every day".to_owned(),
                email: way("it-feedback@calderbrook.example"),
                chat: way("https://calderbrook.example/chat"),
                in_person: way("IT desk, Main Library"),
                social_media: way("@CalderbrookIT"),
                social_link: "https://social.example/CalderbrookIT".to_owned(),
                post: way("IT Services\nCalderbrook"),
            }),
        }),
        OfficeEvent::LetterKeyGiven(LetterKeyGiven {
            email: "grace.obi@calderbrook.example".to_owned(),
            fingerprint: "9A2E11C05B7D0F426E1D3C88A1B2C3D4E5F60718".to_owned(),
            users: vec!["Grace Obi <grace.obi@calderbrook.example>".to_owned()],
            good_until: Some(at("2027-12-31 12:00")),
            in_place_of: Some("00112233445566778899AABBCCDDEEFF00112233".to_owned()),
        }),
        OfficeEvent::LetterKeyTakenAway(LetterKeyTakenAway {
            email: "grace.obi@calderbrook.example".to_owned(),
            fingerprint: "9A2E11C05B7D0F426E1D3C88A1B2C3D4E5F60718".to_owned(),
        }),
    ]
}

fn way(address: &str) -> Way {
    Way {
        open: Open::On,
        address: address.to_owned(),
        hours: "Monday to Friday, 9am to 5pm".to_owned(),
        called: "What it is called".to_owned(),
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/office_events")
}

/// Kind, version and JSON of every stored golden file.
fn stored() -> Vec<(String, u16, Value)> {
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let read = |path: PathBuf| {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (kind, version) = name.rsplit_once(".v").unwrap();
        let text = std::fs::read_to_string(&path).unwrap();
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
    let samples = samples();
    let kinds: Vec<(&str, u16)> = samples.iter().map(|event| (event.kind(), event.version())).collect();
    assert_eq!(kinds, OfficeEvent::KINDS);
    for event in samples {
        let value: Value = serde_json::from_slice(&event.encode()).unwrap();
        let made = serde_json::to_string_pretty(&value).unwrap() + "\n";
        golden::check(
            &folder().join(format!("{}.v{}.json", event.kind(), event.version())),
            &made,
        );
    }
}

#[test]
fn what_was_stored_is_read_and_written_again_to_the_last_field() {
    let all = stored();
    assert!(all.len() >= OfficeEvent::KINDS.len());
    for (kind, version, json) in all {
        let event = OfficeEvent::decode(&kind, version, json.to_string().as_bytes()).unwrap();
        let again: Value = serde_json::from_slice(&event.encode()).unwrap();
        assert_eq!(again, json, "{kind} version {version} lost or changed a field");
    }
}

#[test]
fn a_field_that_is_renamed_does_not_pass_unseen() {
    let mut renamed = 0;
    for (kind, version, json) in stored() {
        let fields = json.as_object().unwrap();
        for name in fields.keys() {
            let mut other = fields.clone();
            let value = other.remove(name).unwrap();
            other.insert(format!("{name}_before"), value);
            let other = Value::Object(other);
            let read = OfficeEvent::decode(&kind, version, other.to_string().as_bytes());
            let same = read.is_ok_and(|event| serde_json::from_slice::<Value>(&event.encode()).unwrap() == other);
            assert!(!same, "{kind} keeps a field that it does not know: {other}");
            renamed += 1;
        }
    }
    assert!(renamed > 20, "only {renamed} fields were looked at");
}

#[test]
fn what_did_not_change_is_not_stored() {
    let nothing = OfficeEvent::PersonChanged(PersonChanged {
        who: StaffId(5),
        name: None,
        email: None,
        job_title: None,
        roles: None,
    });
    assert_eq!(String::from_utf8(nothing.encode()).unwrap(), r#"{"who":5}"#);
    let left = OfficeEvent::PersonLeft(PersonLeft {
        who: StaffId(5),
        passed_on: None,
    });
    assert_eq!(OfficeEvent::decode("person.left", 1, br#"{"who":5}"#).unwrap(), left);
}

#[test]
fn an_event_of_a_newer_release_is_named_in_the_error() {
    let error = OfficeEvent::decode("person.promoted", 1, b"{}")
        .unwrap_err()
        .to_string();
    assert_eq!(
        error,
        "this release does not know the event person.promoted version 1; it was written by a newer one"
    );
    // An event of a case is none of the office.
    assert!(OfficeEvent::decode("case.closed", 1, b"{}").is_err());
}
