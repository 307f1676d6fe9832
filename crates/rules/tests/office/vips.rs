//! The list of VIPs: how it is typed, who keeps it, and whom it marks (R55, R88, A11).

use rules::case::Refused;
use rules::case::vocabulary::VipSource;
use rules::intake::{RawFeedback, read as read_form};
use rules::office::OfficeEvent;
use rules::office::vips::{VipEntry, listed, read, set, written};
use testkit::people::{everybody, ruth};
use testkit::words::form;

const LIST: &str = "VC@calderbrook.example, Vice-Chancellor\n\n  gov01 , Chair of governors, and donor\n@council.example, City council\nvc@calderbrook.example, again\n";

fn entries() -> Vec<VipEntry> {
    read(LIST).unwrap()
}

fn mark(email: &str, username: &str) -> Option<String> {
    let raw = RawFeedback {
        email: email.to_owned(),
        username: username.to_owned(),
        reply_by: String::new(),
        ..form()
    };
    let complainant = read_form(&raw).unwrap().complainant;
    listed(&entries(), &complainant).map(|flag| {
        assert_eq!(flag.source, VipSource::List);
        flag.detail
    })
}

#[test]
fn a_line_is_who_and_why_and_the_list_reads_as_it_was_written() {
    let told: Vec<_> = entries().into_iter().map(|entry| (entry.who, entry.why)).collect();
    let expected = [
        ("vc@calderbrook.example", "Vice-Chancellor"),
        ("gov01", "Chair of governors, and donor"),
        ("@council.example", "City council"),
    ];
    assert_eq!(told, expected.map(|(who, why)| (who.to_owned(), why.to_owned())));
    assert_eq!(read(&written(&entries())).unwrap(), entries());
    assert_eq!(read(" \n").unwrap(), []);
}

#[test]
fn a_line_that_cannot_be_used_is_named() {
    for (text, words) in [
        ("vc@calderbrook.example", "line 1 has no comma"),
        ("\n, why", "line 2 begins with no email address"),
        ("two words, why", "line 1 begins with no email address"),
        ("vc, ", "line 1 does not say why"),
        ("@, why", "line 1 names no domain"),
        ("a\u{7}, why", "line 1 is too long"),
        ("a\nb\nc\nd\ne", "and 2 more"),
    ] {
        let Err(Refused::Fields { fields }) = read(text) else {
            panic!("{text:?}")
        };
        assert_eq!(fields[0].field, "list");
        assert!(fields[0].message.contains(words), "{}", fields[0].message);
    }
    let long: String = (0..1_001).map(|n| format!("u{n}, why\n")).collect();
    assert!(read(&long).unwrap_err().to_string().contains("1000 lines"));
}

#[test]
fn somebody_is_marked_by_address_username_or_domain_however_they_write_it() {
    for (email, username, expected) in [
        ("vc@calderbrook.example", "", Some("Vice-Chancellor")),
        ("Vc@Calderbrook.Example", "", Some("Vice-Chancellor")),
        ("", "GOV01", Some("Chair of governors, and donor")),
        ("leader@council.example", "", Some("City council")),
        ("leader@notcouncil.example", "", None),
        ("leader@council.example.org", "", None),
        ("priya@example.ac.uk", "priya", None),
        ("", "", None),
    ] {
        assert_eq!(mark(email, username).as_deref(), expected, "{email} {username}");
    }
}

#[test]
fn those_who_may_mark_a_vip_keep_the_list_and_nothing_changed_is_no_event() {
    for by in everybody() {
        let may = rules::people::permission::may(&by, rules::people::Act::FlagVip);
        assert_eq!(set(&[], entries(), &by).is_ok(), may, "{}", by.name);
    }
    assert!(set(&entries(), entries(), &ruth()).unwrap().events.is_empty());
    let mut fewer = entries();
    fewer.remove(0);
    let change = set(&entries(), fewer.clone(), &ruth()).unwrap();
    let [OfficeEvent::VipListSet(set)] = change.events.as_slice() else {
        panic!("{:?}", change.events)
    };
    assert_eq!((set.added, set.removed, &set.entries), (0, 1, &fewer));
}
