//! How a complainant comes back to their case: the receipt code and the tracking links, kept as keyed hashes only.

use aws_lc_rs::constant_time;
use jiff::Timestamp;

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    PUT_CODE = "INSERT INTO access_codes (reference, code_hash) VALUES ($1, $2)
                ON CONFLICT (reference) DO UPDATE SET code_hash = excluded.code_hash";
    CODE = "SELECT code_hash FROM access_codes WHERE reference = $1";
    PUT_TOKEN = "INSERT INTO link_tokens (token_hash, reference, created_at) VALUES ($1, $2, $3)
                 ON CONFLICT (token_hash) DO UPDATE SET reference = excluded.reference";
    CASE_OF_TOKEN = "SELECT reference FROM link_tokens WHERE token_hash = $1";
    DROP_TOKENS = "DELETE FROM link_tokens WHERE reference = $1";
}

/// Keeps the receipt code of a case (16 digits; spaces and hyphens do not count), replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_code(tx: &mut Tx<'_>, reference: &str, code: &str) -> Result<(), StorageError> {
    let hash = code_hash(tx, reference, code);
    tx.put(PUT_CODE, &[&reference, &hash]).await?;
    Ok(())
}

/// True when the code is that of the case. Takes as long for an unknown case as for a wrong code.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_code(tx: &mut Tx<'_>, reference: &str, code: &str) -> Result<bool, StorageError> {
    let given = code_hash(tx, reference, code);
    let kept = tx.optional(CODE, &[&reference], |row| row.get::<Vec<u8>>(0)).await?;
    let known = kept.is_some();
    let kept = kept.unwrap_or_else(|| vec![0; given.len()]);
    Ok(constant_time::verify_slices_are_equal(&given, &kept).is_ok() && known)
}

/// Keeps the token of a tracking link; a case may have several.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_link_token(tx: &mut Tx<'_>, reference: &str, token: &str, at: Timestamp) -> Result<(), StorageError> {
    let hash = link_hash(tx, reference, token);
    tx.put(PUT_TOKEN, &[&hash, &reference, &at.as_microsecond()]).await?;
    Ok(())
}

/// True when the token is that of a tracking link to the case. It is found by its keyed hash, which tells nobody how near a guess was.
///
/// # Errors
/// When the database cannot be read.
pub async fn check_link_token(tx: &mut Tx<'_>, reference: &str, token: &str) -> Result<bool, StorageError> {
    let hash = link_hash(tx, reference, token);
    let leads_to = tx.optional(CASE_OF_TOKEN, &[&hash], |row| row.get::<String>(0)).await?;
    Ok(leads_to.as_deref() == Some(reference))
}

/// Makes every tracking link of a case useless (A16) and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_link_tokens(tx: &mut Tx<'_>, reference: &str) -> Result<u64, StorageError> {
    tx.exec(DROP_TOKENS, &[&reference]).await
}

/// The reference is hashed with the code, so that a hash copied to another case opens nothing.
fn code_hash(tx: &Tx<'_>, reference: &str, code: &str) -> Vec<u8> {
    let digits: String = code
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}'))
        .collect();
    tx.keys.code_hash(&format!("receipt {reference}"), digits.as_bytes())
}

/// As for codes: a link that somebody moves to another case opens nothing.
fn link_hash(tx: &Tx<'_>, reference: &str, token: &str) -> Vec<u8> {
    tx.keys.code_hash(&format!("link {reference}"), token.as_bytes())
}
