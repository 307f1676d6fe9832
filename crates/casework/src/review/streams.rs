//! The streams of reviews and of follow-on actions: read, folded, and made into rows again by the doctor.

use std::collections::BTreeSet;

use rules::case::Reference;
use rules::case::event::NoteKept;
use rules::clock::Calendar;
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnId, Happened as ActionHappened};
use rules::review::event::{NOTE_GONE, Noted};
use rules::review::state::{Happened, month_of_stream, stream};
use rules::review::{Month, Review, ReviewEvent};
use storage::events::{self, StoredEvent};
use storage::{StorageError, Tx, follow_on, reviews, stream_keys};

use super::rows::{action_row, review_row, unfit};
use crate::ActError;
use crate::record::{actor_of, load_within};

/// A review; `None` when it has not begun.
pub(super) async fn review(tx: &mut Tx<'_>, month: Month) -> Result<Option<Review>, ActError> {
    let stored = events::load(tx, &stream(month)).await?;
    if stored.is_empty() {
        return Ok(None);
    }
    let mut history = stored.iter().map(of_review).collect::<Result<Vec<_>, _>>()?;
    for happened in &mut history {
        open_note(tx, month, happened).await?;
    }
    let review = Review::replay(month, &history);
    review.map(Some).map_err(|error| corrupt(error.to_string()))
}

/// An action with its history.
pub(super) async fn action(tx: &mut Tx<'_>, id: &FollowOnId) -> Result<(FollowOn, Vec<ActionHappened>), ActError> {
    let stored = match events::load(tx, &id.stream()).await {
        Err(StorageError::MissingKey { .. }) => return Err(ActError::NotFound),
        other => other?,
    };
    if stored.is_empty() {
        return Err(ActError::NotFound);
    }
    let history = stored.iter().map(of_action).collect::<Result<Vec<_>, _>>()?;
    let action = FollowOn::replay(id.clone(), &history).map_err(unfit)?;
    Ok((action, history))
}

/// An action as the events of its stream tell it.
pub(crate) fn stored_action(id: &FollowOnId, stored: &[StoredEvent]) -> Result<FollowOn, ActError> {
    let history = stored.iter().map(of_action).collect::<Result<Vec<_>, _>>()?;
    FollowOn::replay(id.clone(), &history).map_err(unfit)
}

/// Opens the words of a note on a case. Once the case is erased they cannot be opened; those of a note that an earlier version wrote are not shown.
async fn open_note(tx: &mut Tx<'_>, month: Month, happened: &mut Happened) -> Result<(), ActError> {
    let place = (month, happened.sequence);
    if let ReviewEvent::Noted(Noted {
        about: Some(about),
        words,
        sealed,
    }) = &mut happened.event
    {
        let reference = about.to_string();
        let opened = match sealed.take() {
            Some(sealed) => reviews::open_note(tx, place, &reference, &sealed).await?,
            None if stream_keys::destroyed_at(tx, &reference).await?.is_some() => None,
            None => return Ok(()),
        };
        *words = match opened {
            Some(words) => words,
            None => kept_by_case(tx, about, place)
                .await?
                .unwrap_or_else(|| NOTE_GONE.to_owned()),
        };
    }
    Ok(())
}

/// A note whose case was told anew since: it was under the key that the case had until then, and the case has kept it.
async fn kept_by_case(
    tx: &mut Tx<'_>,
    about: &Reference,
    (month, sequence): (Month, u32),
) -> Result<Option<String>, ActError> {
    let case = match load_within(tx, about).await {
        Err(ActError::NotFound) => return Ok(None),
        loaded => loaded?.case,
    };
    let month = month.to_string();
    let is_it = |note: &&NoteKept| note.month == month && note.sequence == sequence;
    let kept = case
        .tombstones
        .iter()
        .rev()
        .find_map(|tombstone| tombstone.notes.iter().find(is_it));
    Ok(kept.map(|note| note.words.clone()))
}

/// The notes of all reviews on a case that are under the key of the case, opened.
pub(crate) async fn notes_on(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<NoteKept>, ActError> {
    let mut notes = Vec::new();
    for row in reviews::list(tx).await? {
        for stored in events::load(tx, &stream(row.month)).await? {
            let ReviewEvent::Noted(noted) = of_review(&stored)?.event else {
                continue;
            };
            let (Some(about), Some(sealed)) = (noted.about, noted.sealed) else {
                continue;
            };
            if about.to_string() != reference {
                continue;
            }
            let opened = reviews::open_note(tx, (row.month, stored.sequence), reference, &sealed).await?;
            notes.extend(opened.map(|words| NoteKept {
                month: row.month.to_string(),
                sequence: stored.sequence,
                words,
            }));
        }
    }
    Ok(notes)
}

fn of_review(stored: &StoredEvent) -> Result<Happened, ActError> {
    Ok(Happened {
        sequence: stored.sequence,
        at: stored.at,
        actor: actor_of(stored)?,
        event: ReviewEvent::decode(&stored.kind, stored.version, &stored.payload)?,
    })
}

fn of_action(stored: &StoredEvent) -> Result<ActionHappened, ActError> {
    Ok(ActionHappened {
        sequence: stored.sequence,
        at: stored.at,
        actor: actor_of(stored)?,
        event: FollowOnEvent::decode(&stored.kind, stored.version, &stored.payload)?,
    })
}

fn corrupt(words: String) -> ActError {
    ActError::Storage(StorageError::Corrupt(words))
}

/// Makes the rows of every review and every action again from their streams.
pub(crate) async fn rebuild(tx: &mut Tx<'_>, calendar: &Calendar) -> Result<(), ActError> {
    for stream in all(tx).await? {
        if let Some(month) = month_of_stream(&stream) {
            if let Some(review) = review(tx, month).await? {
                reviews::put(tx, &review_row(&review)).await?;
            }
        } else if let Some(id) = FollowOnId::of_stream(&stream) {
            let found = match action(tx, &id).await {
                Err(ActError::NotFound) => continue,
                other => other?,
            };
            let began = found.1.first().map_or(jiff::Timestamp::UNIX_EPOCH, |first| first.at);
            follow_on::put(tx, &action_row(&found.0, calendar)?, began).await?;
        }
    }
    Ok(())
}

/// Every stream of the log that is a review's or an action's.
async fn all(tx: &mut Tx<'_>) -> Result<BTreeSet<String>, ActError> {
    let mut streams = BTreeSet::new();
    let mut position = 0;
    loop {
        let batch = events::raw_scan(tx, position, 5_000).await?;
        let Some(last) = batch.last() else { return Ok(streams) };
        position = last.position + 1;
        let firsts = batch.into_iter().filter(|event| event.sequence == 1);
        streams.extend(
            firsts
                .map(|event| event.stream)
                .filter(|stream| month_of_stream(stream).is_some() || FollowOnId::of_stream(stream).is_some()),
        );
    }
}
