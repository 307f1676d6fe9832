//! Copies of cases under references of their own, at other times and with other people: only to measure with more cases than can be told.
//!
//! A copy is what an act would have left behind: events sealed under a key of its own, each with its leaf in the audit log, and every derived
//! row made by the code that makes it everywhere. What a copy says of other cases would not be true of it, so that cases which are linked with
//! others, or hold files, are not copied.

mod retold;

use std::sync::Arc;

use rules::case::{Case, Recorded, Reference};
use rules::follow_on::FollowOnId;
use rules::people::StaffId;
use storage::events::{NewEvent, StoredEvent};
use storage::follow_on::ActionRow;
use storage::outbox::{NewOutbox, OutboxRow, OutboxState, Try};
use storage::{StorageError, Tx, counters, events, follow_on, outbox};

use crate::in_force::{Versions, version_of};
use crate::record::{Batch, Loaded, load_within, read_event};
use crate::review::{action_row, stored_action};
use crate::{ActError, Office};
use retold::Telling;

/// A case that can be copied.
#[derive(Debug, Clone)]
pub struct Original {
    reference: Reference,
    job: String,
    events: Vec<StoredEvent>,
    letters: Vec<OutboxRow>,
    promises: Vec<(FollowOnId, Vec<StoredEvent>)>,
    /// When it was received.
    pub begins_at: jiff::Timestamp,
    /// When the last thing happened to it or to what it promised.
    pub ends_at: jiff::Timestamp,
    /// Whether nothing of it is left to do: closed, and every promise kept or dropped.
    pub is_over: bool,
    /// Whether the case itself is open.
    pub is_open: bool,
}

/// What is different about a copy.
#[derive(Debug, Clone)]
pub struct Differs {
    /// Days by which everything happened earlier; negative for later.
    pub days_earlier: i64,
    /// Said besides.
    pub also_said: String,
    /// From whom.
    pub name: String,
    /// Who is accountable, where somebody is.
    pub owner: Option<StaffId>,
}

/// A copy that is ready to be written.
pub struct Copy {
    events: Vec<NewEvent>,
    batch: Batch,
    letters: Vec<(NewOutbox, OutboxState, Option<jiff::Timestamp>)>,
    promises: Vec<(ActionRow, jiff::Timestamp)>,
}

/// Every case that can be copied, by its number.
///
/// # Errors
/// When the store cannot be read.
pub async fn originals(office: &Office) -> Result<Vec<Original>, ActError> {
    office
        .store
        .read(|tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                for reference in crate::rebuild::references(tx).await? {
                    found.extend(original(tx, reference).await?);
                }
                Ok(found)
            })
        })
        .await
}

async fn original(tx: &mut Tx<'_>, reference: Reference) -> Result<Option<Original>, ActError> {
    let Loaded { case, history, .. } = load_within(tx, &reference).await?;
    if !stands_alone(&case, &history) {
        return Ok(None);
    }
    let Some(job) = case.job.as_ref().map(|job| job.number.clone()) else {
        return Ok(None);
    };
    let stream = reference.to_string();
    let mut promises = Vec::new();
    let mut is_over = !case.is_open();
    let mut ends_at = history.last().map_or(case.logged_at, |last| last.at);
    for number in 1.. {
        let id = FollowOnId::Case(reference.clone(), number);
        let stored = match events::load(tx, &id.stream()).await {
            Err(StorageError::MissingKey { .. } | StorageError::KeyLost { .. }) => break,
            other => other?,
        };
        let Some(last) = stored.last() else { break };
        ends_at = ends_at.max(last.at);
        is_over &= !stored_action(&id, &stored)?.status.is_open();
        promises.push((id, stored));
    }
    Ok(Some(Original {
        job,
        events: events::load(tx, &stream).await?,
        letters: outbox::for_case(tx, &stream).await?,
        promises,
        begins_at: case.received.received_at.min(case.logged_at),
        ends_at,
        is_over,
        is_open: case.is_open(),
        reference,
    }))
}

/// Whether a history says nothing of other cases, jobs and files.
fn stands_alone(case: &Case, history: &[Recorded]) -> bool {
    use rules::case::Event;
    let beyond = |event: &Event| {
        matches!(
            event,
            Event::CaseLinked(_)
                | Event::CaseUnlinked(_)
                | Event::IssueSetApart(_)
                | Event::JobLinked(_)
                | Event::FileAttached(_)
        )
    };
    let received = &case.received;
    !case.is_in_group()
        && received.set_apart_from.is_none()
        && received.existing_job.is_none()
        && !history.iter().any(|recorded| beyond(&recorded.event))
}

/// Makes copies of an office, giving out numbers in order. No other writer may give out any meanwhile.
pub struct Copyist {
    office: Arc<Office>,
    versions: Versions,
    next_case: i64,
    next_job: i64,
}

impl Copyist {
    /// Begins after the last number that the office gave out.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn begin(office: &Arc<Office>) -> Result<Copyist, ActError> {
        let next = office.store.read(|tx| {
            Box::pin(async move {
                Ok::<_, StorageError>((
                    counters::upcoming(tx, "case", 1).await?,
                    counters::upcoming(tx, "job", 1).await?,
                ))
            })
        });
        let (next_case, next_job) = next.await?;
        Ok(Copyist {
            office: office.clone(),
            versions: office.versions_by_name(),
            next_case,
            next_job,
        })
    }

    /// A copy, told with everything that differs.
    ///
    /// # Errors
    /// When its history does not fit together any more.
    pub fn copy(&mut self, original: &Original, differs: Differs) -> Result<Copy, ActError> {
        let reference = Reference::new(&self.office.institution().reference_prefix, self.next_case)
            .map_err(|error| StorageError::Corrupt(error.to_string()))?;
        let telling = Telling::of(original, reference.clone(), format!("F{}", self.next_job), differs)?;
        (self.next_case, self.next_job) = (self.next_case + 1, self.next_job + 1);
        let events = original
            .events
            .iter()
            .map(|stored| telling.event(stored, reference.to_string()))
            .collect::<Result<Vec<_>, _>>()?;
        let history = events.iter().map(recorded).collect::<Result<Vec<_>, _>>()?;
        let loaded = Loaded::replayed(reference.clone(), history)?;
        let in_force = version_of(&self.versions, &loaded.case)?;
        let mut copy = Copy {
            events,
            batch: Batch::rebuilt(loaded, &in_force, self.office.store.keys())?,
            letters: original
                .letters
                .iter()
                .map(|letter| telling.letter(letter))
                .collect::<Result<_, _>>()?,
            promises: Vec::new(),
        };
        for (number, (_, kept)) in (1..).zip(&original.promises) {
            let id = FollowOnId::Case(reference.clone(), number);
            let told = kept.iter().map(|event| telling.event(event, id.stream()));
            let told = told.collect::<Result<Vec<_>, _>>()?;
            let action = stored_action(&id, &told.iter().map(stored).collect::<Vec<_>>())?;
            let began_at = told.first().map_or(original.begins_at, |first| first.at);
            copy.promises.push((action_row(&action, &in_force.calendar)?, began_at));
            copy.events.extend(told);
        }
        Ok(copy)
    }
}

/// Writes copies in one transaction, in the order in which they were made.
///
/// # Errors
/// When the store cannot be written.
pub async fn write(office: &Office, copies: Vec<Copy>) -> Result<(), ActError> {
    let written = office.store.write(move |tx| {
        Box::pin(async move {
            let all: Vec<NewEvent> = copies.iter().flat_map(|copy| copy.events.clone()).collect();
            events::append(tx, &all).await?;
            for copy in &copies {
                write_one(tx, copy).await?;
            }
            Ok::<_, StorageError>(())
        })
    });
    Ok(written.await?)
}

async fn write_one(tx: &mut Tx<'_>, copy: &Copy) -> Result<(), StorageError> {
    let given = (
        counters::next(tx, "case", 1).await?,
        counters::next(tx, "job", 1).await?,
    );
    if given.0 != copy.batch.case.reference.number() {
        return Err(StorageError::Corrupt(
            "somebody else gave out numbers meanwhile".to_owned(),
        ));
    }
    copy.batch.write_derived(tx).await?;
    for (row, at) in &copy.promises {
        follow_on::put(tx, row, *at).await?;
    }
    for (letter, state, sent_at) in &copy.letters {
        let id = outbox::add(tx, letter).await?;
        match state {
            OutboxState::GivenUp => outbox::give_up(tx, Try { id, attempts: 0 }, "The mailbox is full").await?,
            OutboxState::Replaced => outbox::replace(tx, id).await?,
            _ => outbox::sent(tx, id, sent_at.unwrap_or(letter.created_at)).await?,
        }
    }
    Ok(())
}

fn recorded(event: &NewEvent) -> Result<Recorded, ActError> {
    read_event(&stored(event))
}

/// The event as it will be read; its place in the log is not known yet.
fn stored(event: &NewEvent) -> StoredEvent {
    StoredEvent {
        position: 0,
        stream: event.stream.clone(),
        sequence: event.sequence,
        kind: event.kind.clone(),
        version: event.version,
        at: event.at,
        actor: event.actor.clone(),
        payload: event.payload.clone(),
    }
}
