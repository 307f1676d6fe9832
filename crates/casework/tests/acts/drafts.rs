//! What somebody wrote and has not sent: theirs alone, gone when it is sent, never in the place of other words.

use casework::ActError;
use casework::drafts::{DAYS, Draft, Written};
use casework::handling::{Hand, Seen, write};
use casework::intake::log::{LogCall, Next, log};
use rules::case::Reference;
use rules::case::vocabulary::Channel;
use rules::handling::unsent::DraftOf;
use rules::people::Person;
use storage::stream_keys;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, jo, marcus, tom};
use testkit::words;

use crate::support::{open, refusal};

fn written(once: &str, field: &str, words: &str) -> Written {
    Written {
        once: once.to_owned(),
        answers: vec![(field.to_owned(), words.to_owned())],
    }
}

async fn keep(
    office: &OpenOffice,
    who: &Person,
    case: &Reference,
    (of, draft): (DraftOf, Written),
) -> Result<(), ActError> {
    office.door(who).drafts(Some(case)).keep(of, draft).await.map(drop)
}

async fn waiting(office: &OpenOffice, who: &Person, case: &Reference) -> Vec<Draft> {
    office.door(who).drafts(Some(case)).waiting().await.unwrap()
}

fn hand<'a>(office: &'a OpenOffice, by: &'a Person, case: &'a Reference, once: &'a str) -> Hand<'a> {
    Hand {
        office: &office.office,
        by,
        reference: case,
        seen: Seen::Whatever,
        once: Some(once),
    }
}

#[tokio::test]
async fn a_draft_waits_for_its_writer_alone_and_for_fourteen_days() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    let before = office.kinds(&case).await.len();
    keep(
        &office,
        &amara(),
        &case,
        (DraftOf::Note, written("f1", "note", "Rang twice")),
    )
    .await
    .unwrap();
    let found = waiting(&office, &amara(), &case).await;
    assert_eq!(found.len(), 1);
    assert!(found[0].of == DraftOf::Note && found[0].written == written("f1", "note", "Rang twice"));
    assert!(waiting(&office, &marcus(), &case).await.is_empty());
    assert_eq!(office.kinds(&case).await.len(), before, "no event tells of it");
    assert!(
        office.door(&marcus()).find("Rang twice").await.unwrap().is_empty(),
        "no search finds it"
    );
    assert_eq!(DAYS, 14);
    office.on("2026-06-23 09:14");
    assert_eq!(waiting(&office, &amara(), &case).await.len(), 1);
    office.on("2026-06-23 09:15");
    assert!(waiting(&office, &amara(), &case).await.is_empty());
    assert_eq!(casework::drafts::sweep(&office.office).await.unwrap(), 1);
}

#[tokio::test]
async fn what_is_sent_is_no_draft_any_more_and_a_late_save_brings_it_not_back() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    let (who, note) = (amara(), written("f1", "note", "Rang twice"));
    keep(&office, &who, &case, (DraftOf::Note, note.clone())).await.unwrap();
    let message = written("f2", "message", "Hello Priya");
    keep(&office, &who, &case, (DraftOf::Message, message)).await.unwrap();
    write::note(hand(&office, &who, &case, "f1"), "Rang twice")
        .await
        .unwrap();
    let left = waiting(&office, &who, &case).await;
    assert!(
        left.len() == 1 && left[0].of == DraftOf::Message,
        "the other form keeps its own"
    );
    let late = refusal(keep(&office, &who, &case, (DraftOf::Note, note)).await);
    assert!(late.contains("sent already"), "{late}");
    assert_eq!(waiting(&office, &who, &case).await.len(), 1);
}

#[tokio::test]
async fn the_page_of_another_window_does_not_write_over_a_draft() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    keep(
        &office,
        &amara(),
        &case,
        (DraftOf::Note, written("f1", "note", "The long one")),
    )
    .await
    .unwrap();
    let other = keep(&office, &amara(), &case, (DraftOf::Note, written("f2", "note", "x"))).await;
    assert!(refusal(other).contains("An earlier draft"));
    let found = waiting(&office, &amara(), &case).await;
    assert_eq!(found[0].written.answers[0].1, "The long one");
    office
        .door(&amara())
        .drafts(Some(&case))
        .discard(DraftOf::Note)
        .await
        .unwrap();
    keep(&office, &amara(), &case, (DraftOf::Note, written("f2", "note", "x")))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_logged_call_leaves_no_draft_and_has_one_of_its_own() {
    let office = open().await;
    let door = office.door(&amara());
    let desk = door.drafts(None);
    desk.keep(DraftOf::Log, written("call", "words", "Teams keeps freezing"))
        .await
        .unwrap();
    assert_eq!(desk.waiting().await.unwrap().len(), 1);
    let call = LogCall {
        raw: words::form(),
        channel: Channel::Phone,
        received_at: None,
        vip: None,
        next: Next::Triage,
        key: "call".to_owned(),
    };
    log(&office.office, call, &amara()).await.unwrap();
    assert!(desk.waiting().await.unwrap().is_empty());
}

#[tokio::test]
async fn nobody_keeps_a_draft_of_what_they_could_not_send_or_see() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    for who in [iris(), tom()] {
        refusal(keep(&office, &who, &case, (DraftOf::Note, written("f", "note", "x"))).await);
    }
    let nowhere: Reference = "FC-99999".parse().unwrap();
    let unseen = keep(&office, &jo(), &nowhere, (DraftOf::Note, written("f", "note", "x"))).await;
    assert!(matches!(unseen, Err(ActError::NotFound)), "{unseen:?}");
    let log_on_a_case = keep(&office, &jo(), &case, (DraftOf::Log, written("f", "words", "x"))).await;
    assert!(matches!(log_on_a_case, Err(ActError::NotFound)));
    let too_long = written("f", "note", &"x".repeat(1024 * 1024 + 1));
    assert!(refusal(keep(&office, &jo(), &case, (DraftOf::Note, too_long)).await).contains("too long"));
}

#[tokio::test]
async fn with_the_case_its_drafts_are_forgotten() {
    let office = open().await;
    let case = office.at_stage_1("k").await;
    keep(&office, &amara(), &case, (DraftOf::Note, written("f", "note", "x")))
        .await
        .unwrap();
    let (stream, now) = (case.to_string(), office.office.now());
    office
        .office
        .store()
        .write(move |tx| Box::pin(async move { stream_keys::destroy(tx, &stream, now).await }))
        .await
        .unwrap();
    assert!(waiting(&office, &amara(), &case).await.is_empty());
}
