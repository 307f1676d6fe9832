//! The people of the office and how they sign in. Names and addresses are sealed; they are found by keyed hashes.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::database::{Row, statements};
use crate::keys::place;
use crate::stream_keys::{self, OFFICE};
use crate::{StorageError, Tx, counters};

statements! {
    ADD = "INSERT INTO staff (id, username_hash, email_hash, active, created_at, details) VALUES ($1, $2, $3, $4, $5, $6)";
    UPDATE = "UPDATE staff SET username_hash = $2, email_hash = $3, active = $4, details = $5 WHERE id = $1";
    GET = "SELECT id, active, created_at, details FROM staff WHERE id = $1";
    BY_LOGIN = "SELECT id, active, created_at, details FROM staff WHERE username_hash = $1 OR email_hash = $1
                ORDER BY id LIMIT 1";
    LIST = "SELECT id, active, created_at, details FROM staff ORDER BY id";
    TAKEN = "SELECT COUNT(*) FROM staff WHERE id <> $1 AND (username_hash IN ($2, $3) OR email_hash IN ($2, $3))";
}

/// A member of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// Their number: what events call them by.
    pub id: i64,
    /// What they sign in with.
    pub username: String,
    /// Their address; it signs in too.
    pub email: String,
    /// Their name as colleagues write it.
    pub name: String,
    /// Their job title, as letters print it.
    pub job_title: String,
    /// The codes of their roles.
    pub roles: Vec<String>,
    /// The hash of their password (PHC text).
    pub password_hash: String,
    /// False once they may no longer sign in.
    pub active: bool,
    /// When they were added.
    pub created_at: Timestamp,
}

/// The number that the next person will get. Within one act nobody else can take it.
///
/// # Errors
/// When the database cannot be read.
pub async fn next_number(tx: &mut Tx<'_>) -> Result<i64, StorageError> {
    counters::upcoming(tx, "staff", 1).await
}

/// Adds a person and gives their number; the `id` of the row is not looked at.
///
/// # Errors
/// [`StorageError::Taken`] when the user name or the address is somebody else's.
pub async fn add(tx: &mut Tx<'_>, row: &StaffRow) -> Result<i64, StorageError> {
    refuse_taken(tx, 0, row).await?;
    let id = counters::next(tx, "staff", 1).await?;
    let details = seal(tx, id, row).await?;
    let (username, email) = hashes(tx, row);
    tx.put(
        ADD,
        &[
            &id,
            &username,
            &email,
            &row.active,
            &row.created_at.as_microsecond(),
            &details,
        ],
    )
    .await?;
    Ok(id)
}

/// Writes a person anew.
///
/// # Errors
/// [`StorageError::Taken`] when the user name or the address is somebody else's.
pub async fn update(tx: &mut Tx<'_>, row: &StaffRow) -> Result<(), StorageError> {
    refuse_taken(tx, row.id, row).await?;
    let details = seal(tx, row.id, row).await?;
    let (username, email) = hashes(tx, row);
    match tx
        .exec(UPDATE, &[&row.id, &username, &email, &row.active, &details])
        .await?
    {
        0 => Err(StorageError::Corrupt(format!(
            "there is no member of staff {} to change",
            row.id
        ))),
        _ => Ok(()),
    }
}

/// A person by their number.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, id: i64) -> Result<Option<StaffRow>, StorageError> {
    let stored = tx.all(GET, &[&id], stored).await?;
    Ok(open(tx, stored).await?.pop())
}

/// A person by user name or address, in any case of letters.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_login(tx: &mut Tx<'_>, login: &str) -> Result<Option<StaffRow>, StorageError> {
    let hash = login_hash(tx, login);
    let stored = tx.all(BY_LOGIN, &[&hash], stored).await?;
    Ok(open(tx, stored).await?.pop())
}

/// Everybody, by number.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<StaffRow>, StorageError> {
    let stored = tx.all(LIST, &[], stored).await?;
    open(tx, stored).await
}

/// What is sealed of a person. The password hash is in it: whoever copies the database cannot even begin to guess.
#[derive(Serialize, Deserialize)]
struct Details {
    username: String,
    email: String,
    name: String,
    job_title: String,
    roles: Vec<String>,
    password_hash: String,
}

/// A person as they lie there: number, active, added, sealed details.
type Stored = (i64, bool, Timestamp, Vec<u8>);

fn stored(row: &Row<'_>) -> Result<Stored, StorageError> {
    Ok((row.get(0)?, row.get(1)?, row.instant(2)?, row.get(3)?))
}

async fn open(tx: &mut Tx<'_>, stored: Vec<Stored>) -> Result<Vec<StaffRow>, StorageError> {
    let mut rows = Vec::with_capacity(stored.len());
    for (id, active, created_at, sealed) in stored {
        let plain = stream_keys::open(tx, OFFICE, &details_place(id), &sealed).await?;
        let details = serde_json::from_slice(&plain);
        let Details {
            username,
            email,
            name,
            job_title,
            roles,
            password_hash,
        } = details.map_err(|error| StorageError::Corrupt(format!("the details of staff {id}: {error}")))?;
        rows.push(StaffRow {
            id,
            username,
            email,
            name,
            job_title,
            roles,
            password_hash,
            active,
            created_at,
        });
    }
    Ok(rows)
}

async fn seal(tx: &mut Tx<'_>, id: i64, row: &StaffRow) -> Result<Vec<u8>, StorageError> {
    let StaffRow {
        username,
        email,
        name,
        job_title,
        roles,
        password_hash,
        ..
    } = row.clone();
    let details = Details {
        username,
        email,
        name,
        job_title,
        roles,
        password_hash,
    };
    let plain = serde_json::to_vec(&details).map_err(|error| StorageError::Corrupt(error.to_string()))?;
    stream_keys::seal(tx, OFFICE, row.created_at, &details_place(id), &plain).await
}

/// A user name may not be another person's address either: both sign in.
async fn refuse_taken(tx: &mut Tx<'_>, id: i64, row: &StaffRow) -> Result<(), StorageError> {
    let (username, email) = hashes(tx, row);
    let others: i64 = tx.one(TAKEN, &[&id, &username, &email], |row| row.get(0)).await?;
    if others > 0 {
        return Err(StorageError::Taken(
            "that user name or address belongs to somebody else".to_owned(),
        ));
    }
    Ok(())
}

fn hashes(tx: &Tx<'_>, row: &StaffRow) -> (Vec<u8>, Vec<u8>) {
    (login_hash(tx, &row.username), login_hash(tx, &row.email))
}

fn login_hash(tx: &Tx<'_>, login: &str) -> Vec<u8> {
    tx.keys.lookup_hash("login", &login.trim().to_lowercase())
}

fn details_place(id: i64) -> Vec<u8> {
    place(&["staff", &id.to_string()])
}
