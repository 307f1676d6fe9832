//! A sealed case is opened by breaking the glass: its words go nowhere else, each look is on record, and a fault opens nothing (R31, R33).

use casework::ActError;
use casework::rebuild::rebuild;
use casework::sealing::glass::{agree, ask, end, read, standing};
use casework::sealing::register::{GlassAt, sealed_cases};
use rules::case::event::Ground;
use rules::case::{Case, Reference};
use rules::confidential::sealing::glass::AskToOpen;
use rules::people::Person;
use storage::events::{self, StoredEvent};
use storage::{StorageError, audit};
use testkit::office::OpenOffice;
use testkit::people::{amara, everybody, helen, iris, jo, leila, ruth, tom};

use crate::sealed::sealed;
use crate::support::{WORDS, hand};

const WHY: &str = "Grace Obi left, and her team reads her mailbox.";

/// An office that has a data protection officer.
async fn with_leila() -> OpenOffice {
    let people = everybody().into_iter().chain([leila()]).collect();
    OpenOffice::with(people, testkit::story::TUESDAY).await
}

async fn asked(office: &OpenOffice, reference: &Reference, by: &Person) -> Result<Case, ActError> {
    let asked = AskToOpen {
        ground: Some(Ground::HolderGone),
        words: WHY.to_owned(),
    };
    ask(hand(office, by, reference), &asked).await
}

async fn opened(office: &OpenOffice, reference: &Reference) {
    asked(office, reference, &ruth()).await.unwrap();
    agree(hand(office, &leila(), reference)).await.unwrap();
}

/// The events that the office can open.
async fn stub(office: &OpenOffice, reference: &Reference) -> Vec<StoredEvent> {
    let stored = reference.to_string();
    office
        .office
        .store()
        .read(|tx| Box::pin(async move { events::load(tx, &stored).await }))
        .await
        .unwrap_or_else(|error: StorageError| panic!("{error}"))
}

async fn looks(office: &OpenOffice, reference: &Reference) -> usize {
    let stub = stub(office, reference).await;
    stub.iter().filter(|event| event.kind == "seal.opened").count()
}

#[tokio::test]
async fn two_open_it_and_one_reads_it_and_each_look_is_on_record_before() {
    let office = with_leila().await;
    let reference = sealed(&office, "k").await;
    opened(&office, &reference).await;
    let ruth = ruth();
    let record = read(hand(&office, &ruth, &reference)).await.unwrap();
    assert_eq!(record.case.received.words, WORDS);
    read(hand(&office, &ruth, &reference)).await.unwrap();
    assert_eq!(looks(&office, &reference).await, 2);
    for who in [leila(), helen(), iris()] {
        let refused = read(hand(&office, &who, &reference)).await;
        assert!(matches!(refused, Err(ActError::Refused(_))), "{}", who.name);
    }
    for who in [amara(), jo()] {
        let refused = read(hand(&office, &who, &reference)).await;
        assert!(matches!(refused, Err(ActError::NotFound)), "{}", who.name);
    }
    assert_eq!(looks(&office, &reference).await, 2, "nothing was opened for the others");
    end(hand(&office, &ruth, &reference)).await.unwrap();
    assert!(read(hand(&office, &ruth, &reference)).await.is_err());
    let report = audit::verify(office.office.store()).await.unwrap();
    assert!(report.is_whole(), "{:?}", report.faults);
}

#[tokio::test]
async fn the_words_of_a_request_are_in_the_record_and_nowhere_else() {
    let office = with_leila().await;
    let reference = sealed(&office, "k").await;
    asked(&office, &reference, &ruth()).await.unwrap();
    let stands = standing(&office.office, &reference, &leila()).await.unwrap();
    assert_eq!(stands.asked.unwrap().words.as_deref(), Some(WHY));
    let stands = standing(&office.office, &reference, &iris()).await.unwrap();
    assert_eq!(stands.asked.unwrap().words, None, "an auditor sees that it was asked");
    for event in stub(&office, &reference).await {
        assert!(
            !String::from_utf8_lossy(&event.payload).contains("mailbox"),
            "{}",
            event.kind
        );
    }
    assert!(office.door(&ruth()).find("mailbox").await.unwrap().is_empty());
    let rebuilt = rebuild(&office.office).await.unwrap();
    assert!(rebuilt.differences.is_empty(), "{:?}", rebuilt.differences);
}

#[tokio::test]
async fn a_request_that_is_refused_by_the_rule_leaves_no_words_in_the_record() {
    let office = with_leila().await;
    let reference = sealed(&office, "k").await;
    asked(&office, &reference, &ruth()).await.unwrap();
    let before = stub(&office, &reference).await.len();
    assert!(
        asked(&office, &reference, &helen()).await.is_err(),
        "somebody asks already"
    );
    assert!(asked(&office, &reference, &tom()).await.is_err(), "an administrator");
    assert!(
        matches!(asked(&office, &reference, &amara()).await, Err(ActError::NotFound)),
        "for a handler there is no such case"
    );
    assert_eq!(stub(&office, &reference).await.len(), before);
    let reference = reference.to_string();
    let given = office
        .office
        .store()
        .read(|tx| Box::pin(async move { storage::sealed::added_of_kind(tx, &reference, "reason.given").await }))
        .await
        .unwrap_or_else(|error: StorageError| panic!("{error}"));
    assert_eq!(given.len(), 1);
}

#[tokio::test]
async fn the_list_says_what_waits_and_holds_no_name() {
    let office = with_leila().await;
    let first = sealed(&office, "a").await;
    let second = sealed(&office, "b").await;
    opened(&office, &second).await;
    let page = sealed_cases(&office.office, None, &leila()).await.unwrap();
    let glass: Vec<_> = page
        .lines
        .iter()
        .map(|line| (line.reference.clone(), line.glass))
        .collect();
    assert_eq!(glass, [(first, GlassAt::Nobody), (second, GlassAt::Open)]);
    assert!(
        page.lines
            .iter()
            .all(|line| line.taken_at.is_none() && line.due_on.is_some())
    );
    let told = format!("{page:?}");
    assert!(!told.contains("Grace") && !told.contains("Priya"), "{told}");
    assert!(sealed_cases(&office.office, None, &amara()).await.is_err());
    assert!(sealed_cases(&office.office, None, &tom()).await.is_err());
}
