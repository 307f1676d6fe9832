//! The ledger of incoming e-mail: every message once, with what became of it. Its raw bytes are a file that waits.

pub mod boxes;
pub mod days;
mod within;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::mail::Fate;

use crate::database::{Row, statements};
use crate::keys::place;
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, Tx, counters};

pub use within::{about_no_case, is_within, of_fate, waiting};

statements! {
    KNOWN = "SELECT id FROM mail WHERE known_by = $1";
    ADD = "INSERT INTO mail (id, known_by, mailbox, arrived_at, arrived_on, size, file, not_before, about)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $8)";
    SEE = "INSERT INTO mail_seen (mailbox, validity, uid, mail) VALUES ($1, $2, $3, $4)
           ON CONFLICT (mailbox, validity, uid) DO NOTHING";
    GET = "SELECT id, mailbox, arrived_at, size, file, fate, settled_at, reference, tries, about FROM mail WHERE id = $1";
    SETTLE = "UPDATE mail SET fate = $2, settled_at = $3, reference = $4, about = $5, lease_until = NULL
              WHERE id = $1 AND fate IS NULL";
    TAKE_UP = "UPDATE mail SET fate = NULL, settled_at = NULL, reference = NULL, about = $3, not_before = $4, tries = 0
               WHERE id = $1 AND fate = $2 AND file IS NOT NULL";
    LET_GO = "UPDATE mail SET file = NULL, about = NULL WHERE id = $1";
    KEEP_NO_FILE = "UPDATE mail SET file = NULL WHERE id = $1";
    PUT_OFF = "UPDATE mail SET not_before = $2, lease_until = NULL WHERE id = $1 AND fate IS NULL AND tries = $3";
    WAITED = "SELECT id, mailbox, arrived_at, size, file, fate, settled_at, reference, tries, about FROM mail
              WHERE fate = $1 AND settled_at <= $2 ORDER BY id LIMIT $3";
    KEPT_LONG = "SELECT id FROM mail
                 WHERE fate IN ('bounce', 'auto_reply', 'spam', 'loop', 'trial') AND file IS NOT NULL AND settled_at <= $1
                 ORDER BY id LIMIT $2";
    ABOUT_NO_CASE = "SELECT id, mailbox, arrived_at, size, file, fate, settled_at, reference, tries, about FROM mail
                     WHERE fate = $1 AND reference IS NULL ORDER BY id DESC LIMIT $2";
    OLDEST_OPEN = "SELECT MIN(arrived_at) FROM mail WHERE fate IS NULL";
}

/// A message whose raw bytes are durable.
#[derive(Debug)]
pub struct NewMail<'a> {
    /// Its own number and the hash of its body, in words that no other message has.
    pub known_by: &'a str,
    /// By which way it came.
    pub mailbox: &'a str,
    /// When.
    pub at: Timestamp,
    /// The day that was where the office is.
    pub on: Date,
    /// How large it is, in bytes.
    pub size: u64,
    /// The opaque name of its raw bytes.
    pub file: &'a str,
    /// The envelope, as JSON; sealed where it is stored.
    pub about: &'a [u8],
}

/// A message of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailRow {
    /// Its number in the ledger.
    pub id: i64,
    /// By which way it came first.
    pub mailbox: String,
    /// When.
    pub arrived_at: Timestamp,
    /// How large it is, in bytes.
    pub size: u64,
    /// Its raw bytes, while they wait here.
    pub file: Option<String>,
    /// What became of it, once it has ended.
    pub fate: Option<Fate>,
    /// Since when.
    pub settled_at: Option<Timestamp>,
    /// The case where it ended.
    pub reference: Option<String>,
    /// How often it was taken up.
    pub tries: i64,
    /// What was kept of it, as JSON; empty where nothing was.
    pub about: Vec<u8>,
}

/// Whether a message was there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// It is new, and has this number.
    New(i64),
    /// It is the message of this number.
    Known(i64),
}

/// How a message ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// Its number.
    pub id: i64,
    /// What became of it.
    pub fate: Fate,
    /// The case, if it is at one.
    pub reference: Option<String>,
    /// What is kept of it, as JSON; sealed where it is stored.
    pub about: Vec<u8>,
    /// When.
    pub at: Timestamp,
}

/// Adds a message, unless it is known.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, new: &NewMail<'_>) -> Result<Added, StorageError> {
    let known_by = tx.keys.lookup_hash("mail", new.known_by);
    if let Some(id) = tx.optional(KNOWN, &[&known_by], |row| row.get(0)).await? {
        return Ok(Added::Known(id));
    }
    let id = counters::next(tx, "mail", 1).await?;
    let about = stream_keys::seal(tx, OFFICE, new.at, &about_place(id), new.about).await?;
    let (at, on, size) = (
        new.at.as_microsecond(),
        new.on.to_string(),
        i64::try_from(new.size).unwrap_or(i64::MAX),
    );
    tx.put(ADD, &[&id, &known_by, &new.mailbox, &at, &on, &size, &new.file, &about])
        .await?;
    tx.effects.mail = true;
    Ok(Added::New(id))
}

/// Where a message lies in a mailbox (RFC 3501, 2.3.1.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    /// The mailbox.
    pub mailbox: &'a str,
    /// Its UIDVALIDITY.
    pub validity: u32,
    /// The UID.
    pub uid: u32,
}

/// Notes where a message was met.
///
/// # Errors
/// When the database cannot be written.
pub async fn see(tx: &mut Tx<'_>, at: Place<'_>, id: i64) -> Result<(), StorageError> {
    let (validity, uid) = (i64::from(at.validity), i64::from(at.uid));
    tx.put(SEE, &[&at.mailbox, &validity, &uid, &id]).await
}

/// Takes up to `limit` messages that have not ended, oldest first, and holds them for `lease_seconds`: one whose worker died is taken again.
///
/// # Errors
/// When the database cannot be written.
pub async fn claim(
    tx: &mut Tx<'_>,
    now: Timestamp,
    lease_seconds: i64,
    limit: u32,
) -> Result<Vec<MailRow>, StorageError> {
    let until = now
        .as_microsecond()
        .saturating_add(lease_seconds.saturating_mul(1_000_000));
    let sql = tx.engine().claim_mail();
    let mut stored = tx
        .all(sql, &[&now.as_microsecond(), &until, &i64::from(limit)], message)
        .await?;
    stored.sort_by_key(|(row, _)| row.id);
    open(tx, stored).await
}

/// Records how a message ended; false where it has ended already: what somebody else found stands.
///
/// # Errors
/// When the database cannot be written.
pub async fn settle(tx: &mut Tx<'_>, ended: &Ended) -> Result<bool, StorageError> {
    let Ended {
        id,
        fate,
        reference,
        at,
        ..
    } = ended;
    let about = sealed_about(tx, ended).await?;
    let changed = tx
        .exec(SETTLE, &[id, &fate.code(), &at.as_microsecond(), reference, &about])
        .await?;
    Ok(changed > 0)
}

/// Takes a message up again that was set aside, because somebody said what is to become of it; false where it is not set aside so any more, or its raw
/// bytes are gone.
///
/// # Errors
/// When the database cannot be written.
pub async fn take_up(
    tx: &mut Tx<'_>,
    (id, fate): (i64, Fate),
    about: &[u8],
    at: Timestamp,
) -> Result<bool, StorageError> {
    let sealed = stream_keys::seal(tx, OFFICE, at, &about_place(id), about).await?;
    let taken = tx
        .exec(TAKE_UP, &[&id, &fate.code(), &sealed, &at.as_microsecond()])
        .await?
        > 0;
    tx.effects.mail |= taken;
    Ok(taken)
}

/// Records that its raw bytes are those of a case now, or gone, and what was said of it with them.
///
/// # Errors
/// When the database cannot be written.
pub async fn let_go(tx: &mut Tx<'_>, id: i64) -> Result<(), StorageError> {
    tx.put(LET_GO, &[&id]).await
}

/// Records that its raw bytes are those of a case now; what is said of it stays.
///
/// # Errors
/// When the database cannot be written.
pub async fn keep_no_file(tx: &mut Tx<'_>, id: i64) -> Result<(), StorageError> {
    tx.put(KEEP_NO_FILE, &[&id]).await
}

/// Gives a message back that could not be taken up, not to be tried before an instant; `tries` is how often it was taken, as when it was claimed.
///
/// # Errors
/// When the database cannot be written.
pub async fn put_off(tx: &mut Tx<'_>, id: i64, tries: i64, not_before: Timestamp) -> Result<(), StorageError> {
    tx.put(PUT_OFF, &[&id, &not_before.as_microsecond(), &tries]).await
}

/// A message by its number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<MailRow>, StorageError> {
    let stored = tx.all(GET, &[&id], message).await?;
    Ok(open(tx, stored).await?.pop())
}

/// Messages that wait for a person since an instant or longer, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn waited_since(tx: &mut Tx<'_>, since: Timestamp, limit: u32) -> Result<Vec<MailRow>, StorageError> {
    let stored = tx
        .all(
            WAITED,
            &[&Fate::Waits.code(), &since.as_microsecond(), &i64::from(limit)],
            message,
        )
        .await?;
    open(tx, stored).await
}

/// The numbers of messages that were set aside at an instant or earlier, and whose bytes are still here.
///
/// # Errors
/// When the database cannot be read.
pub async fn set_aside_before(tx: &mut Tx<'_>, at: Timestamp, limit: u32) -> Result<Vec<i64>, StorageError> {
    tx.all(KEPT_LONG, &[&at.as_microsecond(), &i64::from(limit)], |row| row.get(0))
        .await
}

/// Since when the oldest message that has not ended has been here.
///
/// # Errors
/// When the database cannot be read.
pub async fn oldest_open(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StorageError> {
    tx.one(OLDEST_OPEN, &[], |row| row.instant_if_any(0)).await
}

async fn sealed_about(tx: &mut Tx<'_>, ended: &Ended) -> Result<Option<Vec<u8>>, StorageError> {
    if ended.about.is_empty() {
        return Ok(None);
    }
    let sealed = stream_keys::seal(tx, OFFICE, ended.at, &about_place(ended.id), &ended.about).await?;
    Ok(Some(sealed))
}

async fn open(tx: &mut Tx<'_>, stored: Vec<(MailRow, Option<Vec<u8>>)>) -> Result<Vec<MailRow>, StorageError> {
    let mut rows = Vec::with_capacity(stored.len());
    for (mut row, about) in stored {
        if let Some(about) = about {
            row.about = stream_keys::open(tx, OFFICE, &about_place(row.id), &about).await?;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn about_place(id: i64) -> Vec<u8> {
    place(&["mail", &id.to_string()])
}

fn message(row: &Row<'_>) -> Result<(MailRow, Option<Vec<u8>>), StorageError> {
    let fate: Option<String> = row.get(5)?;
    let read = MailRow {
        id: row.get(0)?,
        mailbox: row.get(1)?,
        arrived_at: row.instant(2)?,
        size: row.natural(3)?,
        file: row.get(4)?,
        fate: fate.as_deref().map(named).transpose()?,
        settled_at: row.instant_if_any(6)?,
        reference: row.get(7)?,
        tries: row.get(8)?,
        about: Vec::new(),
    };
    Ok((read, row.get(9)?))
}

fn named(code: &str) -> Result<Fate, StorageError> {
    Fate::from_code(code).ok_or_else(|| StorageError::Corrupt(format!("{code:?} is no fate of a message")))
}
