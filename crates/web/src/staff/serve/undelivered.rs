//! Letters that did not arrive, in words: what happened, what happens by itself, and what to do about it (R18, A8).

use casework::desk::CaseFile;
use rules::case::{Alert, Event};
use rules::letters::LetterKind;

use super::brief::person;
use crate::staff::contact::FailedLetter;
use crate::staff::desk::Seat;
use rules::sentence::capital;

/// Every letter of the case that has not arrived.
pub(crate) fn failed_letters(seat: &Seat, file: &CaseFile) -> Vec<FailedLetter> {
    file.case
        .alerts
        .iter()
        .filter_map(|alert| failed_letter(seat, file, alert))
        .collect()
}

/// The words of an alert about a letter; nothing for an alert about something else.
pub(crate) fn failed_letter(seat: &Seat, file: &CaseFile, alert: &Alert) -> Option<FailedLetter> {
    let Alert::Undelivered { letter, reason, .. } = alert else {
        return None;
    };
    Some(FailedLetter {
        what: format!("{} did not arrive.", capital(letter.words())),
        why: sentence(reason),
        next: next(seat, file, alert),
    })
}

/// What to do about the failure that an event tells of; nothing where the letter has arrived since, was told, or failed again.
pub(crate) fn still_to_do(seat: &Seat, file: &CaseFile, sequence: u32, letter: LetterKind) -> Option<String> {
    let latest = last_failure(file, letter) == Some(sequence);
    let alert = file.case.undelivered(letter).filter(|_| latest)?;
    Some(next(seat, file, alert))
}

/// The number of the latest event by which this letter failed.
fn last_failure(file: &CaseFile, letter: LetterKind) -> Option<u32> {
    let failed = |event: &Event| match event {
        Event::AcknowledgementFailed(failed) | Event::LetterFailed(failed) => failed.letter == letter,
        _ => false,
    };
    let latest = file.history.iter().rfind(|recorded| failed(&recorded.event));
    latest.map(|recorded| recorded.sequence)
}

fn next(seat: &Seat, file: &CaseFile, alert: &Alert) -> String {
    let Alert::Undelivered {
        letter,
        given_up,
        again_at,
        ..
    } = alert
    else {
        return String::new();
    };
    match (given_up, again_at) {
        (true, _) => format!("Nobody tries again. {}", to_do(file, *letter)),
        (false, Some(at)) => {
            let to = match file.case.complainant.writes_to() {
                Some(address) => format!(" to {address}"),
                None => String::new(),
            };
            format!(
                "It was sent again{to} ({}) and has not arrived yet.",
                seat.wall().when(*at)
            )
        }
        (false, None) => {
            "We keep trying. If the address is wrong, correct it: the letter then goes to the new one.".to_owned()
        }
    }
}

/// By phone if there is a number, and by a better address; where it was corrected since, only sending is left.
fn to_do(file: &CaseFile, letter: LetterKind) -> String {
    let who = person(file);
    let reach = match &file.case.complainant.phone {
        Some(phone) => format!("Ring {who} on {phone}"),
        None => format!("Tell {who} another way"),
    };
    let failed = last_failure(file, letter).unwrap_or(0);
    let corrected = file
        .history
        .iter()
        .any(|recorded| recorded.sequence > failed && matches!(recorded.event, Event::ContactCorrected(_)));
    if corrected {
        format!("{reach}, or send it again: the contact details were corrected since.")
    } else {
        format!("{reach}, or correct the address and send it again.")
    }
}

/// The reason as a sentence: servers end theirs or not.
pub(crate) fn sentence(reason: &str) -> String {
    format!("{}.", reason.trim().trim_end_matches('.'))
}
