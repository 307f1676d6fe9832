//! The event log: what happened, in order, sealed under the key of its stream, each entry a leaf of the audit tree.

use jiff::Timestamp;
use rules::audit::{Entry, Header, Payload};

use crate::audit::{self, Hash};
use crate::database::{Param, Row, statements};
use crate::stream_keys::{self, NewKey};
use crate::{StorageError, Tx, retold, sealed};

statements! {
    ADD = "INSERT INTO events (position, stream, sequence, kind, version, at, actor, payload)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_STREAM = "SELECT position, stream, sequence, kind, version, at, actor, payload
                 FROM events WHERE stream = $1 ORDER BY sequence";
    LATEST = "SELECT position, stream, sequence, kind, version, at, actor, payload
              FROM events WHERE stream = $1 AND sequence < $2 ORDER BY sequence DESC LIMIT $3";
    OF_STREAM_AT = "SELECT position, stream, sequence, kind, version, at, actor, payload
                    FROM events WHERE stream = $1 AND at = $2 ORDER BY sequence";
    FROM = "SELECT position, stream, sequence, kind, version, at, actor, payload
            FROM events WHERE position >= $1 ORDER BY position LIMIT $2";
    LATEST_AT = "SELECT at FROM events ORDER BY position DESC LIMIT 1";
    SEQUENCE = "SELECT COALESCE(MAX(sequence), 0) FROM events WHERE stream = $1";
    TRACE = "SELECT e.position, e.sequence, e.kind, e.at, e.actor, n.hash
             FROM events e JOIN audit_nodes n ON n.level = 0 AND n.number = e.position - 1
             WHERE e.stream = $1 ORDER BY e.sequence";
}

/// The kind of the event by which a case is sealed: it is the first under its new key.
pub(crate) const SEALING: &str = "case.sealed";

/// An event that is about to be kept.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// The case (`FC-10482`), or `office` for what belongs to no case.
    pub stream: String,
    /// Its place in the stream, counted from 1.
    pub sequence: u32,
    /// Its stored name, for instance `stage.entered`.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened; kept to the microsecond.
    pub at: Timestamp,
    /// Who did it, as a code without a name (`staff:12`, `worker`, `complainant`): stored in the open.
    pub actor: String,
    /// What happened, as JSON: sealed before it is stored.
    pub payload: Vec<u8>,
}

/// Where an event was put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appended {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// Its leaf in the audit tree (leaf number `position - 1`).
    pub leaf: Hash,
}

/// An event as it was kept, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// Its place in the stream, counted from 1.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What happened, opened.
    pub payload: Vec<u8>,
}

/// An event as it lies in the database, sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedEvent {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// The stream.
    pub stream: String,
    /// Its place in the stream.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// The version of its payload's format.
    pub version: u16,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// What happened, sealed.
    pub sealed: Vec<u8>,
}

/// A line of the audit tab.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Its place in the whole log, counted from 1.
    pub position: u64,
    /// Its place in the stream.
    pub sequence: u32,
    /// Its stored name.
    pub kind: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: String,
    /// Its leaf in the audit tree.
    pub leaf: Hash,
}

impl NewEvent {
    fn header(&self) -> Result<Header, StorageError> {
        let at = Timestamp::from_microsecond(self.at.as_microsecond());
        Ok(Header {
            stream: self.stream.clone(),
            sequence: self.sequence,
            kind: self.kind.clone(),
            version: self.version,
            at: at.map_err(|error| StorageError::Corrupt(error.to_string()))?,
            actor: self.actor.clone(),
        })
    }
}

/// An event that is sealed already and lacks only its place in the whole log.
#[derive(Debug, Clone)]
pub struct ReadyEvent {
    header: Header,
    sealed: Vec<u8>,
}

impl ReadyEvent {
    /// Seals an event of a stream that is about to begin.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn of(event: &NewEvent, key: &NewKey) -> Result<ReadyEvent, StorageError> {
        let header = event.header()?;
        let sealed = key.key().seal(&header.associated_data(), &event.payload)?;
        Ok(ReadyEvent { header, sealed })
    }
}

impl SealedEvent {
    /// The place for which its payload is sealed.
    pub(crate) fn place(&self) -> Vec<u8> {
        self.header().associated_data()
    }

    /// The entry of the audit log that this event is.
    pub fn entry(&self) -> Entry {
        Entry {
            position: self.position,
            header: self.header(),
            payload: Payload::Ciphertext(self.sealed.clone()),
        }
    }

    fn header(&self) -> Header {
        Header {
            stream: self.stream.clone(),
            sequence: self.sequence,
            kind: self.kind.clone(),
            version: self.version,
            at: self.at,
            actor: self.actor.clone(),
        }
    }

    pub(crate) fn opened(self, payload: Vec<u8>) -> StoredEvent {
        let SealedEvent {
            position,
            stream,
            sequence,
            kind,
            version,
            at,
            actor,
            ..
        } = self;
        StoredEvent {
            position,
            stream,
            sequence,
            kind,
            version,
            at,
            actor,
            payload,
        }
    }
}

/// Appends events: gives them consecutive positions, seals their payloads and adds their leaves to the audit tree.
///
/// # Errors
/// [`StorageError::Conflict`] when a sequence number of a stream is already taken, [`StorageError::MissingKey`] when the
/// stream was erased.
pub async fn append(tx: &mut Tx<'_>, events: &[NewEvent]) -> Result<Vec<Appended>, StorageError> {
    let mut ready = Vec::with_capacity(events.len());
    for event in events {
        let header = event.header()?;
        let place = header.associated_data();
        let sealed = stream_keys::seal(tx, &event.stream, event.at, &place, &event.payload).await?;
        ready.push(ReadyEvent { header, sealed });
    }
    append_ready(tx, &ready).await
}

/// Appends events that are sealed already.
///
/// # Errors
/// [`StorageError::Conflict`] when a sequence number of a stream is already taken.
pub async fn append_ready(tx: &mut Tx<'_>, events: &[ReadyEvent]) -> Result<Vec<Appended>, StorageError> {
    if events.is_empty() {
        return Ok(Vec::new());
    }
    tx.effects.office |= events.iter().any(|event| event.header.stream == stream_keys::OFFICE);
    let mut tree = audit::Growth::begin(tx).await?;
    let mut appended = Vec::with_capacity(events.len());
    for ReadyEvent { header, sealed } in events {
        let position = tree.size() + 1;
        add(tx, position, header, sealed).await?;
        let leaf = Entry {
            position,
            header: header.clone(),
            payload: Payload::Ciphertext(sealed.clone()),
        }
        .leaf_hash();
        tree.append(tx, leaf).await?;
        appended.push(Appended { position, leaf });
    }
    tree.end(tx);
    Ok(appended)
}

async fn add(tx: &mut Tx<'_>, position: u64, header: &Header, sealed: &[u8]) -> Result<(), StorageError> {
    let Header {
        stream,
        sequence,
        kind,
        version,
        at,
        actor,
    } = header;
    let (number, version, at) = (i64::from(*sequence), i64::from(*version), at.as_microsecond());
    let taken = StorageError::Conflict {
        stream: stream.clone(),
        sequence: *sequence,
    };
    let row: [&dyn Param; 8] = [&(position as i64), stream, &number, kind, &version, &at, actor, &sealed];
    tx.put_new(ADD, &row, taken).await
}

/// The events of a stream in order; none when the stream does not exist. Of a case that was sealed, those from the sealing on: what lies before
/// is read by [`crate::sealed`] only. Of a case that was told anew, those from then on: what lies before is read by nobody.
///
/// # Errors
/// [`StorageError::MissingKey`] when the stream was erased, [`StorageError::Corrupt`] when an event was changed from
/// outside.
pub async fn load(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<StoredEvent>, StorageError> {
    let mut events = raw_of(tx, stream).await?;
    retold::from_the_stub(&mut events);
    open_all(tx, events).await
}

/// The events of a stream in order, as they lie there.
pub(crate) async fn raw_of(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<SealedEvent>, StorageError> {
    tx.all(OF_STREAM, &[&stream], sealed_event).await
}

/// The events of a stream that were written at one instant.
///
/// # Errors
/// As for [`load`].
pub async fn of_stream_at(tx: &mut Tx<'_>, stream: &str, at: Timestamp) -> Result<Vec<StoredEvent>, StorageError> {
    let sealed = tx
        .all(OF_STREAM_AT, &[&stream, &at.as_microsecond()], sealed_event)
        .await?;
    open_all(tx, sealed).await
}

/// When the latest event of all was written; `None` when there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn latest_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StorageError> {
    tx.optional(LATEST_AT, &[], |row| row.instant(0)).await
}

/// Up to `limit` events of a stream before a sequence number, the newest first: a page of a log that is read from its end.
///
/// # Errors
/// As for [`load`].
pub async fn latest(tx: &mut Tx<'_>, stream: &str, before: u32, limit: u32) -> Result<Vec<StoredEvent>, StorageError> {
    let sealed = tx
        .all(LATEST, &[&stream, &i64::from(before), &i64::from(limit)], sealed_event)
        .await?;
    open_all(tx, sealed).await
}

async fn open_all(tx: &mut Tx<'_>, sealed: Vec<SealedEvent>) -> Result<Vec<StoredEvent>, StorageError> {
    let mut events = Vec::with_capacity(sealed.len());
    for event in sealed {
        let payload = open(tx, &event).await?;
        events.push(event.opened(payload));
    }
    Ok(events)
}

/// Up to `limit` events of all streams after a position (0 for the beginning), for building the derived tables again.
/// Events whose key was destroyed, and those of sealed records, are left out; an empty answer means that there is no more.
///
/// # Errors
/// When an event was changed from outside.
pub async fn load_after(tx: &mut Tx<'_>, position: u64, limit: u32) -> Result<Vec<StoredEvent>, StorageError> {
    let mut after = position;
    let mut events = Vec::new();
    while events.is_empty() {
        let sealed = raw_scan(tx, after + 1, limit).await?;
        let Some(last) = sealed.last() else { break };
        after = last.position;
        for event in sealed {
            match open(tx, &event).await {
                Ok(payload) => events.push(event.opened(payload)),
                Err(StorageError::MissingKey { .. } | StorageError::Sealed { .. }) => {}
                Err(StorageError::Corrupt(_)) if sealed::is_sealed_away(tx, &event).await? => {}
                Err(StorageError::Corrupt(_)) if retold::is_told_anew(tx, &event).await? => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(events)
}

/// Up to `limit` events from a position on, as they lie there.
///
/// # Errors
/// When the database cannot be read.
pub async fn raw_scan(tx: &mut Tx<'_>, from: u64, limit: u32) -> Result<Vec<SealedEvent>, StorageError> {
    tx.all(
        FROM,
        &[&i64::try_from(from).unwrap_or(i64::MAX), &i64::from(limit)],
        sealed_event,
    )
    .await
}

/// The sequence number of the latest event of a stream; 0 when it has none.
///
/// # Errors
/// When the database cannot be read.
pub async fn sequence_of(tx: &mut Tx<'_>, stream: &str) -> Result<u32, StorageError> {
    tx.one(SEQUENCE, &[&stream], |row| row.natural(0)).await
}

/// The events of a stream with their places and leaves but without their contents: the audit tab.
///
/// # Errors
/// When the database cannot be read.
pub async fn trace(tx: &mut Tx<'_>, stream: &str) -> Result<Vec<Trace>, StorageError> {
    tx.all(TRACE, &[&stream], |row| {
        Ok(Trace {
            position: row.natural(0)?,
            sequence: row.natural(1)?,
            kind: row.get(2)?,
            at: row.instant(3)?,
            actor: row.get(4)?,
            leaf: Hash::from(row.hash(5)?),
        })
    })
    .await
}

/// Opens the payload of an event.
pub(crate) async fn open(tx: &mut Tx<'_>, event: &SealedEvent) -> Result<Vec<u8>, StorageError> {
    let place = event.place();
    stream_keys::open(tx, &event.stream, &place, &event.sealed).await
}

fn sealed_event(row: &Row<'_>) -> Result<SealedEvent, StorageError> {
    Ok(SealedEvent {
        position: row.natural(0)?,
        stream: row.get(1)?,
        sequence: row.natural(2)?,
        kind: row.get(3)?,
        version: row.natural(4)?,
        at: row.instant(5)?,
        actor: row.get(6)?,
        sealed: row.get(7)?,
    })
}
