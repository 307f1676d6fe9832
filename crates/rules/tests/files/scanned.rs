//! What was said of a file: what may take the place of what, what people read, and packages that a scanner looks at in part.

use rules::case::Event;
use rules::case::vocabulary::Channel;
use rules::files::{Brought, FileName, Kind, Scanned, Swelling, Unscanned};
use rules::handling::attach::{attach, scanned};
use rules::handling::contact::message;
use rules::people::Actor;
use testkit::Story;

#[test]
fn what_was_not_looked_at_is_never_called_clean() {
    assert_eq!(Scanned::default(), Scanned::not(Unscanned::NotSetUp));
    for cause in Unscanned::ALL {
        let not = Scanned::not(*cause);
        assert!(!not.is_known() && not.carries().is_none(), "{cause}");
        assert!(not.full_label().starts_with("not scanned for viruses: "), "{cause}");
        assert!(not > Scanned::Clean && not < Scanned::infected("x"), "{cause}");
    }
    assert_eq!(Scanned::Clean.full_label(), "no virus found");
    assert_eq!((Scanned::Clean.label(), Scanned::Clean.kept_back()), (None, None));
}

#[test]
fn where_no_scanner_was_set_up_it_is_not_said_beside_each_file() {
    assert_eq!(Scanned::default().label(), None);
    assert_eq!(
        Scanned::not(Unscanned::Away).label().as_deref(),
        Some("not scanned for viruses: the scanner could not be reached")
    );
}

#[test]
fn a_file_that_carries_something_is_handed_to_nobody_and_its_name_is_made_harmless() {
    let found = Scanned::infected("Win.Trojan\u{202E}.Agent ");
    assert_eq!(found.carries(), Some("Win.Trojan.Agent"));
    assert_eq!(
        found.kept_back().as_deref(),
        Some("carries a virus (Win.Trojan.Agent), so nobody is handed it")
    );
    assert_eq!(Scanned::infected(&"x".repeat(5_000)).carries().map(str::len), Some(120));
    assert_eq!(Scanned::infected(" ").carries(), Some("something without a name"));
}

#[test]
fn an_answer_takes_the_place_of_an_excuse_and_no_excuse_that_of_an_answer() {
    let (away, slow) = (Scanned::not(Unscanned::Away), Scanned::not(Unscanned::TooSlow));
    let (large, clean, bad) = (
        Scanned::not(Unscanned::TooLarge),
        Scanned::Clean,
        Scanned::infected("A"),
    );
    let outdone = [
        (&away, &clean),
        (&away, &bad),
        (&away, &large),
        (&large, &clean),
        (&clean, &bad),
        (&bad, &clean),
        (&bad, &Scanned::infected("B")),
    ];
    for (before, later) in outdone {
        assert!(before.is_outdone_by(later), "{before:?} {later:?}");
    }
    let kept = [
        (&away, &slow),
        (&slow, &away),
        (&away, &away),
        (&large, &away),
        (&clean, &large),
        (&bad, &large),
        (&bad, &away),
        (&clean, &clean),
        (&bad, &bad),
    ];
    for (before, later) in kept {
        assert!(!before.is_outdone_by(later), "{before:?} {later:?}");
    }
}

#[test]
fn what_is_said_later_is_an_event_and_the_case_holds_what_was_said_last() {
    let story = Story::received().at_stage_1();
    let brought = Brought {
        id: "a".to_owned(),
        name: FileName::of("a.png"),
        size: 1_000,
        kind: Kind::Png,
        sha256: "aa".to_owned(),
        stored_sha256: "bb".to_owned(),
        scanned: Scanned::not(Unscanned::Away),
    };
    let change = message(&story.case, "It happened again", Channel::Web).unwrap();
    let change = attach(change, &[brought], story.case.sequence).unwrap();
    let case = story
        .case
        .preview(&change.events, Actor::Complainant, story.now)
        .unwrap();
    assert_eq!(case.files[0].file.scanned, Scanned::not(Unscanned::Away));
    assert!(scanned(&case, "a", &Scanned::not(Unscanned::TooSlow)).events.is_empty());
    assert!(scanned(&case, "b", &Scanned::Clean).events.is_empty(), "of no file");
    let change = scanned(&case, "a", &Scanned::infected("X"));
    assert!(matches!(change.events.as_slice(), [Event::FileScanned(_)]) && change.letters.is_empty());
    let after = case.preview(&change.events, Actor::System, story.now).unwrap();
    assert_eq!(after.files[0].file.scanned, Scanned::infected("X"));
    assert_eq!((after.state, after.files.len()), (case.state, 1));
}

/// The header in front of an entry (APPNOTE 4.3.7), and so much of nothing.
fn entry(packed: u32, whole: u32, behind: usize) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.extend([0; 14]);
    bytes.extend(packed.to_le_bytes());
    bytes.extend(whole.to_le_bytes());
    bytes.extend([1, 0, 0, 0, b'a']);
    bytes.resize(bytes.len() + behind, 0);
    bytes
}

fn swells(bytes: &[u8], pieces: usize) -> bool {
    let mut swelling = Swelling::default();
    bytes.chunks(pieces).for_each(|piece| swelling.take(piece));
    swelling.swells()
}

#[test]
fn a_package_that_swells_is_known_by_what_it_says_of_its_entries_in_pieces_of_any_length() {
    let harmless = entry(90_000, 900_000, 3_000);
    let large = [harmless.clone(), entry(50_000_000, 200_000_000, 0)].concat();
    let tight = [harmless.clone(), entry(1_800, 1_000_000, 700)].concat();
    let small = entry(100, 500_000, 10);
    for pieces in [1, 7, 64, 1_000, 65_536] {
        assert!(!swells(&harmless, pieces) && !swells(&small, pieces));
        assert!(swells(&large, pieces) && swells(&tight, pieces), "{pieces}");
    }
    let no_package = [b"x".to_vec(), large].concat();
    assert!(!swells(&no_package, 1_000), "only packages are looked at");
    assert!(!swells(b"", 1) && !swells(b"PK", 1));
}
