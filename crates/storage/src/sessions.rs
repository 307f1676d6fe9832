//! Who is signed in. A session is kept under a keyed hash of its token, so the database opens no session.

use jiff::Timestamp;

use crate::database::statements;
use crate::keys::{hex, place};
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, Tx};

statements! {
    CREATE = "INSERT INTO sessions (token_hash, staff_id, created_at, seen_at, idle_until, expires_at, csrf)
              VALUES ($1, $2, $3, $4, $5, $6, $7)";
    FIND = "SELECT staff_id, created_at, seen_at, idle_until, expires_at, csrf FROM sessions
            WHERE token_hash = $1 AND idle_until > $2 AND expires_at > $2";
    TOUCH = "UPDATE sessions SET seen_at = $2, idle_until = $3 WHERE token_hash = $1";
    END = "DELETE FROM sessions WHERE token_hash = $1";
    END_ALL = "DELETE FROM sessions WHERE staff_id = $1";
    SWEEP = "DELETE FROM sessions WHERE idle_until <= $1 OR expires_at <= $1";
}

/// A session.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// The member of staff.
    pub staff_id: i64,
    /// When they signed in.
    pub created_at: Timestamp,
    /// When they last did something.
    pub seen_at: Timestamp,
    /// When it ends unless they do something.
    pub idle_until: Timestamp,
    /// When it ends in any case.
    pub expires_at: Timestamp,
    /// The secret of its forms.
    pub csrf: Vec<u8>,
}

/// Keeps a new session under its token.
///
/// # Errors
/// When the database cannot be written.
pub async fn create(tx: &mut Tx<'_>, token: &[u8], session: &SessionRow) -> Result<(), StorageError> {
    let hash = tx.keys.session_hash(token);
    let SessionRow {
        staff_id,
        created_at,
        seen_at,
        idle_until,
        expires_at,
        csrf,
    } = session;
    let csrf = stream_keys::seal(tx, OFFICE, *created_at, &csrf_place(&hash), csrf).await?;
    let [created_at, seen_at, idle_until, expires_at] =
        [created_at, seen_at, idle_until, expires_at].map(|at| at.as_microsecond());
    tx.put(
        CREATE,
        &[&hash, staff_id, &created_at, &seen_at, &idle_until, &expires_at, &csrf],
    )
    .await?;
    Ok(())
}

/// The session of a token; `None` when there is none or it ended before `now`.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx<'_>, token: &[u8], now: Timestamp) -> Result<Option<SessionRow>, StorageError> {
    let hash = tx.keys.session_hash(token);
    let found = tx
        .optional(FIND, &[&hash, &now.as_microsecond()], |row| {
            Ok(SessionRow {
                staff_id: row.get(0)?,
                created_at: row.instant(1)?,
                seen_at: row.instant(2)?,
                idle_until: row.instant(3)?,
                expires_at: row.instant(4)?,
                csrf: row.get(5)?,
            })
        })
        .await?;
    let Some(session) = found else { return Ok(None) };
    let csrf = stream_keys::open(tx, OFFICE, &csrf_place(&hash), &session.csrf).await?;
    Ok(Some(SessionRow { csrf, ..session }))
}

/// Records that the person did something.
///
/// # Errors
/// When the database cannot be written.
pub async fn touch(
    tx: &mut Tx<'_>,
    token: &[u8],
    seen_at: Timestamp,
    idle_until: Timestamp,
) -> Result<(), StorageError> {
    let hash = tx.keys.session_hash(token);
    tx.put(TOUCH, &[&hash, &seen_at.as_microsecond(), &idle_until.as_microsecond()])
        .await?;
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database cannot be written.
pub async fn end(tx: &mut Tx<'_>, token: &[u8]) -> Result<(), StorageError> {
    let hash = tx.keys.session_hash(token);
    tx.put(END, &[&hash]).await?;
    Ok(())
}

/// Ends every session of a person and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn end_all_for(tx: &mut Tx<'_>, staff_id: i64) -> Result<u64, StorageError> {
    tx.exec(END_ALL, &[&staff_id]).await
}

/// Removes sessions that ended before `now` and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn sweep(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StorageError> {
    tx.exec(SWEEP, &[&now.as_microsecond()]).await
}

fn csrf_place(hash: &[u8]) -> Vec<u8> {
    place(&["session-csrf", &hex(hash)])
}
