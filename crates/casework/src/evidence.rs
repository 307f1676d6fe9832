//! Evidence: the receipt that a complainant keeps, the check of a receipt, of one case and of the whole log, and what is published of it (R89).

mod case;
mod published;

pub use case::{prove_case, verify_case};
pub use published::{PublishedCheckpoint, published, published_for};

use jiff::civil::DateTime;
use rules::audit::{
    CheckedReceipt, Entry, PortableProof, Receipt, ReceiptError, ReceiptHead, SignedCheckpoint, TrustedKeys,
};
use rules::clock::full_date;
use storage::audit::{self, Report};
use storage::{StorageError, Tx, events};

use crate::desk::{self, CaseFile};
use crate::{ActError, Office, letter, looks};

/// The receipt of a case as a text file: words for the person, and the proof that the log holds their complaint.
///
/// # Errors
/// When the log cannot be read, or no checkpoint can be signed.
pub async fn receipt(office: &Office, file: &CaseFile) -> Result<String, ActError> {
    let (stream, now) = (file.case.reference.to_string(), office.now());
    let (entry, proof) = office
        .store
        .write(move |tx| Box::pin(async move { prove(tx, &stream, now).await }))
        .await?;
    let receipt = Receipt::with_entry(head(office, file), &entry, proof);
    Ok(receipt
        .map_err(|error| StorageError::Corrupt(error.to_string()))?
        .to_text())
}

/// The inclusion proof of the first event of a stream, against a checkpoint that covers it.
async fn prove(tx: &mut Tx<'_>, stream: &str, now: jiff::Timestamp) -> Result<(Entry, PortableProof), ActError> {
    audit::sign_checkpoint(tx, now).await?;
    let first = events::trace(tx, stream)
        .await?
        .into_iter()
        .next()
        .ok_or(ActError::NotFound)?;
    let checkpoint = audit::latest_checkpoint(tx).await?.ok_or(ActError::NotFound)?;
    let checkpoint = SignedCheckpoint::parse(&checkpoint).map_err(|error| StorageError::Corrupt(error.to_string()))?;
    let hashes = audit::inclusion_proof(tx, first.position, checkpoint.untrusted().size()).await?;
    let sealed = events::raw_scan(tx, first.position, 1)
        .await?
        .into_iter()
        .next()
        .ok_or(ActError::NotFound)?;
    let index = first.position - 1;
    Ok((
        sealed.entry(),
        PortableProof {
            extra: None,
            index,
            hashes,
            checkpoint,
        },
    ))
}

fn head(office: &Office, file: &CaseFile) -> ReceiptHead {
    let institution = office.institution();
    let received = &file.case.received;
    ReceiptHead {
        service: format!("{} {}", institution.organisation, institution.unit),
        reference: file.case.reference.to_string(),
        code: letter::grouped(&received.receipt_code),
        received: file.in_force.calendar.time_zone().to_datetime(received.received_at),
        decision_due_on: file.decision_date().map(|deadline| deadline.due_on),
        track_url: format!("{}/track", institution.public_url),
    }
}

/// Checks the whole log: every leaf, the order of every stream, every checkpoint.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify(office: &Office) -> Result<Report, ActError> {
    with_looks(office, audit::verify(&office.store).await?).await
}

/// Checks the log against checkpoints that somebody kept elsewhere: receipts, printed packs.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify_against(office: &Office, outside: Vec<String>) -> Result<Report, ActError> {
    with_looks(office, audit::verify_against(&office.store, outside).await?).await
}

/// The access log is sealed in the log, and is checked with it.
async fn with_looks(office: &Office, mut report: Report) -> Result<Report, ActError> {
    report.faults.extend(looks::check(office).await?);
    Ok(report)
}

/// Checks that a receipt's entry stands under its own checkpoint and that our key signed it.
///
/// # Errors
/// What does not hold, in words.
pub fn check_receipt(office: &Office, receipt: &Receipt) -> Result<CheckedReceipt, ReceiptError> {
    let keys = TrustedKeys::new([office.store.keys().verifier_key().clone()], storage::signature_holds);
    receipt.check(&keys)
}

/// What a receipt says of its case otherwise than the record does, one sentence each without a full stop. Its proof covers the entry, not
/// the words above it.
///
/// # Errors
/// When there is no such case, or it cannot be read.
pub async fn compare_receipt(
    office: &Office,
    receipt: &Receipt,
    checked: &CheckedReceipt,
) -> Result<Vec<String>, ActError> {
    let said = receipt.head();
    let reference = said.reference.parse().map_err(|_| ActError::NotFound)?;
    let known = head(office, &desk::case_file::for_operator(office, &reference).await?);
    let stream = checked.entry().map_or(&said.reference, |entry| &entry.header.stream);
    let lines = [
        ("reference", stream.clone(), said.reference.clone()),
        ("time of receipt", minute(known.received), minute(said.received)),
    ];
    Ok(lines
        .into_iter()
        .filter(|(_, known, said)| known != said)
        .map(|(what, known, said)| format!("the {what} on the receipt is {said}, the record has {known}"))
        .collect())
}

/// A local time to the minute, as receipts state theirs: "Monday 12 October 2026, 14:05".
pub fn minute(at: DateTime) -> String {
    format!("{}, {:02}:{:02}", full_date(at.date()), at.hour(), at.minute())
}

/// The latest signed checkpoint.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest_checkpoint(office: &Office) -> Result<Option<String>, ActError> {
    Ok(office.store.read(|tx| Box::pin(audit::latest_checkpoint(tx))).await?)
}
