//! The audit tree beneath the event log: its nodes, its signed checkpoints, its proofs, and the check of it all.

mod case;
mod check;
mod contents;
mod months;
mod tree;

use jiff::Timestamp;
pub use rules::audit::Hash;
use rules::audit::{self, Checkpoint, SignedCheckpoint, TrustedCheckpoint, TrustedKeys, verify_consistency};

pub use case::{CaseReport, Destroyed, prove_case, verify_case};
pub(crate) use check::{Looks, check as check_log};
pub use check::{Report, verify, verify_against};
pub use months::{MonthEnd, first_signed_at, last_before};
pub(crate) use tree::Growth;
pub use tree::{consistency_proof, inclusion_proof, size};

use crate::database::statements;
use crate::{Keys, StorageError, Tx, keys};

statements! {
    LATEST = "SELECT note FROM checkpoints ORDER BY size DESC LIMIT 1";
    ALL = "SELECT note FROM checkpoints ORDER BY size";
    ADD = "INSERT INTO checkpoints (size, note, signed_at) VALUES ($1, $2, $3)";
}

/// Every fixed statement of the audit tables.
pub(crate) fn statements() -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let others = tree::STATEMENTS.iter().chain(check::STATEMENTS);
    STATEMENTS
        .iter()
        .chain(others)
        .chain(case::STATEMENTS)
        .chain(months::STATEMENTS)
}

/// Signs the tree as it is now, as the text of a C2SP checkpoint; `None` when it has not grown since the latest one.
///
/// # Errors
/// [`StorageError::Corrupt`] when the tree no longer begins with the one that was signed before: a log that signed two
/// different pasts would be worth nothing.
pub async fn sign_checkpoint(tx: &mut Tx<'_>, at: Timestamp) -> Result<Option<String>, StorageError> {
    let size = size(tx).await?;
    let latest = match latest_checkpoint(tx).await? {
        Some(note) => Some(trusted(tx.keys, &note)?),
        None => None,
    };
    if latest.as_ref().map_or(0, |latest| latest.size()) == size {
        return Ok(None);
    }
    let root = tree::root(tx, size).await?;
    if let Some(latest) = latest {
        let proof = consistency_proof(tx, latest.size(), size).await?;
        let holds = verify_consistency(latest.size(), latest.root(), size, root, &proof);
        holds.map_err(|error| StorageError::Corrupt(format!("the log is not signed: {error}")))?;
    }
    let checkpoint = Checkpoint::new(tx.keys.origin(), size, root).map_err(unsigned)?;
    let signed = checkpoint
        .sign(tx.keys.verifier_key(), |text| tx.keys.sign(text))
        .map_err(unsigned)?;
    let note = signed.to_text();
    tx.put(ADD, &[&(size as i64), &note, &at.as_microsecond()]).await?;
    Ok(Some(note))
}

/// The latest signed checkpoint, as the text of its note.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_checkpoint(tx: &mut Tx<'_>) -> Result<Option<String>, StorageError> {
    tx.optional(LATEST, &[], |row| row.get(0)).await
}

/// Every signed checkpoint, the smallest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn checkpoints(tx: &mut Tx<'_>) -> Result<Vec<String>, StorageError> {
    tx.all(ALL, &[], |row| row.get(0)).await
}

/// A checkpoint that the key of this installation signed.
pub(crate) fn trusted(keys: &Keys, note: &str) -> Result<TrustedCheckpoint, StorageError> {
    let trusted_keys = TrustedKeys::new([keys.verifier_key().clone()], keys::signature_holds);
    let signed = SignedCheckpoint::parse(note).map_err(unsigned)?;
    let origin = signed.untrusted().origin();
    if origin != keys.origin() {
        return Err(StorageError::OtherAuditKey {
            signed_by: origin.to_owned(),
            ours: keys.origin().to_owned(),
        });
    }
    signed.trust(&trusted_keys).map_err(unsigned)
}

fn unsigned(error: audit::CheckpointError) -> StorageError {
    StorageError::Corrupt(error.to_string())
}
