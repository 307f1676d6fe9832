//! A complaint that a line manager has in confidence, for the person who made it: where it stands, and no word of it (R33, R35).

use casework::desk::CaseFile;
use rules::case::event::Event;
use rules::case::{Recorded, State};

use super::From;
use crate::page::words::date_long;

/// What the page is headed with in place of the words of the complaint.
pub(super) const TITLE: &str = "Your complaint";

/// Where it has got to: a heading and a sentence.
pub(super) fn standing(file: &CaseFile) -> (&'static str, String) {
    match &file.case.state {
        State::Closed(..) if file.case.held().is_some_and(|held| held.finished_at.is_some()) => (
            "You have the decision",
            "The manager told us that they gave you their decision. It is in what they wrote or said to you.".to_owned(),
        ),
        State::Closed(..) => ("It is closed", "We do nothing more about it.".to_owned()),
        State::EscalationPending(..) => (
            "You asked us to look again",
            "We hand your complaint to another manager, who has not dealt with it before.".to_owned(),
        ),
        _ => (
            "A manager deals with it in confidence",
            "Your complaint is about a member of staff, so we have taken it out of our shared system. A manager above that person has it and writes to you. Nobody else can read it, and we do not show it here.".to_owned(),
        ),
    }
}

/// What stands where the decision of a case would.
pub(super) fn decision_words(file: &CaseFile) -> String {
    let told = file
        .case
        .stages
        .iter()
        .rev()
        .find_map(|stage| stage.communicated.as_ref());
    let on = told.map(|told| date_long(file.in_force.setting(file.now).local_date(told.at)));
    format!(
        "The manager who dealt with it told us that they gave you their decision{}. We do not have their words: they are in what the manager wrote or said to you.",
        on.map_or_else(String::new, |on| format!(" on {on}"))
    )
}

/// Something that happened, in a few words.
pub(super) fn happened(recorded: &Recorded) -> Option<(From, String, Option<String>)> {
    let (from, title) = match &recorded.event {
        Event::Received(_) => (From::You, "You sent your complaint"),
        Event::Sealed(_) => (From::Us, "We handed your complaint over to a manager"),
        Event::PassedOn(_) => (From::Us, "We handed your complaint over to another manager"),
        Event::SealTaken(_) => (From::Us, "The manager told us that they have it"),
        Event::UpdateSent(update) if update.words.is_empty() => {
            (From::Us, "The manager told us that they wrote to you")
        }
        Event::SealAddedTo(_) => (From::You, "You added something, which the manager can read"),
        Event::SealFinished(_) => (From::Us, "The manager told us that you have their decision"),
        Event::EscalationRequested(_) => (From::You, "You asked for stage 2"),
        Event::Withdrawn(_) => (From::You, "You stopped it"),
        Event::ClockRecomputed(again) if again.new_on > again.old_on => {
            (From::Us, "The date of the decision moved, because our calendar changed")
        }
        _ => return None,
    };
    Some((from, title.to_owned(), None))
}
