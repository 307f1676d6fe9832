//! Links for whoever has a sealed case: found by keyed hashes, with the code that was sent to its mailbox and the reading that the code began.

use aws_lc_rs::constant_time;
use jiff::Timestamp;

use crate::database::statements;
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO handover_links (token_hash, reference, number, made_at) VALUES ($1, $2, $3, $4)";
    FIND = "SELECT number FROM handover_links WHERE token_hash = $1 AND reference = $2";
    SEND_CODE = "UPDATE handover_links SET code_hash = $3, code_until = $4, code_tries = 0
                 WHERE token_hash = $1 AND reference = $2";
    CODE = "SELECT code_hash, code_until, code_tries FROM handover_links WHERE token_hash = $1 AND reference = $2";
    TRIED = "UPDATE handover_links SET code_tries = code_tries + 1 WHERE token_hash = $1 AND reference = $2";
    READ = "UPDATE handover_links SET code_hash = NULL, code_until = NULL, read_hash = $3, read_until = $4
            WHERE token_hash = $1 AND reference = $2";
    READING = "SELECT read_hash, read_until FROM handover_links WHERE token_hash = $1 AND reference = $2";
    END = "UPDATE handover_links SET read_hash = NULL, read_until = NULL WHERE token_hash = $1 AND reference = $2";
    DROP = "DELETE FROM handover_links WHERE reference = $1";
}

/// How often a code may be tried before another has to be sent.
pub const CODE_TRIES: i64 = 5;

/// A link as somebody shows it: the case that it names, and its secret.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'a> {
    /// `FC-10482`.
    pub reference: &'a str,
    /// The secret.
    pub token: &'a str,
}

/// Keeps a link; `number` is that of the event that asked for the handover.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, link: Shown<'_>, number: u32, at: Timestamp) -> Result<(), StorageError> {
    let hash = token_hash(tx, link);
    tx.put(PUT, &[&hash, &link.reference, &i64::from(number), &at.as_microsecond()])
        .await
}

/// The number of the handover that a link belongs to; `None` for one that was never made, or leads to another case.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx<'_>, link: Shown<'_>) -> Result<Option<u32>, StorageError> {
    let hash = token_hash(tx, link);
    tx.optional(FIND, &[&hash, &link.reference], |row| row.natural(0)).await
}

/// Keeps a code in place of the one before; what was read with that one is closed only by its own end.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_code(tx: &mut Tx<'_>, link: Shown<'_>, code: &str, until: Timestamp) -> Result<(), StorageError> {
    let (hash, code) = (token_hash(tx, link), code_hash(tx, link, code));
    tx.put(SEND_CODE, &[&hash, &link.reference, &code, &until.as_microsecond()])
        .await
}

/// What became of a code that somebody typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tried {
    /// It fits. It does not a second time.
    Fits,
    /// It is another.
    Wrong,
    /// There is none any more: it was used, its time is over, or it was tried too often.
    Over,
}

/// Tries a code, and begins a reading where it fits: whoever holds `reading` reads until then.
///
/// # Errors
/// When the database cannot be written.
pub async fn try_code(
    tx: &mut Tx<'_>,
    link: Shown<'_>,
    (code, now): (&str, Timestamp),
    (reading, until): (&str, Timestamp),
) -> Result<Tried, StorageError> {
    let hash = token_hash(tx, link);
    let kept = tx
        .optional(CODE, &[&hash, &link.reference], |row| {
            Ok((
                row.get::<Option<Vec<u8>>>(0)?,
                row.instant_if_any(1)?,
                row.get::<i64>(2)?,
            ))
        })
        .await?;
    let Some((Some(kept), Some(code_until), tries)) = kept else {
        return Ok(Tried::Over);
    };
    if code_until <= now || tries >= CODE_TRIES {
        return Ok(Tried::Over);
    }
    if constant_time::verify_slices_are_equal(&kept, &code_hash(tx, link, code)).is_err() {
        tx.put(TRIED, &[&hash, &link.reference]).await?;
        return Ok(Tried::Wrong);
    }
    let reading = reading_hash(tx, link, reading);
    tx.put(READ, &[&hash, &link.reference, &reading, &until.as_microsecond()])
        .await?;
    Ok(Tried::Fits)
}

/// Whether somebody who holds this reads now.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_reading(tx: &mut Tx<'_>, link: Shown<'_>, reading: &str, now: Timestamp) -> Result<bool, StorageError> {
    let hash = token_hash(tx, link);
    let kept = tx
        .optional(READING, &[&hash, &link.reference], |row| {
            Ok((row.get::<Option<Vec<u8>>>(0)?, row.instant_if_any(1)?))
        })
        .await?;
    let Some((Some(kept), Some(until))) = kept else {
        return Ok(false);
    };
    let given = reading_hash(tx, link, reading);
    Ok(until > now && constant_time::verify_slices_are_equal(&kept, &given).is_ok())
}

/// Ends a reading.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_reading(tx: &mut Tx<'_>, link: Shown<'_>) -> Result<(), StorageError> {
    let hash = token_hash(tx, link);
    tx.put(END, &[&hash, &link.reference]).await
}

/// Makes every link of a case useless: another holder has it, or it is erased.
///
/// # Errors
/// When the database cannot be written.
pub async fn drop_all(tx: &mut Tx<'_>, reference: &str) -> Result<(), StorageError> {
    tx.put(DROP, &[&reference]).await
}

fn token_hash(tx: &Tx<'_>, link: Shown<'_>) -> Vec<u8> {
    tx.keys
        .code_hash(&format!("handover {}", link.reference), link.token.as_bytes())
}

fn code_hash(tx: &Tx<'_>, link: Shown<'_>, code: &str) -> Vec<u8> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    tx.keys.code_hash(
        &format!("handover code {} {}", link.reference, link.token),
        digits.as_bytes(),
    )
}

fn reading_hash(tx: &Tx<'_>, link: Shown<'_>, reading: &str) -> Vec<u8> {
    tx.keys.code_hash(
        &format!("handover reading {} {}", link.reference, link.token),
        reading.as_bytes(),
    )
}
