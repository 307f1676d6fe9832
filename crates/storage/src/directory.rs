//! The directory as it was read last: sealed parts that are replaced together, and how reading it goes.

use jiff::Timestamp;

use crate::database::{Row, statements};
use crate::keys::place;
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, Tx};

statements! {
    STATE = "SELECT reading, read_at, changed_at, source, people, content_hash, said, asked_at, tried_at, failures, fault FROM directory WHERE id = 1";
    TAKE = "INSERT INTO directory (id, reading, read_at, changed_at, source, people, content_hash, said, asked_at, tried_at, failures, fault)
            VALUES (1, $1, $2, $3, $4, $5, $6, $7, NULL, $8, 0, NULL)
            ON CONFLICT (id) DO UPDATE SET reading = excluded.reading, read_at = excluded.read_at, changed_at = excluded.changed_at,
                source = excluded.source, people = excluded.people, content_hash = excluded.content_hash, said = excluded.said,
                asked_at = NULL, tried_at = excluded.tried_at, failures = 0, fault = NULL";
    FAILED = "INSERT INTO directory (id, tried_at, failures, fault) VALUES (1, $1, 1, $2)
              ON CONFLICT (id) DO UPDATE SET asked_at = NULL, tried_at = excluded.tried_at, failures = directory.failures + 1, fault = excluded.fault";
    ASK = "INSERT INTO directory (id, asked_at) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET asked_at = excluded.asked_at";
    CLEAR = "DELETE FROM directory_parts";
    ADD = "INSERT INTO directory_parts (part, reading, people) VALUES ($1, $2, $3)";
    PARTS = "SELECT part, people FROM directory_parts WHERE reading = $1 ORDER BY part";
}

/// How the copy stands, and how reading it goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The copy; none before the first reading that went well.
    pub copy: Option<CopyState>,
    /// When somebody asked for a reading that was not tried yet.
    pub asked_at: Option<Timestamp>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// How often it failed in a row, up to then.
    pub failures: u32,
    /// Why it failed then, in words without the name of a person.
    pub fault: Option<String>,
}

/// What is known of the copy without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CopyState {
    /// Its number: a copy that differs has a larger one.
    pub reading: i64,
    /// When the directory was last read whole, whether it differed or not.
    pub read_at: Timestamp,
    /// When this copy was made.
    pub changed_at: Timestamp,
    /// Where it was read.
    pub source: String,
    /// How many people it holds.
    pub people: u32,
    /// What was odd in it, as the caller wrote it.
    pub said: Vec<u8>,
}

/// A reading, to be kept in place of the one before.
pub struct Read<'a> {
    /// When.
    pub at: Timestamp,
    /// Where it was read.
    pub source: &'a str,
    /// How many people it holds.
    pub people: u32,
    /// What was odd in it.
    pub said: &'a [u8],
    /// The people, some hundred in a part.
    pub parts: &'a [Vec<u8>],
}

/// Whether a reading differed from the copy that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// It says the same: only when it was read is new.
    Same,
    /// It is the copy now, and nothing is left of the one before.
    New,
}

/// Puts a reading in place of the copy.
///
/// # Errors
/// When the database cannot be written.
pub async fn take(tx: &mut Tx<'_>, read: &Read<'_>) -> Result<Taken, StorageError> {
    let before = tx.optional(STATE, &[], row).await?;
    let hash = tx.keys.lookup_hash_of("directory", read.parts);
    let (reading, changed_at, taken) = match before.as_ref() {
        Some(Kept {
            reading,
            changed_at: Some(at),
            content_hash: Some(same),
            ..
        }) if *same == hash => (*reading, *at, Taken::Same),
        Some(Kept { reading, .. }) => (reading + 1, read.at, Taken::New),
        None => (1, read.at, Taken::New),
    };
    if taken == Taken::New {
        tx.exec(CLEAR, &[]).await?;
        for (part, people) in (0_i64..).zip(read.parts) {
            let sealed = stream_keys::seal(tx, OFFICE, read.at, &place_of(reading, part), people).await?;
            tx.put(ADD, &[&part, &reading, &sealed]).await?;
        }
    }
    let said = stream_keys::seal(tx, OFFICE, read.at, &place(&["directory said"]), read.said).await?;
    let (at, changed_at) = (read.at.as_microsecond(), changed_at.as_microsecond());
    let people = i64::from(read.people);
    tx.put(
        TAKE,
        &[&reading, &at, &changed_at, &read.source, &people, &hash, &said, &at],
    )
    .await?;
    Ok(taken)
}

/// Notes that it could not be read, and why; the copy stays. The words are kept in the clear and name nobody.
///
/// # Errors
/// When the database cannot be written.
pub async fn failed(tx: &mut Tx<'_>, at: Timestamp, why: &str) -> Result<(), StorageError> {
    tx.put(FAILED, &[&at.as_microsecond(), &why]).await
}

/// Asks for a reading before its time.
///
/// # Errors
/// When the database cannot be written.
pub async fn ask(tx: &mut Tx<'_>, at: Timestamp) -> Result<(), StorageError> {
    tx.put(ASK, &[&at.as_microsecond()]).await
}

/// How the copy stands.
///
/// # Errors
/// When the database cannot be read, or what is sealed cannot be opened.
pub async fn state(tx: &mut Tx<'_>) -> Result<State, StorageError> {
    let Some(kept) = tx.optional(STATE, &[], row).await? else {
        return Ok(State::default());
    };
    let copy = match (kept.read_at, kept.changed_at, kept.source, kept.said) {
        (Some(read_at), Some(changed_at), Some(source), Some(said)) => Some(CopyState {
            reading: kept.reading,
            read_at,
            changed_at,
            source,
            people: kept.people,
            said: stream_keys::open(tx, OFFICE, &place(&["directory said"]), &said).await?,
        }),
        _ => None,
    };
    Ok(State {
        copy,
        asked_at: kept.asked_at,
        tried_at: kept.tried_at,
        failures: kept.failures,
        fault: kept.fault,
    })
}

/// The people of the copy, part by part; nothing when another copy has taken its place.
///
/// # Errors
/// When the database cannot be read, or a part cannot be opened.
pub async fn parts(tx: &mut Tx<'_>, reading: i64) -> Result<Vec<Vec<u8>>, StorageError> {
    let sealed = tx
        .all(PARTS, &[&reading], |row| {
            Ok((row.get::<i64>(0)?, row.get::<Vec<u8>>(1)?))
        })
        .await?;
    let mut parts = Vec::with_capacity(sealed.len());
    for (part, people) in sealed {
        parts.push(stream_keys::open(tx, OFFICE, &place_of(reading, part), &people).await?);
    }
    Ok(parts)
}

/// The row as it is kept.
struct Kept {
    reading: i64,
    read_at: Option<Timestamp>,
    changed_at: Option<Timestamp>,
    source: Option<String>,
    people: u32,
    content_hash: Option<Vec<u8>>,
    said: Option<Vec<u8>>,
    asked_at: Option<Timestamp>,
    tried_at: Option<Timestamp>,
    failures: u32,
    fault: Option<String>,
}

fn row(row: &Row<'_>) -> Result<Kept, StorageError> {
    Ok(Kept {
        reading: row.get(0)?,
        read_at: row.instant_if_any(1)?,
        changed_at: row.instant_if_any(2)?,
        source: row.get(3)?,
        people: row.natural(4)?,
        content_hash: row.get(5)?,
        said: row.get(6)?,
        asked_at: row.instant_if_any(7)?,
        tried_at: row.instant_if_any(8)?,
        failures: row.natural(9)?,
        fault: row.get(10)?,
    })
}

/// A part opens only as this part of this reading.
fn place_of(reading: i64, part: i64) -> Vec<u8> {
    place(&["directory", &reading.to_string(), &part.to_string()])
}
