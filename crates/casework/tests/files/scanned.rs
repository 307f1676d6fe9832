//! Looked into for viruses: while they come, later where nobody answers, and what becomes of one that carries something.

use std::sync::Arc;
use std::time::Duration;

use casework::ActError;
use casework::jobs::scan;
use rules::case::{Event, Refused};
use rules::files::{Scanned, Unscanned};
use rules::people::Actor;
use testkit::office::OpenOffice;
use testkit::people::ruth;
use testkit::scanner::{BAD, Mood, NAME, ToldScanner};

use crate::support::{as_complainant, complain, complainant, faults, office, picture, public, put};

const PATIENCE: Duration = Duration::from_secs(10);

async fn with(mood: Mood) -> (OpenOffice, ToldScanner) {
    let (office, scanner) = (office().await, ToldScanner::new(mood));
    office.office.ask_scanner(Arc::new(scanner.clone()), PATIENCE);
    (office, scanner)
}

async fn told(office: &OpenOffice) -> Vec<Scanned> {
    let case = office.case(&"FC-10001".parse().unwrap()).await;
    case.files.into_iter().map(|kept| kept.file.scanned).collect()
}

/// Events that tell what was said later.
async fn later(office: &OpenOffice) -> Vec<(Actor, Scanned)> {
    let file = office.door(&ruth()).case(&"FC-10001".parse().unwrap()).await.unwrap();
    let said = file.history.into_iter().filter_map(|recorded| match recorded.event {
        Event::FileScanned(said) => Some((recorded.actor, said.scanned)),
        _ => None,
    });
    said.collect()
}

async fn send(office: &OpenOffice, files: &[(&str, &[u8])]) -> casework::intake::Receipt {
    let tray = public(office).tray("k").unwrap();
    for (name, bytes) in files {
        put(&tray, name, bytes).await.unwrap();
    }
    complain(office, "k").await
}

fn bad() -> Vec<u8> {
    [picture(1, 200_000), BAD.as_bytes().to_vec()].concat()
}

#[tokio::test]
async fn what_is_said_while_a_file_comes_is_on_record_with_it_and_nobody_asks_again() {
    let (office, scanner) = with(Mood::Well).await;
    let receipt = send(&office, &[("good.png", &picture(2, 300_000)), ("bad.png", &bad())]).await;
    assert_eq!(told(&office).await, [Scanned::Clean, Scanned::infected(NAME)]);
    assert_eq!((scan::round(&office.office).await.unwrap(), scanner.shown()), (0, 2));
    assert_eq!(later(&office).await, []);
    let case = office.case(&receipt.reference).await;
    let who = complainant(&office, &receipt).await;
    let bytes = as_complainant(&office, &who, &case.files[0].file.id).await.unwrap();
    assert!(bytes == picture(2, 300_000));
}

#[tokio::test]
async fn a_file_that_carries_something_is_kept_whole_and_handed_to_nobody() {
    let (office, _) = with(Mood::Well).await;
    let receipt = send(&office, &[("bad.png", &bad())]).await;
    let case = office.case(&receipt.reference).await;
    let id = &case.files[0].file.id;
    let who = complainant(&office, &receipt).await;
    let outside = as_complainant(&office, &who, id).await.unwrap_err();
    let door = office.door(&ruth());
    let file = door.case(&receipt.reference).await.unwrap();
    let inside = door.open_file(&file, id).await.err().unwrap();
    for refused in [outside, inside] {
        assert!(
            matches!(&refused, ActError::Refused(Refused::NotNow(words)) if words.contains(NAME)),
            "{refused:?}"
        );
    }
    assert_eq!(faults(&office).await, [], "its bytes are those that came");
}

#[tokio::test]
async fn a_scanner_that_is_away_holds_nothing_and_says_it_later_as_an_event() {
    let (office, scanner) = with(Mood::Away).await;
    send(&office, &[("good.png", &picture(2, 90_000)), ("bad.png", &bad())]).await;
    assert_eq!(
        scanner.shown(),
        1,
        "once it was away the next file does not wait for it"
    );
    let (away, waits) = (Scanned::not(Unscanned::Away), Scanned::not(Unscanned::Waits));
    assert_eq!(told(&office).await, [away, waits]);
    assert_eq!(scan::round(&office.office).await.unwrap(), 0);
    assert_eq!(later(&office).await, [], "an excuse is no event");

    scanner.becomes(Mood::Well);
    assert_eq!(scan::round(&office.office).await.unwrap(), 2);
    let (clean, infected) = (Scanned::Clean, Scanned::infected(NAME));
    assert_eq!(told(&office).await, [clean.clone(), infected.clone()]);
    let mut events = later(&office).await;
    events.sort_by(|one, other| one.1.cmp(&other.1));
    assert_eq!(events, [(Actor::System, clean), (Actor::System, infected)]);
    assert_eq!(scan::round(&office.office).await.unwrap(), 0, "it is said once");
    assert_eq!(scanner.shown(), 3);
}

#[tokio::test]
async fn a_scanner_that_never_answers_costs_its_patience_once_and_no_word_is_lost() {
    let office = office().await;
    let scanner = ToldScanner::new(Mood::Silent);
    let patience = Duration::from_millis(100);
    office.office.ask_scanner(Arc::new(scanner.clone()), patience);
    send(
        &office,
        &[("a.png", &picture(1, 400_000)), ("b.png", &picture(2, 400_000))],
    )
    .await;
    let (slow, waits) = (Scanned::not(Unscanned::TooSlow), Scanned::not(Unscanned::Waits));
    assert_eq!(told(&office).await, [slow, waits]);
    assert_eq!(scanner.shown(), 1);
}

#[tokio::test]
async fn what_cannot_be_scanned_says_why_and_is_asked_again_with_longer_pauses() {
    let (office, scanner) = with(Mood::Full).await;
    send(&office, &[("large.png", &picture(1, 1_000))]).await;
    let large = Scanned::not(Unscanned::TooLarge);
    assert_eq!(told(&office).await, [large]);
    let mut asked = Vec::new();
    let began = office.office.now();
    for minutes in [0, 0, 1, 2, 3, 4, 6, 7, 9] {
        office.stop_at(began + jiff::SignedDuration::from_mins(minutes));
        scan::round(&office.office).await.unwrap();
        asked.push(scanner.shown());
    }
    assert_eq!(
        asked,
        [2, 2, 3, 3, 4, 4, 4, 5, 5],
        "after one minute, two more, four more"
    );
    assert_eq!(later(&office).await, [], "the same reason is no news");
}

#[tokio::test]
async fn newer_signatures_may_call_it_clean_when_somebody_asks_for_that() {
    let (office, scanner) = with(Mood::Well).await;
    let receipt = send(&office, &[("bad.png", &bad())]).await;
    scanner.becomes(Mood::Trusting);
    assert_eq!(scan::round(&office.office).await.unwrap(), 0, "not by itself");
    let again = scan::again(&office.office, &receipt.reference).await.unwrap();
    assert_eq!(again, [("bad.png".to_owned(), Scanned::Clean)]);
    assert_eq!(later(&office).await, [(Actor::System, Scanned::Clean)]);
    let who = complainant(&office, &receipt).await;
    let id = office.case(&receipt.reference).await.files[0].file.id.clone();
    assert!(as_complainant(&office, &who, &id).await.unwrap() == bad());
}

#[tokio::test]
async fn where_no_scanner_is_set_up_files_are_not_scanned_and_are_once_there_is_one() {
    let office = office().await;
    let receipt = send(&office, &[("bad.png", &bad())]).await;
    assert_eq!(told(&office).await, [Scanned::not(Unscanned::NotSetUp)]);
    assert_eq!(scan::round(&office.office).await.unwrap(), 0);
    assert!(scan::again(&office.office, &receipt.reference).await.is_err());
    office
        .office
        .ask_scanner(Arc::new(ToldScanner::new(Mood::Well)), PATIENCE);
    assert_eq!(scan::round(&office.office).await.unwrap(), 1);
    assert_eq!(told(&office).await, [Scanned::infected(NAME)]);
}

#[tokio::test]
async fn a_package_that_swells_is_not_clean_because_a_scanner_says_so() {
    let (office, _) = with(Mood::Trusting).await;
    let mut swells = b"PK\x03\x04\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0".to_vec();
    swells.extend(1_500_000_u32.to_le_bytes());
    swells.extend(1_500_000_000_u32.to_le_bytes());
    swells.extend(b"\x01\0\0\0a");
    swells.extend(picture(1, 100_000));
    send(&office, &[("a.zip", &swells)]).await;
    assert_eq!(told(&office).await, [Scanned::not(Unscanned::TooMuchInside)]);
}
