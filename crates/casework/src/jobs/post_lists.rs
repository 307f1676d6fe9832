//! The letters of the post room as lists: the latest, and those that did not arrive; each holds the cases within somebody's reach (invariant 12).

use jiff::Timestamp;
use rules::case::change::permit;
use rules::case::vocabulary::Means;
use rules::case::{Alert, Reference};
use rules::confidential::sight::{reach, reach_of_words};
use rules::letters::LetterKind;
use rules::people::permission::may;
use rules::people::{Act, Person};
pub use storage::outbox::OutboxState;
use storage::outbox::{self, OutboxRow};
use storage::{StorageError, cases};

use crate::letter::Waiting;
use crate::record::load;
use crate::{ActError, Office};

/// How many letters a page holds.
const PAGE: usize = 50;
/// How many rows are looked at for one page: those of cases out of reach, and of letters that were told another way since, are passed over.
const LOOKED_AT: usize = 2000;

/// A letter that nobody tries any more, and that nobody told in another way since.
#[derive(Debug, Clone)]
pub struct LostLetter {
    /// The case.
    pub reference: Reference,
    /// Which letter.
    pub kind: LetterKind,
    /// When it was owed.
    pub owed_at: Timestamp,
    /// Why it did not arrive, as the alert on the case says; none of a restricted case, whose page puts on record who reads it.
    pub why: Option<String>,
    /// How else the person can be reached; none of a restricted case.
    pub phone: Option<String>,
}

/// A page of letters that did not arrive.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    /// The letters, the newest first.
    pub letters: Vec<LostLetter>,
    /// Below which number the next page begins, where there is more.
    pub next: Option<i64>,
}

/// The letters that did not arrive, given up or come back, for those who write to complainants: the cases that they may see whole.
///
/// # Errors
/// When the person may not write, or the store cannot be read.
pub async fn lost(office: &Office, below: Option<i64>, by: &Person) -> Result<Lost, ActError> {
    permit(by, Act::Write)?;
    let mut page = Lost::default();
    let mut below = below.unwrap_or(i64::MAX);
    let mut looked_at = 0;
    while page.letters.len() < PAGE && looked_at < LOOKED_AT {
        let rows = office
            .store
            .read(move |tx| Box::pin(async move { outbox::lost(tx, below, PAGE as u32).await }))
            .await?;
        let more = rows.len() == PAGE;
        looked_at += rows.len();
        for row in rows {
            below = row.id;
            page.letters.extend(lost_letter(office, row, by).await?);
            if page.letters.len() == PAGE {
                break;
            }
        }
        page.next = Some(below);
        if !more {
            page.next = None;
            break;
        }
    }
    Ok(page)
}

/// How many letters that list holds for somebody; none for whoever may not write.
///
/// # Errors
/// When the store cannot be read.
pub async fn how_many_lost(office: &Office, by: &Person) -> Result<i64, ActError> {
    if !may(by, Act::Write) {
        return Ok(0);
    }
    let within = reach_of_words(by);
    let counted = office
        .store
        .read(move |tx| Box::pin(async move { cases::letters_lost(tx, &within).await }));
    Ok(counted.await?)
}

/// The letter of a row, where the case is within reach and still says that it did not arrive.
async fn lost_letter(office: &Office, row: OutboxRow, by: &Person) -> Result<Option<LostLetter>, ActError> {
    let Ok(letter) = serde_json::from_slice::<Waiting>(&row.payload) else {
        return Ok(None);
    };
    let Ok(reference) = row.reference.parse::<Reference>() else {
        return Ok(None);
    };
    let (wanted, channel, within) = (row.reference.clone(), row.channel.clone(), reach_of_words(by));
    let (seen, all) = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let seen = cases::is_within(tx, &wanted, &within).await?;
                let all = outbox::earlier(tx, &wanted, i64::MAX, &channel).await?;
                Ok::<_, StorageError>((seen, all))
            })
        })
        .await?;
    let latest = all.iter().rfind(|(_, kind)| *kind == row.kind);
    if !seen || latest.is_none_or(|(number, _)| *number != row.id) {
        return Ok(None);
    }
    let case = load(office, &reference).await?.case;
    let Some(Alert::Undelivered {
        given_up: true, reason, ..
    }) = case.undelivered(letter.kind)
    else {
        return Ok(None);
    };
    let open = !case.is_restricted();
    Ok(Some(LostLetter {
        reference,
        kind: letter.kind,
        owed_at: row.created_at,
        why: open.then(|| reason.clone()),
        phone: case.complainant.phone.clone().filter(|_| open),
    }))
}

/// A letter that waits to go out.
#[derive(Debug, Clone)]
pub struct UnderWay {
    /// Which letter; none for one whose kind this version does not know.
    pub kind: Option<LetterKind>,
    /// By e-mail, or shown on the tracking page.
    pub by: Option<Means>,
    /// When it was owed.
    pub owed_at: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
    /// When it is tried next.
    pub next_at: Timestamp,
}

/// The letters of a case that have not left yet, the newest first, for a page of somebody who may see the case.
///
/// # Errors
/// When the store cannot be read.
pub async fn under_way(office: &Office, reference: &Reference) -> Result<Vec<UnderWay>, ActError> {
    let case = reference.to_string();
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { outbox::for_case(tx, &case).await }))
        .await?;
    let waits = |row: &OutboxRow| {
        matches!(
            row.state,
            OutboxState::Waiting | OutboxState::Sending | OutboxState::Failed
        )
    };
    let line = |row: OutboxRow| UnderWay {
        kind: LetterKind::from_code(&row.kind),
        by: Means::from_code(&row.channel),
        owed_at: row.created_at,
        attempts: row.attempts,
        next_at: row.not_before,
    };
    Ok(rows.into_iter().rev().filter(waits).map(line).collect())
}

/// A line of the outbox for the operator: no words, no address.
#[derive(Debug, Clone)]
pub struct OutboxLine {
    /// The case.
    pub reference: String,
    /// Which letter, as its code.
    pub kind: String,
    /// Where it stands.
    pub state: OutboxState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was owed.
    pub created_at: Timestamp,
    /// What the server said last.
    pub last_error: Option<String>,
}

/// The latest letters, for the operator, who learns nothing of a case that is not there for them (invariant 12).
///
/// # Errors
/// When the person may not read the letter box, or the store cannot be read.
pub async fn recent(office: &Office, limit: u32, by: &Person) -> Result<Vec<OutboxLine>, ActError> {
    permit(by, Act::SeeLetterBox)?;
    let reach = reach(by);
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut rows = Vec::new();
                for row in outbox::recent(tx, limit).await? {
                    if cases::is_within(tx, &row.reference, &reach).await? {
                        rows.push(row);
                    }
                }
                Ok::<_, StorageError>(rows)
            })
        })
        .await?;
    let line = |row: OutboxRow| OutboxLine {
        reference: row.reference,
        kind: row.kind,
        state: row.state,
        attempts: row.attempts,
        created_at: row.created_at,
        last_error: row.last_error,
    };
    Ok(rows.into_iter().map(line).collect())
}
