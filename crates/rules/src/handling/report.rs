//! What a mail system reports of a letter becomes an event of the letter on its case: never a new case, and never an answer (R18, A8; RFC 3464).

use super::post;
use crate::case::change::Change;
use crate::case::event::{DeliveryFailed, Event, LetterReported};
use crate::case::{Case, Recorded};
use crate::letters::LetterKind;
use crate::mail::{Reason, Recipient, Report, ReportKind};
use crate::sentence::capital;

/// How much is kept of what a server said: the first lines say it.
const LONGEST_DIAGNOSTIC: usize = 300;

/// The letter that a report is about, as the post room knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportedLetter<'a> {
    /// Which letter.
    pub kind: LetterKind,
    /// Its number in the post room.
    pub number: i64,
    /// The address to which it went.
    pub to: &'a str,
    /// How often it was tried until the mail server took it.
    pub attempts: u32,
}

/// What follows from a report: one event of each kind for a letter, so that the same report again changes nothing. A letter that came back is an alert
/// until it arrives, is told another way, or goes out again; its clock stays as it was, since it was sent (A7). One whose arrival was reported
/// does not fail afterwards: a later report of failure speaks of a copy.
pub fn report(case: &Case, history: &[Recorded], letter: ReportedLetter<'_>, report: &Report) -> Change {
    let told = |event: &Event| match event {
        Event::LetterReported(known) if known.number == letter.number => Some(known.told),
        Event::LetterFailed(failed) | Event::AcknowledgementFailed(failed) => {
            (failed.came_back == Some(letter.number)).then_some(ReportKind::Failed)
        }
        _ => None,
    };
    let known: Vec<ReportKind> = history.iter().filter_map(|recorded| told(&recorded.event)).collect();
    let overtaken = match report.kind {
        ReportKind::Failed => known.iter().any(|told| told.has_arrived()),
        ReportKind::Delayed => !known.is_empty(),
        ReportKind::Delivered | ReportKind::Shown | ReportKind::Complained => false,
    };
    if overtaken || known.contains(&report.kind) {
        return Change::default();
    }
    let words = words(case, letter.to, report);
    if report.kind == ReportKind::Failed {
        return post::failed(DeliveryFailed {
            letter: letter.kind,
            reason: format!(
                "The mail server had taken it, and it came back. {words} {}",
                proposal(report)
            )
            .replace("  ", " "),
            attempts: letter.attempts.max(1),
            given_up: true,
            came_back: Some(letter.number),
            may_have_gone: false,
        });
    }
    Change::of(vec![Event::LetterReported(LetterReported {
        letter: letter.kind,
        number: letter.number,
        told: report.kind,
        words,
    })])
}

/// What it means, then what the other server said. A sealed case is told neither an address nor a word of others.
fn words(case: &Case, to: &str, report: &Report) -> String {
    let recipient = report.recipients.first();
    let means = recipient.map(means).unwrap_or_default();
    let status = recipient.and_then(|recipient| recipient.status.as_deref());
    let code = status.map_or_else(String::new, |status| format!(" ({status})"));
    let first = match (means.is_empty(), case.is_sealed()) {
        (true, _) => String::new(),
        (false, true) => format!("{}{code}.", capital(means)),
        (false, false) => format!("{to}: {means}{code}."),
    };
    let said = recipient
        .and_then(|recipient| recipient.diagnostic.as_deref())
        .filter(|_| !case.is_sealed())
        .map(one_line)
        .filter(|said| !said.is_empty());
    let said = said.map_or_else(String::new, |said| format!("Their mail server said: {said}."));
    [first, said]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What became of it, in a few words; empty where the report gives no reason.
fn means(recipient: &Recipient) -> &'static str {
    match recipient.reason {
        Reason::Unknown => "",
        known => known.words(),
    }
}

/// What staff can do about a letter that came back.
fn proposal(report: &Report) -> &'static str {
    let reason = report
        .recipients
        .first()
        .map_or(Reason::Unknown, |recipient| recipient.reason);
    reason.proposal()
}

fn one_line(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.trim_end_matches('.').chars().take(LONGEST_DIAGNOSTIC).collect()
}
