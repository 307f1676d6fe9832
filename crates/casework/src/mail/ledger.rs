//! The ledger as the worker sees it: what waits to be read, its raw bytes, and what could not be done now.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use rules::case::Reference;
use rules::files::Brought;
use rules::mail::Fate;
use storage::files::{self, SealedReader};
use storage::mail::{self, MailRow};

use super::about::About;
use crate::files::{Form, Tray};
use crate::{ActError, Office};

/// How long one message may take before another worker may take it up, in seconds: a large one is read twice, and its files are stored.
const LEASE_SECONDS: i64 = 10 * 60;

/// The longest that a message rests between two tries. It is never given up: it is a complaint until somebody has read it.
const LONGEST_REST: SignedDuration = SignedDuration::from_mins(30);

/// A message that waits to be read.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its number in the ledger.
    pub id: i64,
    /// By which way it came first.
    pub mailbox: String,
    /// When it arrived.
    pub arrived_at: Timestamp,
    /// How large it is, in bytes.
    pub size: u64,
    /// How often it was taken up, with this time.
    pub tries: u32,
    /// The opaque name of its raw bytes.
    pub file: String,
    /// What is kept of it.
    pub about: About,
}

impl Waiting {
    pub(super) fn of(row: MailRow) -> Result<Waiting, ActError> {
        Ok(Waiting {
            id: row.id,
            mailbox: row.mailbox,
            arrived_at: row.arrived_at,
            size: row.size,
            tries: u32::try_from(row.tries).unwrap_or(u32::MAX),
            file: row.file.ok_or(ActError::NotFound)?,
            about: About::of(&row.about)?,
        })
    }
}

/// Takes messages that wait to be read, the oldest first, and holds them: one whose worker died comes again.
///
/// # Errors
/// When the store cannot be written.
pub async fn claim(office: &Office, limit: u32) -> Result<Vec<Waiting>, ActError> {
    let now = office.now();
    let rows = office
        .store
        .write(move |tx| Box::pin(async move { mail::claim(tx, now, LEASE_SECONDS, limit).await }))
        .await?;
    rows.into_iter().map(Waiting::of).collect()
}

/// Its raw bytes as a file, and a way to read them.
///
/// # Errors
/// When they are not there any more, or were changed; when the store cannot be read.
pub async fn original(office: &Office, waiting: &Waiting) -> Result<(Brought, SealedReader), ActError> {
    let id = waiting.file.clone();
    let look = office
        .store
        .read(move |tx| Box::pin(async move { files::waiting_key(tx, &id).await }));
    let (row, key) = look.await?;
    let brought: Brought = serde_json::from_slice(&row.facts)?;
    let reader = office.store.files().read(&row.id, &key, row.size).await?;
    Ok((brought, reader))
}

/// Where what came with it waits until it is taken. Taken in twice, a file is there once.
pub fn tray(office: &Arc<Office>, waiting: &Waiting) -> Option<Tray> {
    Tray::of(office, Some(Form::mail_files(&waiting.file)))
}

/// Gives a message back that could not be taken now: it rests, longer each time, and is taken up again.
///
/// # Errors
/// When the store cannot be written.
pub async fn put_off(office: &Office, waiting: &Waiting) -> Result<(), ActError> {
    let rest = SignedDuration::from_secs(1_i64 << waiting.tries.min(10)).min(LONGEST_REST);
    let (id, tries, until) = (waiting.id, i64::from(waiting.tries), office.now() + rest);
    let given = office
        .store
        .write(move |tx| Box::pin(async move { mail::put_off(tx, id, tries, until).await }));
    Ok(given.await?)
}

/// How a message ended, and at which case; nothing while it has not, or where there is none of that number.
///
/// # Errors
/// When the store cannot be read.
pub async fn ended(office: &Office, id: i64) -> Result<Option<(Fate, Option<Reference>)>, ActError> {
    let look = office
        .store
        .read(move |tx| Box::pin(async move { mail::get(tx, id).await }));
    let row = look.await?.filter(|row| row.fate.is_some());
    Ok(row.and_then(|row| Some((row.fate?, row.reference.and_then(|reference| reference.parse().ok())))))
}

/// Waits until a message comes in.
pub async fn wait(office: &Office) {
    office.store.mail_changed().notified().await;
}
