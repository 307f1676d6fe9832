//! Reports of mail systems find their letter by a token, are on record once, and open nothing (R18, A7, A8).

use casework::handling::{send_again, tell};
use casework::jobs::post::{self, Sent, ToSend};
use casework::jobs::post_lists::{self, OutboxState};
use casework::mail::report::{Taken, take};
use casework::mail::token;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Reference};
use rules::handling::tell::Told;
use rules::letters::LetterKind;
use rules::mail::{Reason, Recipient, Report, ReportKind};
use testkit::office::OpenOffice;
use testkit::people::amara;
use testkit::{at, words};

use crate::support::open;

/// A complaint whose acknowledgement the mail server has taken.
async fn acknowledged(office: &OpenOffice) -> (Reference, ToSend) {
    let reference = office.public().complain(&words::form(), "k").await.unwrap().reference;
    let letter = post::claim(&office.office, 20).await.unwrap().remove(0);
    accept(office, &letter).await;
    (reference, letter)
}

async fn accept(office: &OpenOffice, letter: &ToSend) {
    let sent = Sent {
        subject: "We have it".to_owned(),
        text: "Dear Priya".to_owned(),
        sha256: None,
        proof: "250 2.0.0 Ok".to_owned(),
    };
    post::delivered(&office.office, letter, sent).await.unwrap();
}

fn failed() -> Report {
    Report {
        kind: ReportKind::Failed,
        recipients: vec![Recipient {
            address: Some("priya@example.ac.uk".to_owned()),
            status: Some("5.1.1".to_owned()),
            reason: Reason::UserUnknown,
            diagnostic: Some("550 5.1.1 No such user".to_owned()),
        }],
        letter: None,
        envelope: None,
    }
}

async fn reason(office: &OpenOffice, reference: &Reference) -> Option<String> {
    match office.case(reference).await.alerts.pop() {
        Some(Alert::Undelivered { reason, .. }) => Some(reason),
        None => None,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn each_of_the_three_ways_to_a_letter_leads_there_and_the_same_report_is_on_record_once() {
    let office = open().await;
    let (reference, letter) = acknowledged(&office).await;
    let envelope = token::of_envelope(&office.office, letter.id);
    let quoted = format!(
        "{}@calderbrook.example",
        token::of_letter(&office.office, &reference, letter.id)
    );
    let ways = [
        (Some(envelope.clone()), None, Vec::new()),
        (None, None, vec![format!("bounces+{envelope}@calderbrook.example")]),
        (None, Some(quoted), vec!["bounces@calderbrook.example".to_owned()]),
    ];
    let before = office.history(&reference).await.len();
    for (envelope, letter_id, arrived_at) in ways {
        let report = Report {
            envelope,
            letter: letter_id,
            ..failed()
        };
        let taken = take(&office.office, &report, &arrived_at).await.unwrap();
        let on_record = Taken::OnRecord {
            reference: reference.clone(),
            letter: letter.id,
        };
        assert_eq!(taken, on_record);
        assert_eq!(
            office.history(&reference).await.len(),
            before + 1,
            "one event for all of them"
        );
    }
    assert_eq!(office.kinds(&reference).await.last(), Some(&"ack.delivery_failed"));
    let reason = reason(&office, &reference).await.unwrap();
    assert!(
        reason.contains("it came back") && reason.contains("there is no such mailbox"),
        "{reason}"
    );
    assert_eq!(office.row(&reference).await.alerts, 1, "the lists say so");
    assert_eq!(office.outbox(&reference).await[0].state, OutboxState::GivenUp);
    assert!(office.case(&reference).await.acknowledged.is_some(), "it was sent");
}

#[tokio::test]
async fn a_report_that_fits_no_letter_is_parked_and_changes_nothing() {
    let office = open().await;
    let (reference, letter) = acknowledged(&office).await;
    let before = office.history(&reference).await.len();
    let envelope = token::of_envelope(&office.office, letter.id);
    let forged = [
        None,
        Some(letter.id.to_string()),
        Some(format!("{}.aaaaaaaaaaaaaaaa", letter.id)),
        Some(envelope.replacen(&letter.id.to_string(), &(letter.id + 1).to_string(), 1)),
        Some(token::of_envelope(&office.office, letter.id + 1)),
    ];
    for envelope in forged {
        let report = Report {
            envelope,
            letter: Some(format!(
                "{reference}.{}.aaaaaaaaaaaaaaaa@calderbrook.example",
                letter.id
            )),
            ..failed()
        };
        assert_eq!(
            take(&office.office, &report, &[]).await.unwrap(),
            Taken::Parked,
            "{report:?}"
        );
    }
    assert_eq!(office.history(&reference).await.len(), before);
    assert_eq!(office.outbox(&reference).await[0].state, OutboxState::Sent);
}

#[tokio::test]
async fn a_report_that_is_faster_than_our_own_record_is_taken_again() {
    let office = open().await;
    office.public().complain(&words::form(), "k").await.unwrap();
    let letter = post::claim(&office.office, 20).await.unwrap().remove(0);
    let report = Report {
        envelope: Some(token::of_envelope(&office.office, letter.id)),
        ..failed()
    };
    assert_eq!(take(&office.office, &report, &[]).await.unwrap(), Taken::TooSoon);
    accept(&office, &letter).await;
    let taken = take(&office.office, &report, &[]).await.unwrap();
    assert!(matches!(taken, Taken::OnRecord { .. }));
}

#[tokio::test]
async fn what_came_back_ends_when_it_is_told_another_way_or_arrives_at_last() {
    let office = open().await;
    let (reference, letter) = acknowledged(&office).await;
    let report = Report {
        envelope: Some(token::of_envelope(&office.office, letter.id)),
        ..failed()
    };
    take(&office.office, &report, &[]).await.unwrap();
    let kind = LetterKind::Acknowledgement;
    send_again::send_again(office.hand(&amara(), &reference), &[kind])
        .await
        .unwrap();
    let again = post::claim(&office.office, 20).await.unwrap().remove(0);
    assert!(
        again.id > letter.id,
        "a letter of its own, so that reports of the two cannot be confused"
    );
    accept(&office, &again).await;
    assert_eq!(reason(&office, &reference).await, None, "it went out again");

    let report = Report {
        envelope: Some(token::of_envelope(&office.office, again.id)),
        ..failed()
    };
    take(&office.office, &report, &[]).await.unwrap();
    assert!(reason(&office, &reference).await.is_some(), "that one came back too");
    office.on("2026-06-09 10:00");
    let told = Told {
        letter: kind,
        by: Means::Phone,
        at: at("2026-06-09 09:50"),
        words: "I rang.".to_owned(),
    };
    tell::tell(office.hand(&amara(), &reference), &told).await.unwrap();
    assert_eq!(reason(&office, &reference).await, None);
}

#[tokio::test]
async fn letters_that_did_not_arrive_are_listed_for_those_who_may_see_their_cases() {
    let office = open().await;
    let (reference, letter) = acknowledged(&office).await;
    let report = Report {
        envelope: Some(token::of_envelope(&office.office, letter.id)),
        ..failed()
    };
    assert!(lost(&office).await.is_empty());
    take(&office.office, &report, &[]).await.unwrap();
    assert_eq!(lost(&office).await, [reference.to_string()]);
    let kind = LetterKind::Acknowledgement;
    send_again::send_again(office.hand(&amara(), &reference), &[kind])
        .await
        .unwrap();
    assert!(lost(&office).await.is_empty(), "it is on its way once more");
}

/// The letters of the list; the number beside its name is always theirs.
async fn lost(office: &OpenOffice) -> Vec<String> {
    let page = post_lists::lost(&office.office, None, &amara()).await.unwrap();
    let counted = post_lists::how_many_lost(&office.office, &amara()).await.unwrap();
    assert_eq!(usize::try_from(counted), Ok(page.letters.len()));
    page.letters
        .into_iter()
        .map(|letter| letter.reference.to_string())
        .collect()
}
