//! The write path of reviews and follow-on actions: events and rows in one transaction, in which the rule is asked too (invariant 2).

use std::sync::Arc;

use jiff::Timestamp;
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnId, Happened as ActionHappened};
use rules::people::Actor;
use rules::review::event::Noted;
use rules::review::state::{Happened, stream};
use rules::review::{Month, Review, ReviewChange, ReviewEvent};
use storage::events::NewEvent;
use storage::{StorageError, Tx, events, follow_on, idempotency, reviews};

use super::rows::{action_event, action_row, review_row, unfit};
use super::streams;
use crate::in_force::InForce;
use crate::{ActError, Office};

/// Who acts, and the key of the form; the same key acts once.
#[derive(Debug, Clone)]
pub(super) struct By {
    pub(super) actor: Actor,
    pub(super) once: String,
}

/// What an act inside the transaction is given.
pub(super) struct Inside {
    pub(super) in_force: Arc<InForce>,
    pub(super) now: Timestamp,
}

impl Inside {
    pub(super) fn of(office: &Office) -> Inside {
        Inside {
            in_force: office.active(),
            now: office.now(),
        }
    }

    pub(super) fn today(&self) -> jiff::civil::Date {
        self.in_force.setting(self.now).today()
    }
}

/// Claims the key of a form; false when a form with this key was written before.
pub(super) async fn first_time(tx: &mut Tx<'_>, by: &By, at: Timestamp) -> Result<bool, StorageError> {
    if by.once.is_empty() {
        return Ok(true);
    }
    let key = format!("review:{}:{}", by.actor, by.once);
    Ok(idempotency::claim(tx, &key, at).await? == idempotency::Claim::Fresh)
}

/// Appends what a rule answered, and writes the rows that follow.
pub(super) async fn keep(
    tx: &mut Tx<'_>,
    month: Month,
    change: ReviewChange,
    by: &By,
    inside: &Inside,
) -> Result<(), ActError> {
    let review = streams::review(tx, month).await?;
    append_review(tx, (month, review), change.events, (by.actor, inside.now)).await?;
    for (id, event) in change.actions {
        append_action(tx, &id, event, by.actor, inside).await?;
    }
    Ok(())
}

async fn append_review(
    tx: &mut Tx<'_>,
    (month, mut review): (Month, Option<Review>),
    happened: Vec<ReviewEvent>,
    (actor, at): (Actor, Timestamp),
) -> Result<(), ActError> {
    for event in happened {
        let event = event.plain()?;
        let happened = Happened {
            sequence: review.as_ref().map_or(1, |review| review.sequence + 1),
            at,
            actor,
            event,
        };
        let after = match review {
            None => Review::replay(month, std::slice::from_ref(&happened)),
            Some(review) => review.after(&happened),
        };
        let new = NewEvent {
            stream: stream(month),
            sequence: happened.sequence,
            kind: happened.event.kind().to_owned(),
            version: happened.event.version(),
            at,
            actor: actor.to_string(),
            payload: sealed(tx, month, &happened).await?.encode(),
        };
        events::append(tx, std::slice::from_ref(&new)).await?;
        review = Some(after.map_err(|error| StorageError::Corrupt(error.to_string()))?);
    }
    if let Some(review) = review {
        reviews::put(tx, &review_row(&review)).await?;
    }
    Ok(())
}

/// The event as it is kept: the words of a note on a case are sealed under the key of the case too, so that they go with it.
async fn sealed(tx: &mut Tx<'_>, month: Month, happened: &Happened) -> Result<ReviewEvent, ActError> {
    let ReviewEvent::Noted(Noted {
        about: Some(about),
        words,
        sealed: None,
    }) = &happened.event
    else {
        return Ok(happened.event.clone());
    };
    let place = (month, happened.sequence);
    let words = reviews::seal_note(tx, place, &about.to_string(), (words, happened.at)).await;
    let sealed = match words {
        Err(StorageError::MissingKey { .. }) => return Err(ActError::NotFound),
        sealed => sealed?,
    };
    Ok(ReviewEvent::Noted(Noted {
        about: Some(about.clone()),
        words: String::new(),
        sealed: Some(sealed),
    }))
}

/// Appends one event to the stream of an action, and writes its row.
pub(super) async fn append_action(
    tx: &mut Tx<'_>,
    id: &FollowOnId,
    event: FollowOnEvent,
    actor: Actor,
    inside: &Inside,
) -> Result<FollowOn, ActError> {
    let event = event.plain()?;
    let before = match streams::action(tx, id).await {
        Err(ActError::NotFound) => None,
        other => Some(other?.0),
    };
    let happened = ActionHappened {
        sequence: before.as_ref().map_or(1, |action| action.sequence + 1),
        at: inside.now,
        actor,
        event,
    };
    let after = match before {
        None => FollowOn::replay(id.clone(), std::slice::from_ref(&happened)),
        Some(action) => action.after(&happened),
    };
    let after = after.map_err(unfit)?;
    events::append(tx, &[action_event(id, &happened)]).await?;
    follow_on::put(tx, &action_row(&after, &inside.in_force.calendar)?, inside.now).await?;
    Ok(after)
}
