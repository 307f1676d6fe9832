//! One case: the check of all that the log has of it, and the proof of it for somebody who has nothing of ours but the public key.

use rules::audit::CaseProof;
use rules::case::Reference;
use storage::audit::{self, CaseReport};
use storage::{StorageError, Tx};

use crate::{ActError, Office};

/// Checks every entry of a case and of its sealed record, against the latest checkpoint and against those that were kept elsewhere.
///
/// # Errors
/// [`ActError::NotFound`] when the log has no entry of it; when the store cannot be read.
pub async fn verify_case(office: &Office, reference: &Reference, outside: Vec<String>) -> Result<CaseReport, ActError> {
    let report = audit::verify_case(&office.store, &reference.to_string(), outside).await?;
    report.ok_or(ActError::NotFound)
}

/// The proof of a case as a text: fingerprints alone, so that it tells nobody what happened in it, who did it, or in which lane it is. Against
/// the latest checkpoint, which is signed anew if it does not cover the case yet, or against one that somebody holds.
///
/// # Errors
/// [`ActError::NotFound`] when the log has no entry of it; [`StorageError::NotCovered`] when the checkpoint that was given is too old; when an
/// entry cannot be proven.
pub async fn prove_case(office: &Office, reference: &Reference, against: Option<String>) -> Result<String, ActError> {
    let (reference, now) = (reference.to_string(), office.now());
    let institution = office.institution();
    let service = format!("{} {}", institution.organisation, institution.unit);
    let of = reference.clone();
    let proven = office
        .store
        .write(move |tx| Box::pin(async move { prove(tx, &of, against, now).await }))
        .await?;
    let (entries, checkpoint) = proven.ok_or(ActError::NotFound)?;
    let proof = CaseProof::new((&service, &reference), entries, checkpoint);
    Ok(proof
        .map_err(|error| StorageError::Corrupt(error.to_string()))?
        .to_text())
}

type Proven = Option<(Vec<rules::audit::ProvenEntry>, rules::audit::SignedCheckpoint)>;

async fn prove(
    tx: &mut Tx<'_>,
    reference: &str,
    against: Option<String>,
    now: jiff::Timestamp,
) -> Result<Proven, StorageError> {
    match audit::prove_case(tx, reference, against.as_deref()).await {
        Err(StorageError::NotCovered(_)) if against.is_none() => {}
        Ok(None) if against.is_none() => {}
        proven => return proven,
    }
    audit::sign_checkpoint(tx, now).await?;
    audit::prove_case(tx, reference, None).await
}
