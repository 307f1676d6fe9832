//! The office's own log: who added, changed or let go whom, and what was published (R45, R89).

use jiff::Timestamp;
use rules::case::change::permit;
use rules::office::OfficeEvent;
use rules::people::{Act, Actor, Person};
use storage::events::{self, StoredEvent};
use storage::stream_keys::OFFICE;
use storage::{Store, Tx};

use crate::record::actor_of;
use crate::{ActError, Office};

/// One thing that happened in the office.
#[derive(Debug, Clone)]
pub struct LogLine {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// Its place in the office's own stream, counted from 1.
    pub sequence: u32,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub event: OfficeEvent,
}

/// A page of the log, the newest first.
#[derive(Debug, Clone)]
pub struct LogPage {
    /// Its lines.
    pub lines: Vec<LogLine>,
    /// Where the next page begins: events before this number; none on the last page.
    pub next: Option<u32>,
}

/// How many lines a page has.
const PAGE: u32 = 50;

/// A page of the log: what happened before the event with a number, or the newest.
///
/// # Errors
/// When the person may not read it, or the store cannot be read.
pub async fn page(office: &Office, before: Option<u32>, by: &Person) -> Result<LogPage, ActError> {
    permit(by, Act::SeeOfficeLog)?;
    let before = before.unwrap_or(u32::MAX);
    let stored = office
        .store
        .read(move |tx| Box::pin(async move { events::latest(tx, OFFICE, before, PAGE).await }))
        .await?;
    let lines = stored.iter().map(line).collect::<Result<Vec<_>, _>>()?;
    let last = lines.last().map(|line| line.sequence);
    Ok(LogPage {
        next: last.filter(|last| *last > 1),
        lines,
    })
}

/// The number of the latest event of a log, 0 where there is none.
pub(crate) fn latest(log: &[LogLine]) -> u32 {
    log.last().map_or(0, |line| line.sequence)
}

/// Everything that ever happened in the office, the oldest first.
pub(crate) async fn told(tx: &mut Tx<'_>) -> Result<Vec<LogLine>, ActError> {
    events::load(tx, OFFICE).await?.iter().map(line).collect()
}

/// The same, in a transaction of its own.
pub(crate) async fn whole(store: &Store) -> Result<Vec<LogLine>, ActError> {
    store.read(|tx: &mut Tx<'_>| Box::pin(told(tx))).await
}

/// An event of the office as the log holds it.
pub(crate) fn line(stored: &StoredEvent) -> Result<LogLine, ActError> {
    let event = OfficeEvent::decode(&stored.kind, stored.version, &stored.payload)?;
    Ok(LogLine {
        position: stored.position,
        sequence: stored.sequence,
        at: stored.at,
        actor: actor_of(stored)?,
        event,
    })
}
