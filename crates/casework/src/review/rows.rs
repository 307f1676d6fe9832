//! The rows that follow from reviews and from follow-on actions; all can be rebuilt from their streams.

use jiff::Timestamp;
use rules::case::{Case, Recorded, Reference};
use rules::clock::Calendar;
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnFacts, FollowOnId, Happened, Origin, Unfit, Wording, act};
use rules::people::Actor;
use rules::review::{Month, Review};
use serde::{Deserialize, Serialize};
use storage::StorageError;
use storage::events::NewEvent;
use storage::follow_on::ActionRow;
use storage::reviews::ReviewRow;

use crate::ActError;

/// The words of an action, sealed under its own key.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// What is to be done.
    pub text: String,
    /// Who is accountable.
    pub owner: Option<String>,
    /// The service that it is about.
    pub service: Option<String>,
    /// The cases behind it.
    pub cases: Vec<Reference>,
    /// The review that recommended it.
    pub month: Option<Month>,
    /// What everybody may read.
    pub wording: Option<Wording>,
    /// How often its date moved.
    pub moved: u32,
}

pub(super) fn review_row(review: &Review) -> ReviewRow {
    ReviewRow {
        month: review.month,
        progress: review.progress(),
        opened_at: review.opened_at,
        held_on: review.held.as_ref().map(|held| held.on),
        finished_at: review.finished.as_ref().map(|(at, _)| *at),
    }
}

pub(crate) fn action_row(action: &FollowOn, calendar: &Calendar) -> Result<ActionRow, serde_json::Error> {
    let (reference, month) = match &action.origin {
        Origin::Case(reference) => (Some(reference.to_string()), None),
        Origin::Review(month, _) => (None, Some(*month)),
    };
    let card = Card {
        text: action.text.clone(),
        owner: action.owner.clone(),
        service: action.service.clone(),
        cases: action.cases().to_vec(),
        month,
        wording: action.published.as_ref().map(|(wording, _)| wording.clone()),
        moved: action.moved,
    };
    Ok(ActionRow {
        id: action.id.clone(),
        reference,
        status: action.status,
        facts: FollowOnFacts::of(action, calendar),
        last_sequence: action.sequence,
        card: serde_json::to_vec(&card)?,
    })
}

pub(super) fn action_event(id: &FollowOnId, happened: &Happened) -> NewEvent {
    NewEvent {
        stream: id.stream(),
        sequence: happened.sequence,
        kind: happened.event.kind().to_owned(),
        version: happened.event.version(),
        at: happened.at,
        actor: happened.actor.to_string(),
        payload: happened.event.encode(),
    }
}

/// A promise as it is written beside the events of its case: the first event of its own stream, and its row.
pub(crate) struct NewPromise {
    pub(crate) event: NewEvent,
    pub(crate) row: ActionRow,
    pub(crate) at: Timestamp,
}

/// What new events of a case promise (R10). The promise gets a stream and a key of its own, so that it outlives the case.
pub(crate) fn promised(case: &Case, new: &[Recorded], calendar: &Calendar) -> Result<Vec<NewPromise>, ActError> {
    let Some(last) = new.last() else { return Ok(Vec::new()) };
    let promises = act::promises(case, new).into_iter();
    promises
        .map(|(id, event)| promise(id, event, (last.actor, last.at), calendar))
        .collect()
}

fn promise(
    id: FollowOnId,
    event: FollowOnEvent,
    (actor, at): (Actor, Timestamp),
    calendar: &Calendar,
) -> Result<NewPromise, ActError> {
    let happened = Happened {
        sequence: 1,
        at,
        actor,
        event,
    };
    let action = FollowOn::replay(id.clone(), std::slice::from_ref(&happened)).map_err(unfit)?;
    Ok(NewPromise {
        event: action_event(&id, &happened),
        row: action_row(&action, calendar)?,
        at,
    })
}

/// A stream that tells no action: the log is not one that this product wrote.
pub(super) fn unfit(error: Unfit) -> ActError {
    ActError::Storage(StorageError::Corrupt(error.to_string()))
}
