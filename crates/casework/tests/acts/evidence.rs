//! Evidence: receipts that complainants keep, and a log that shows what was altered, cut off or exchanged (R89).

use casework::ActError;
use casework::evidence::{check_receipt, latest_checkpoint, verify, verify_against};
use casework::jobs::checkpoint;
use rules::audit::{Receipt, ReceiptError};
use rules::case::Reference;
use testkit::day;
use testkit::office::OpenOffice;
use testkit::people::{amara, iris, ruth, tom};

use crate::support::{open, refusal};

/// The receipt of a case, as its complainant downloads it.
async fn receipt(office: &OpenOffice, reference: &Reference) -> String {
    let file = office.file(reference).await;
    office.public().receipt(&file).await.unwrap()
}

#[tokio::test]
async fn a_receipt_says_what_was_promised_and_its_proof_holds() {
    let office = open().await;
    let reference = office.receive("k").await;
    let text = receipt(&office, &reference).await;
    let kept = Receipt::parse(&text).unwrap();
    let head = kept.head();
    assert_eq!(
        (&*head.reference, head.decision_due_on),
        ("FC-10001", Some(day("2026-06-12")))
    );
    assert_eq!(head.received.to_string(), "2026-06-09T09:15:00");
    let code = office.case(&reference).await.received.receipt_code;
    assert_eq!(head.code.replace(' ', ""), code);
    assert!(check_receipt(&office.office, &kept).is_ok());
    assert!(
        !text.contains("Wi-Fi") && !text.contains("Priya"),
        "nothing of what they wrote:\n{text}"
    );
}

#[tokio::test]
async fn a_receipt_that_somebody_changed_does_not_hold() {
    let office = open().await;
    let reference = office.receive("k").await;
    let text = receipt(&office, &reference).await;
    let another = Receipt::parse(&text.replace("FC-10001", "FC-10002")).unwrap();
    let found = check_receipt(&office.office, &another).unwrap_err();
    assert!(matches!(found, ReceiptError::ReferenceDiffers { .. }), "{found}");

    let other = office.receive("other").await;
    let other = Receipt::parse(&receipt(&office, &other).await).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let leaf = lines.iter().find(|line| line.starts_with("entry-hash ")).unwrap();
    let exchanged = Receipt::parse(&text.replace(leaf, &format!("entry-hash {}", other.leaf().to_base64()))).unwrap();
    assert!(
        check_receipt(&office.office, &exchanged).is_err(),
        "the leaf of another entry"
    );
}

#[tokio::test]
async fn the_log_of_a_day_s_work_is_whole_and_continues_the_receipts() {
    let office = open().await;
    let first = office.asked_for_stage_2("k1").await;
    let early = Receipt::parse(&receipt(&office, &first).await).unwrap();
    office.at_stage_2("k2").await;
    office.on("2026-06-20 09:00");
    casework::jobs::watch::look(&office.office).await.unwrap();
    let signed = checkpoint::sign(&office.office)
        .await
        .unwrap()
        .expect("the log has grown");
    assert_eq!(
        checkpoint::sign(&office.office).await.unwrap(),
        None,
        "nothing new, nothing to sign"
    );
    assert_eq!(latest_checkpoint(&office.office).await.unwrap(), Some(signed));

    let report = verify(&office.office).await.unwrap();
    assert_eq!(report.faults, [""; 0]);
    let cases = office.history(&first).await.len() + office.history(&"FC-10002".parse().unwrap()).await.len();
    let events = cases + of_the_office(&office).await;
    assert_eq!((report.entries, report.signed), (events as u64, events as u64));
    assert!(check_receipt(&office.office, &early).is_ok());
    let outside = vec![early.proof().checkpoint.to_text()];
    assert!(verify_against(&office.office, outside).await.unwrap().is_whole());
}

#[tokio::test]
async fn what_is_altered_in_the_database_is_found() {
    let office = open().await;
    office.answered("k").await;
    checkpoint::sign(&office.office).await.unwrap();
    assert!(verify(&office.office).await.unwrap().is_whole());
    office.tamper("DROP TRIGGER events_are_not_changed").await;
    office
        .tamper("UPDATE events SET at = at - 86400000000 WHERE sequence = 3")
        .await;
    let report = verify(&office.office).await.unwrap();
    assert!(!report.is_whole());
    assert!(
        report.faults.iter().any(|fault| fault.contains('3')),
        "{:?}",
        report.faults
    );
}

#[tokio::test]
async fn a_log_that_was_cut_off_does_not_continue_a_receipt() {
    let office = open().await;
    office.receive("k1").await;
    office.receive("k2").await;
    let later = office.receive("k3").await;
    let kept = Receipt::parse(&receipt(&office, &later).await).unwrap();
    for sql in [
        "DROP TRIGGER events_are_not_deleted",
        "DROP TRIGGER audit_nodes_are_not_deleted",
        "DELETE FROM events WHERE stream = 'FC-10003'",
        "DELETE FROM audit_nodes",
        "DELETE FROM checkpoints",
    ] {
        office.tamper(sql).await;
    }
    let outside = vec![kept.proof().checkpoint.to_text()];
    let report = verify_against(&office.office, outside).await.unwrap();
    assert!(!report.is_whole(), "the receipt knows of entries that are gone");
}

#[tokio::test]
async fn the_trail_of_a_case_is_for_those_who_may_read_it() {
    let office = open().await;
    let reference = office.at_stage_1("k").await;
    let proof = office.door(&iris()).proof(&reference).await.unwrap();
    let trail: Vec<&str> = proof.traces.iter().map(|trace| &*trace.kind).collect();
    assert_eq!(trail, office.kinds(&reference).await);
    assert_eq!(proof.log_size, (trail.len() + of_the_office(&office).await) as u64);
    assert_eq!(proof.traces[0].actor, "complainant");
    for by in [amara(), tom()] {
        assert!(refusal(office.door(&by).proof(&reference).await).starts_with("You cannot read the audit trail"));
    }
    let nowhere = office.door(&ruth()).proof(&"FC-99999".parse().unwrap()).await;
    assert!(matches!(nowhere, Err(ActError::NotFound)), "{nowhere:?}");
}

/// How many entries the log has of the office itself: its procedure and calendars were published when it opened.
async fn of_the_office(office: &OpenOffice) -> usize {
    let trace =
        office.read(|tx| Box::pin(async move { storage::events::trace(tx, storage::stream_keys::OFFICE).await }));
    let entries = trace.await.len();
    assert!(entries > 0);
    entries
}
