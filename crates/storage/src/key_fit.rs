//! Whether the key files are those with which this database was written: each is tried on what it must open, and no word is read.

use rules::audit::SignedCheckpoint;

use crate::database::statements;
use crate::stream_keys::{OFFICE, wrapped};
use crate::{StorageError, Tx, audit};

statements! {
    RECORDS = "SELECT stream, wrapped FROM stream_keys
               WHERE stream >= 'sealed:' AND stream < 'sealed;' AND wrapped IS NOT NULL AND stream > $1
               ORDER BY stream LIMIT $2";
    LATEST_RECORD = "SELECT stream, wrapped FROM stream_keys
                     WHERE stream >= 'sealed:' AND stream < 'sealed;' AND wrapped IS NOT NULL
                     ORDER BY created_at DESC, stream DESC LIMIT 1";
}

/// How many sealed records are tried at a time.
const STEP: i64 = 500;

/// What trying the keys came to.
#[derive(Debug, Clone, Default)]
pub struct KeyFit {
    /// One for each key file that is not the one with which the database was written.
    pub misfits: Vec<StorageError>,
    /// How many sealed records have a key that was not destroyed.
    pub sealed: u64,
    /// How many of these keys do not open under the key of sealed cases.
    pub shut: u64,
}

/// Tries the master key on the key of the office, the audit key on the latest checkpoint, and the key of sealed cases on the key of every sealed
/// record. Nothing that is sealed under these is opened.
///
/// # Errors
/// When the database cannot be read.
pub async fn look(tx: &mut Tx<'_>) -> Result<KeyFit, StorageError> {
    let mut fit = KeyFit::default();
    if let Some(Some(key)) = wrapped(tx, OFFICE).await? {
        fit.misfits.extend(tx.keys.unwrap_stream_key(OFFICE, &key).err());
    }
    fit.misfits.extend(other_audit_key(tx).await?);
    let mut after = String::new();
    loop {
        let page = tx.all(RECORDS, &[&after, &STEP], record).await?;
        let Some((last, _)) = page.last() else { break };
        after = last.clone();
        for (record, key) in &page {
            fit.sealed += 1;
            if let Err(error) = tx.keys.unwrap_sealed_key(record, key) {
                fit.shut += 1;
                if fit.shut == 1 {
                    fit.misfits.push(error);
                }
            }
        }
    }
    Ok(fit)
}

/// Whether the key of sealed cases is the one under which the latest case was sealed: a second one would leave half of them shut, whichever is
/// there.
///
/// # Errors
/// [`StorageError::NoSealedKey`] and [`StorageError::OtherSealedKey`]; when the database cannot be read.
pub async fn may_seal(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    tx.keys.sealing()?;
    match tx.optional(LATEST_RECORD, &[], record).await? {
        Some((record, key)) => tx.keys.unwrap_sealed_key(&record, &key).map(drop),
        None => Ok(()),
    }
}

/// Whether a case is sealed and not erased: a new key of sealed cases would not open it.
///
/// # Errors
/// When the database cannot be read.
pub async fn has_sealed(tx: &mut Tx<'_>) -> Result<bool, StorageError> {
    Ok(tx.optional(LATEST_RECORD, &[], record).await?.is_some())
}

async fn other_audit_key(tx: &mut Tx<'_>) -> Result<Option<StorageError>, StorageError> {
    let Some(note) = audit::latest_checkpoint(tx).await? else {
        return Ok(None);
    };
    // One that cannot be read is for the check of the log to name.
    let Ok(signed) = SignedCheckpoint::parse(&note) else {
        return Ok(None);
    };
    let (signed_by, ours) = (signed.untrusted().origin(), tx.keys.origin());
    Ok((signed_by != ours).then(|| StorageError::OtherAuditKey {
        signed_by: signed_by.to_owned(),
        ours: ours.to_owned(),
    }))
}

fn record(row: &crate::Row<'_>) -> Result<(String, Vec<u8>), StorageError> {
    Ok((row.get(0)?, row.get(1)?))
}

/// The prefix in the statements is that of the records.
const _: () = assert!(matches!(crate::sealed::PREFIX.as_bytes(), b"sealed:"));
