//! Letters on the write path: what the post room holds of a case, and the rows of letters that a change owes.

use rules::case::vocabulary::Means;
use rules::case::{Case, Event, LetterOwed, Recorded, Setting};
use rules::letters::{Posted, Standing};
use storage::StorageError;
use storage::outbox::{self, NewOutbox, OutboxRow, OutboxState};

use super::Loaded;
use crate::letter::{self, Waiting};
use crate::{ActError, Office};

/// A letter in the post room: as a rule sees it, and whole.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    posted: Posted,
    letter: Waiting,
}

/// The case with what the post room holds of it.
pub(super) async fn beside(office: &Office, loaded: Loaded) -> Result<Loaded, ActError> {
    let reference = loaded.case.reference.to_string();
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { outbox::for_case(tx, &reference).await }))
        .await?;
    let letters = rows
        .into_iter()
        .map(|row| kept(&loaded.history, row))
        .collect::<Result<_, _>>()?;
    Ok(Loaded { letters, ..loaded })
}

fn kept(history: &[Recorded], row: OutboxRow) -> Result<Kept, ActError> {
    let letter: Waiting = serde_json::from_slice(&row.payload)?;
    let standing = match row.state {
        OutboxState::GivenUp => Standing::GivenUp,
        OutboxState::Sent | OutboxState::Replaced => Standing::Settled,
        // The report of an arrival is kept before the letter leaves the post room.
        _ if history.iter().any(|recorded| reports(&recorded.event, &letter)) => Standing::Settled,
        OutboxState::Waiting | OutboxState::Sending | OutboxState::Failed => Standing::OnItsWay,
    };
    let posted = Posted {
        number: row.id,
        letter: letter.kind,
        standing,
        to: letter.to.clone().filter(|_| letter.by == Means::Email),
    };
    Ok(Kept { posted, letter })
}

/// Whether an event is the arrival of this letter.
fn reports(event: &Event, letter: &Waiting) -> bool {
    match event {
        Event::LetterDelivered(delivered) | Event::DecisionCommunicated(delivered) => {
            delivered.letter == letter.kind && delivered.owed_by == Some(letter.sequence)
        }
        // An acknowledgement counts once, so there is no second one that could be meant.
        Event::Acknowledged(told) => letter.kind.acknowledges() && told.by == letter.by && told.at >= letter.owed_at,
        _ => false,
    }
}

/// What the rule is given.
pub(super) fn posted(loaded: &Loaded) -> Vec<Posted> {
    loaded.letters.iter().map(|kept| kept.posted.clone()).collect()
}

/// The rows of the letters that a change owes: new ones, and those that go out once more.
pub(super) fn waiting(
    office: &Office,
    case: &Case,
    owed: &[LetterOwed],
    kept: &[Kept],
    setting: &Setting<'_>,
) -> Result<Vec<NewOutbox>, ActError> {
    owed.iter()
        .map(|owed| {
            let waiting = match owed.same_as {
                None => letter::gather(office, case, owed, setting),
                Some(number) => letter::again(office, case, numbered(kept, number)?, setting),
            };
            Ok(NewOutbox {
                reference: case.reference.to_string(),
                kind: owed.kind.code().to_owned(),
                channel: waiting.by.code().to_owned(),
                not_before: setting.now,
                created_at: setting.now,
                payload: serde_json::to_vec(&waiting)?,
            })
        })
        .collect()
}

fn numbered(kept: &[Kept], number: i64) -> Result<&Waiting, StorageError> {
    let found = kept.iter().find(|kept| kept.posted.number == number);
    found
        .map(|kept| &kept.letter)
        .ok_or_else(|| StorageError::Corrupt(format!("the post room holds no letter {number} of this case")))
}
