//! Where a complaint has got to, in words and on a clock, for the person who made it.

use casework::desk::CaseFile;
use jiff::Timestamp;
use rules::case::State;
use rules::case::vocabulary::FeedbackKind;
use rules::deadlines::{Deadline, Duty};
use rules::handling::close;
use rules::letters::LetterKind;

use super::{Status, sealed};
use crate::http::Site;
use crate::page::clock::{Clock, ClockState};
use crate::page::words::{count, date_long};

/// Where it has got to.
pub(super) fn status(site: &Site, file: &CaseFile) -> Status {
    let case = &file.case;
    let who = site.public().handler_name(file);
    let sentence = |words: &str| match &who {
        Some(name) => format!("{name} {words}"),
        None => "It is waiting for somebody to read it.".to_owned(),
    };
    let (heading, sentence) = match &case.state {
        _ if case.is_sealed() => sealed::standing(file),
        State::Received if case.kind != FeedbackKind::Complaint => {
            ("We have it", "We read everything and pass it on.".to_owned())
        }
        State::Received => (
            "We have your complaint",
            "Somebody will read it and tell you who deals with it.".to_owned(),
        ),
        State::Open(work) if work.stage() > 1 => ("We are investigating", sentence("is investigating your complaint.")),
        State::Open(_) => ("We are working on it", sentence("is dealing with your complaint.")),
        State::SignOff(..) => (
            "We are checking our decision",
            sentence("has written our decision. A senior manager checks it before we send it."),
        ),
        State::Decided(..) if case.given_up().any(LetterKind::decides) => (
            "We have decided",
            "Our decision did not reach you. Tell us how to reach you, and you get it.".to_owned(),
        ),
        State::Decided(..) => ("We have decided", "Our decision is on its way to you.".to_owned()),
        State::Answered(..) if case.consent_lacks().is_some() => {
            ("We have decided", "Our decision is not shown here.".to_owned())
        }
        State::Answered(..) => ("You have our decision", "It is below.".to_owned()),
        State::EscalationPending(..) => ("You asked us to look again", asked(file)),
        State::Closed(ending, _) if !close::may_say_how(case, *ending) => {
            ("It is closed", "This is closed without a decision.".to_owned())
        }
        State::Closed(ending, _) => ("It is closed", format!("This is closed: {}.", ending.words())),
    };
    let asked_again = matches!(case.state, State::EscalationPending(..));
    let open = file.open_date().filter(|_| case.is_open() && !asked_again);
    // A decision that is made but did not reach them has no date to wait for.
    let waits_for_us = case.is_open() && !case.given_up().any(LetterKind::decides);
    Status {
        heading: heading.to_owned(),
        sentence,
        decision_by: open.filter(|_| waits_for_us).map(|open| date_long(open.due_on)),
        clock: open
            .or(file.decision_date().filter(|_| !asked_again))
            .filter(|_| waits_for_us || !case.is_open())
            .and_then(|deadline| clock(file, deadline)),
    }
}

/// By when they hear whether there is a stage 2 (R68).
fn asked(file: &CaseFile) -> String {
    let answer = file.open_date().filter(|open| open.duty == Duty::EscalationDecision);
    let by = answer.map_or_else(String::new, |answer| {
        format!(" by the end of {}", date_long(answer.due_on))
    });
    format!("We will tell you{by} whether a manager investigates your complaint.")
}

/// Complainants see a clock on track, extended or done; lateness is said in words by a letter, not by a colour.
fn clock(file: &CaseFile, deadline: &Deadline) -> Option<Clock> {
    match deadline.met_at {
        Some(met_at) => done(file, deadline, met_at),
        None => Some(running(file, deadline)),
    }
}

/// On which working day they had our decision; nothing where that was after the date that we promised.
fn done(file: &CaseFile, deadline: &Deadline, met_at: Timestamp) -> Option<Clock> {
    let on = file.in_force.setting(file.now).local_date(met_at);
    if on > deadline.due_on || deadline.passed_before {
        return None;
    }
    let total = file.days(deadline).total;
    let counted = deadline.explanation.steps.iter().filter(|step| step.on <= on);
    let day = counted.filter_map(|step| step.counted).max().unwrap_or_default();
    let line = match day {
        0 => "Decided before the first working day".to_owned(),
        day => format!("Decided on working day {day} of {total}"),
    };
    Some(Clock::new(ClockState::Done, &line, day, total))
}

fn running(file: &CaseFile, deadline: &Deadline) -> Clock {
    let days = file.days(deadline);
    let extended = file
        .case
        .extensions
        .iter()
        .any(|extension| extension.stage == deadline.stage);
    let tomorrow = file.in_force.setting(file.now).today().tomorrow().ok();
    let line = match days.left {
        0 => "Decision due today".to_owned(),
        1 if tomorrow == Some(deadline.due_on) => "Decision due tomorrow".to_owned(),
        1 => "Decision due on the next working day".to_owned(),
        left if left > 1 => format!(
            "Decision due in {}",
            count(left.unsigned_abs().into(), "working day", "working days")
        ),
        _ => "Our decision is late. We are sorry".to_owned(),
    };
    let state = if extended { ClockState::Extended } else { ClockState::Ok };
    let sub = format!("Working day {} of {}", days.used.min(days.total), days.total);
    Clock::new(state, &line, days.used, days.total).with_sub(&sub)
}
