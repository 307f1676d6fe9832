//! The jobs of the built-in register (R20, R43, R44) and their updates (R21).

use jiff::Timestamp;
use rules::confidential::Reach;

use crate::cases::reach::within;
use crate::database::{Arguments, Row, statements};
use crate::keys::place;
use crate::{StorageError, Tx, stream_keys};

statements! {
    PUT = "INSERT INTO jobs (number, reference, profile, parent, status, opened_at, updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7)
           ON CONFLICT (number) DO UPDATE SET reference = excluded.reference, profile = excluded.profile,
               parent = excluded.parent, status = excluded.status, opened_at = excluded.opened_at,
               updated_at = excluded.updated_at";
    GET = "SELECT number, reference, profile, parent, status, opened_at, updated_at FROM jobs WHERE number = $1";
    FOR_CASE = "SELECT number, reference, profile, parent, status, opened_at, updated_at FROM jobs
                WHERE reference = $1 ORDER BY number";
    CHILDREN = "SELECT number, reference, profile, parent, status, opened_at, updated_at FROM jobs
                WHERE parent = $1 ORDER BY number";
    PUT_UPDATE = "INSERT INTO job_updates (number, sequence, at, text) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (number, sequence) DO UPDATE SET at = excluded.at, text = excluded.text";
    FORGET_UPDATES = "DELETE FROM job_updates WHERE number = $1";
    UPDATES = "SELECT number, sequence, at, text FROM job_updates WHERE number = $1 ORDER BY sequence";
}

/// A job. Derived from the events of its case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRow {
    /// `F0100001`.
    pub number: String,
    /// The case it was raised for.
    pub reference: String,
    /// The problem profile, for instance `General-Customer Feedback`.
    pub profile: String,
    /// The job it is a child of (R44).
    pub parent: Option<String>,
    /// Its status.
    pub status: String,
    /// When it was raised.
    pub opened_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
}

/// An update of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobUpdate {
    /// The job.
    pub number: String,
    /// The sequence number of the event that it tells of.
    pub sequence: i64,
    /// When.
    pub at: Timestamp,
    /// Its words; sealed where they are stored.
    pub text: String,
}

/// Which jobs a list shows. What is left at its default does not narrow it.
#[derive(Debug, Clone, Default)]
pub struct JobFilter {
    /// With this status.
    pub status: Option<String>,
    /// With this problem profile.
    pub profile: Option<String>,
    /// Raised for this case.
    pub reference: Option<String>,
    /// Of cases within the reach of somebody (invariant 12); without it the list is nobody's and takes in everything.
    pub reach: Option<Reach>,
}

/// Writes a job, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &JobRow) -> Result<(), StorageError> {
    let JobRow {
        number,
        reference,
        profile,
        parent,
        status,
        opened_at,
        updated_at,
    } = row;
    let (opened_at, updated_at) = (opened_at.as_microsecond(), updated_at.as_microsecond());
    tx.put(
        PUT,
        &[number, reference, profile, parent, status, &opened_at, &updated_at],
    )
    .await?;
    Ok(())
}

/// A job; `None` when there is no such number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, number: &str) -> Result<Option<JobRow>, StorageError> {
    tx.optional(GET, &[&number], job).await
}

/// A page of jobs, the newest number first, after the number given.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &JobFilter,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<JobRow>, StorageError> {
    let mut arguments = Arguments::default();
    let mut tests = vec!["1 = 1".to_owned()];
    let equal = [
        ("status", &filter.status),
        ("profile", &filter.profile),
        ("reference", &filter.reference),
    ];
    for (column, value) in equal {
        if let Some(value) = value {
            tests.push(format!("{column} = {}", arguments.add(value.clone())));
        }
    }
    if let Some(reach) = &filter.reach {
        let within = within("c", reach, tx.keys, &mut arguments);
        tests.push(format!(
            "EXISTS (SELECT 1 FROM cases c WHERE c.reference = jobs.reference AND {within})"
        ));
    }
    if let Some(after) = after {
        tests.push(format!("number < {}", arguments.add(after.to_owned())));
    }
    let (tests, limit) = (tests.join(" AND "), arguments.add(i64::from(limit)));
    let columns = "number, reference, profile, parent, status, opened_at, updated_at";
    let sql = format!("SELECT {columns} FROM jobs WHERE {tests} ORDER BY number DESC LIMIT {limit}");
    tx.all(&sql, &arguments.values(), job).await
}

/// The jobs of a case, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn for_case(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<JobRow>, StorageError> {
    tx.all(FOR_CASE, &[&reference], job).await
}

/// The children of a job, the oldest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn children_of(tx: &mut Tx<'_>, parent: &str) -> Result<Vec<JobRow>, StorageError> {
    tx.all(CHILDREN, &[&parent], job).await
}

/// Writes an update of a job; the same sequence number again replaces it.
///
/// # Errors
/// When there is no such job.
pub async fn put_update(tx: &mut Tx<'_>, update: &JobUpdate) -> Result<(), StorageError> {
    let JobUpdate {
        number,
        sequence,
        at,
        text,
    } = update;
    let missing = || StorageError::Corrupt(format!("there is no job {number} to update"));
    let reference = get(tx, number).await?.ok_or_else(missing)?.reference;
    let sealed = stream_keys::seal(tx, &reference, *at, &update_place(number, *sequence), text.as_bytes()).await?;
    tx.put(PUT_UPDATE, &[number, sequence, &at.as_microsecond(), &sealed])
        .await?;
    Ok(())
}

/// Forgets every update of a job: what was copied there is not to be read there any more (R33, A16).
///
/// # Errors
/// When the database cannot be written.
pub async fn forget_updates(tx: &mut Tx<'_>, number: &str) -> Result<(), StorageError> {
    tx.put(FORGET_UPDATES, &[&number]).await?;
    Ok(())
}

/// The updates of a job in order; without words where the key of the case was destroyed.
///
/// # Errors
/// When the database cannot be read.
pub async fn updates(tx: &mut Tx<'_>, number: &str) -> Result<Vec<JobUpdate>, StorageError> {
    let Some(JobRow { reference, .. }) = get(tx, number).await? else {
        return Ok(Vec::new());
    };
    let stored = tx
        .all(UPDATES, &[&number], |row| {
            let (number, sequence, at) = (row.get(0)?, row.get(1)?, row.instant(2)?);
            Ok((
                JobUpdate {
                    number,
                    sequence,
                    at,
                    text: String::new(),
                },
                row.get::<Vec<u8>>(3)?,
            ))
        })
        .await?;
    let mut updates = Vec::with_capacity(stored.len());
    for (update, sealed) in stored {
        let place = update_place(&update.number, update.sequence);
        let text = stream_keys::open_if_kept(tx, &reference, &place, &sealed).await?;
        updates.push(JobUpdate {
            text: String::from_utf8_lossy(&text).into_owned(),
            ..update
        });
    }
    Ok(updates)
}

fn update_place(number: &str, sequence: i64) -> Vec<u8> {
    place(&["job-update", number, &sequence.to_string()])
}

fn job(row: &Row<'_>) -> Result<JobRow, StorageError> {
    Ok(JobRow {
        number: row.get(0)?,
        reference: row.get(1)?,
        profile: row.get(2)?,
        parent: row.get(3)?,
        status: row.get(4)?,
        opened_at: row.instant(5)?,
        updated_at: row.instant(6)?,
    })
}
