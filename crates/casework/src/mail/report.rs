//! What mail systems report of our letters: it becomes an event of the letter on its case, or it is parked (R18, A8; RFC 3464, RFC 8098, RFC 5965).

use std::sync::Arc;

use rules::case::vocabulary::Means;
use rules::case::{Event, Reference};
use rules::handling::report::{ReportedLetter, report as event_of};
use rules::mail::{Report, ReportKind};
use storage::outbox::{self, OutboxRow, OutboxState};

use super::token;
use crate::letter::Waiting;
use crate::record::{Beside, By, change_beside, load};
use crate::{ActError, Office};

/// What became of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Taken {
    /// It is on record of a letter; nothing was added where it was on record before.
    OnRecord {
        /// The case.
        reference: Reference,
        /// The letter, by its number in the outbox.
        letter: i64,
    },
    /// It is about no letter that we know of: it is kept aside, and nobody is answered.
    Parked,
    /// The letter is just being handed over: what the mail server said of it is not on record yet. Take the report again in a minute.
    TooSoon,
}

/// Takes a report that arrived at these addresses (those of the envelope, where they are known; else those to which it is written). The letter is found
/// by the number that we gave mail servers, by the return path, or by its own id in what the report quotes. Each is believed for its token alone, so that
/// nobody makes a letter fail by writing a report. The same report twice is on record once.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn take(office: &Office, report: &Report, arrived_at: &[String]) -> Result<Taken, ActError> {
    let Some(row) = letter_of(office, report, arrived_at).await? else {
        return Ok(Taken::Parked);
    };
    match row.state {
        OutboxState::Sending => return Ok(Taken::TooSoon),
        // Another letter took its place: what became of this one says nothing about that.
        OutboxState::Replaced => return Ok(Taken::Parked),
        OutboxState::Waiting | OutboxState::Sent | OutboxState::Failed | OutboxState::GivenUp => {}
    }
    let reference: Reference = row.reference.parse().map_err(|_| ActError::NotFound)?;
    let letter = row.id;
    match on_record(office, &reference, row, report).await {
        Ok(()) => Ok(Taken::OnRecord { reference, letter }),
        // The case was erased since.
        Err(ActError::NotFound) => Ok(Taken::Parked),
        Err(fault) => Err(fault),
    }
}

/// The letter that the report is about. A token that holds and leads to nothing is of a case that was erased, or sealed since.
async fn letter_of(office: &Office, report: &Report, arrived_at: &[String]) -> Result<Option<OutboxRow>, ActError> {
    let quoted = report.letter.as_deref();
    let without_case = report
        .envelope
        .as_deref()
        .into_iter()
        .chain(arrived_at.iter().map(String::as_str));
    let number = without_case
        .chain(quoted)
        .find_map(|text| token::read_envelope(office, text));
    let thread = quoted.and_then(|id| token::read_message_id(office, id));
    let Some(number) = number.or(thread.as_ref().map(|thread| thread.letter)) else {
        return Ok(None);
    };
    let row = office
        .store
        .read(move |tx| Box::pin(async move { outbox::get(tx, number).await }))
        .await?;
    Ok(row.filter(|row| row.channel == Means::Email.code() && !row.payload.is_empty()))
}

async fn on_record(office: &Office, reference: &Reference, row: OutboxRow, report: &Report) -> Result<(), ActError> {
    let waiting: Waiting = serde_json::from_slice(&row.payload)?;
    let loaded = load(office, reference).await?;
    let history = loaded.history;
    let number = row.id;
    let letter = ReportedLetter {
        kind: waiting.kind,
        number,
        to: waiting.to.as_deref().unwrap_or_default(),
        attempts: u32::try_from(row.attempts).unwrap_or(u32::MAX),
    };
    let once = format!("report:{number}:{}", report.kind.code());
    let by = By {
        once: Some(&once),
        ..By::SYSTEM
    };
    let fails = report.kind == ReportKind::Failed;
    let why = event_of(&loaded.case, &history, letter, report)
        .events
        .into_iter()
        .find_map(|event| match event {
            Event::LetterFailed(failed) | Event::AcknowledgementFailed(failed) => Some(failed.reason),
            _ => None,
        });
    let why = why.unwrap_or_default();
    // In the transaction of the event, so that the letter can be sent again from then on.
    let beside: Beside = Arc::new(move |tx| {
        let why = why.clone();
        Box::pin(async move {
            match fails {
                true => outbox::came_back(tx, number, &why).await,
                false => Ok(()),
            }
        })
    });
    change_beside(
        office,
        reference,
        by,
        |case, _| Ok(event_of(case, &history, letter, report)),
        beside,
    )
    .await?;
    Ok(())
}
