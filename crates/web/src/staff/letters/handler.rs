//! Serving the letters: where they are kept instead of sent, the letters themselves; where they are sent, the lines of the outbox.

use std::sync::Arc;

use axum::extract::Path;
use axum::response::Response;
use casework::ActError;
use casework::jobs::post_lists::{self, OutboxLine, OutboxState};
use rules::letters::LetterKind;
use rules::people::Act;
use tracing::error;

use super::{LetterBox, LetterLine, LetterView, SecondColumn};
use crate::http::asked::address;
use crate::http::{Asked, LetterShown, Posted};
use crate::page::words::count;
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::link::Link;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;

/// How many lines a page has.
const PAGE: usize = 50;

/// The list.
pub async fn list(seat: Seat, asked: Asked) -> Response {
    if let Err(fault) = seat.require(Act::SeeLetterBox) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let listed = match seat.site.letter_box() {
        Some(_) => kept(&seat).await.map(|letters| box_page(&letters, asked.get("after"))),
        None => outbox(&seat).await,
    };
    match listed {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// One letter of the letter box.
pub async fn one(seat: Seat, Path(id): Path<String>) -> Response {
    let found = match seat.require(Act::SeeLetterBox) {
        Ok(()) => read(&seat, id).await,
        Err(fault) => Err(fault),
    };
    match found {
        Ok(letter) => {
            let facts = vec![Fact::new("To", &letter.to), Fact::new("Written", &letter.when)];
            seat.page(&LetterView {
                subject: letter.subject,
                facts,
                text: letter.text,
            })
            .await
        }
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

async fn kept(seat: &Seat) -> Result<Vec<LetterShown>, Fault> {
    let Some(letter_box) = seat.site.letter_box().map(Arc::clone) else {
        return Ok(Vec::new());
    };
    asked_of_disk(move || letter_box.list()).await
}

async fn read(seat: &Seat, id: String) -> Result<LetterShown, Fault> {
    let Some(letter_box) = seat.site.letter_box().map(Arc::clone) else {
        return Err(ActError::NotFound.into());
    };
    asked_of_disk(move || letter_box.read(&id))
        .await?
        .ok_or_else(|| ActError::NotFound.into())
}

/// Disks are slow, so the threads that answer requests do not wait for them.
async fn asked_of_disk<T, R>(read: R) -> Result<T, Fault>
where
    T: Send + 'static,
    R: FnOnce() -> std::io::Result<T> + Send + 'static,
{
    let answer = tokio::task::spawn_blocking(read)
        .await
        .map_err(std::io::Error::other)
        .and_then(|answer| answer);
    answer.map_err(|fault| {
        error!(%fault, "the letter box cannot be read");
        Fault::from(ActError::NotFound)
    })
}

fn box_page(letters: &[LetterShown], after: &str) -> LetterBox {
    let from = letters
        .iter()
        .position(|letter| letter.id == after)
        .map_or(0, |at| at + 1);
    let shown = &letters[from..letters.len().min(from + PAGE)];
    let more = from + PAGE < letters.len();
    let line = |letter: &LetterShown| LetterLine {
        letter: Link::new(
            if letter.subject.is_empty() {
                "No subject"
            } else {
                &letter.subject
            },
            &paths::letter(&letter.id),
        ),
        to: letter.to.clone(),
        when: letter.when.clone(),
        state: Tag::new("Kept here", Tone::Grey),
    };
    LetterBox {
        summary: format!(
            "{}, newest first. They are kept here instead of being sent.",
            count(letters.len() as u64, "letter", "letters")
        ),
        second: SecondColumn::To,
        lines: shown.iter().map(line).collect(),
        empty: Empty::new("No letters have been written yet."),
        next: shown
            .last()
            .filter(|_| more)
            .map(|last| address(paths::LETTERS, &[("after", &last.id)])),
    }
}

/// The latest lines of the outbox that are looked at.
const LATEST: u32 = 100;

async fn outbox(seat: &Seat) -> Result<LetterBox, Fault> {
    let lines = post_lists::recent(seat.door.office(), LATEST, seat.door.person()).await?;
    let lost = lines.iter().filter(|line| line.state == OutboxState::GivenUp).count() as u64;
    let lost = if lost == 0 {
        String::new()
    } else {
        format!(" {} could not be delivered.", count(lost, "letter", "letters"))
    };
    let wall = seat.wall();
    let line = |line: &OutboxLine| LetterLine {
        letter: Link::new(letter_name(&line.kind), &paths::case(&line.reference)),
        to: line.reference.clone(),
        when: wall.when(line.created_at),
        state: state(line),
    };
    Ok(LetterBox {
        summary: format!(
            "The latest {}, newest first.{lost}",
            count(lines.len() as u64, "letter", "letters")
        ),
        second: SecondColumn::Case,
        lines: lines.iter().map(line).collect(),
        empty: Empty::new("No letters have been written yet."),
        next: None,
    })
}

fn state(line: &OutboxLine) -> Tag {
    let tries = count(line.attempts.unsigned_abs(), "try", "tries");
    match line.state {
        OutboxState::Waiting => Tag::new("Waiting", Tone::Grey),
        OutboxState::Sending => Tag::new("Being sent", Tone::Grey),
        OutboxState::Sent => Tag::new("Sent", Tone::Good),
        OutboxState::Failed => Tag::new(&format!("Trying again after {tries}"), Tone::Warn),
        OutboxState::GivenUp => Tag::new("Could not be delivered", Tone::Bad),
        OutboxState::Replaced => Tag::new("Sent to another address instead", Tone::Grey),
    }
}

fn letter_name(code: &str) -> &'static str {
    match LetterKind::ALL.into_iter().find(|kind| kind.code() == code) {
        Some(LetterKind::Acknowledgement | LetterKind::FeedbackReceived) => "Acknowledgement",
        Some(LetterKind::Update) => "Update",
        Some(LetterKind::Extension) => "More time is needed",
        Some(LetterKind::DateMoved) => "The date moved",
        Some(LetterKind::ConsentAsked) => "Consent asked for",
        Some(LetterKind::Question) => "A question",
        Some(LetterKind::QuestionReminder) => "Reminder of a question",
        Some(LetterKind::PointsToAgree) => "Points to agree",
        Some(LetterKind::Stage1Decision) => "Stage 1 decision",
        Some(LetterKind::Stage2Started) => "Stage 2 began",
        Some(LetterKind::Stage2Decision) => "Stage 2 decision",
        Some(LetterKind::EscalationRefused) => "Stage 2 refused",
        Some(LetterKind::Withdrawn) => "Stopped by the person",
        Some(LetterKind::ClosedWithoutDecision) => "Closed without a decision",
        Some(LetterKind::LinkAgain) => "The link again",
        Some(LetterKind::Handover) => "Handover to a line manager",
        Some(LetterKind::HandoverReminder) => "Reminder to a line manager",
        Some(LetterKind::HandoverNews) => "News for a line manager",
        Some(LetterKind::HandoverCode) => "Code for a line manager",
        None => "Letter",
    }
}
