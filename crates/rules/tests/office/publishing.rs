//! Publishing: each version once, its text for ever.

use jiff::civil::date;
use rules::office::OfficeEvent;
use rules::office::event::Published;
use rules::office::publish::{Document, hash_of, publish};

const TEXT: &str = "limit = 3";

fn version(text: &str) -> Published {
    Published {
        id: "it-services".to_owned(),
        version: "2026.1".to_owned(),
        valid_from: date(2026, 8, 1),
        sha256: hash_of(text),
    }
}

#[test]
fn a_new_version_is_published_with_the_hash_of_its_text() {
    let events = publish(Document::Procedure, version(TEXT), None).unwrap();
    assert_eq!(events, [OfficeEvent::ProcedurePublished(version(TEXT))]);
    // The known answer of SHA-256: an outsider can make it with any tool.
    assert_eq!(
        hash_of("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    let events = publish(Document::Calendar, version(TEXT), None).unwrap();
    assert_eq!(events, [OfficeEvent::CalendarPublished(version(TEXT))]);
}

#[test]
fn opening_again_with_the_version_in_force_publishes_nothing() {
    for document in [Document::Procedure, Document::Calendar] {
        assert_eq!(publish(document, version(TEXT), Some(TEXT)).unwrap(), []);
    }
}

#[test]
fn another_text_under_the_same_version_is_refused() {
    {
        let refused = publish(Document::Procedure, version("limit = 5"), Some(TEXT)).unwrap_err();
        assert_eq!(
            refused.to_string(),
            "it-services, procedure.version: version 2026.1 was published before with other contents, and cases may be under it. \
             Give the changed procedure a new version"
        );
    }
    let refused = publish(Document::Calendar, version("limit = 5"), Some(TEXT)).unwrap_err();
    assert!(
        refused.to_string().ends_with("Give the changed calendar a new version"),
        "{refused}"
    );
}
