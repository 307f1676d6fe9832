//! A case in brief: the head of its page, and of every page on which somebody acts on it.

use casework::desk::CaseFile;
use casework::desk::lists::LineDue;
use rules::case::State;
use rules::case::vocabulary::{ComplainantKind, FeedbackKind, Urgency};
use rules::deadlines::{Deadline, Duty};
use rules::procedure::EscalationGate;

use super::regime::named_by_clock;
use crate::page::clock::{Clock, ClockState};
use crate::page::words::{count, date_in_year};
use crate::staff::desk::rows::state;
use crate::staff::desk::{Seat, Wall};
use crate::staff::parts::case_head::CaseBrief;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// The brief of a case.
pub(crate) fn brief(seat: &Seat, file: &CaseFile) -> CaseBrief {
    let reference = file.case.reference.to_string();
    CaseBrief {
        title: file.case.received.title.clone(),
        href: paths::case(&reference),
        person: person(file),
        tags: tags(file),
        clock: clock(&seat.wall(), file),
        reference,
    }
}

/// How pages call the person who complained.
pub(crate) fn person(file: &CaseFile) -> String {
    let greeting = file.case.complainant.greeting();
    if greeting.is_empty() {
        "the person".to_owned()
    } else {
        greeting.to_owned()
    }
}

/// The name of the person who complained, and who they are where they said it: "Priya Nair, student".
pub(crate) fn who_complained(file: &CaseFile) -> String {
    let complainant = &file.case.complainant;
    match complainant.kind {
        ComplainantKind::NotSaid => complainant.display_name().to_owned(),
        kind => format!("{}, {}", complainant.display_name(), kind.words()),
    }
}

/// The name of a service or a problem.
pub(crate) fn category_name(file: &CaseFile, axis: &str, code: &str) -> String {
    file.catalogue.name_or_code(axis, code).to_owned()
}

fn tags(file: &CaseFile) -> Vec<Tag> {
    let case = &file.case;
    let mut tags = vec![match &case.state {
        State::Closed(ending, _) => Tag::new(&format!("Closed: {}", ending.words()), Tone::Good),
        _ if case.stage() == 0 => Tag::new("Triage", Tone::Brand),
        _ => Tag::new(&format!("Stage {}", case.stage()), Tone::Brand),
    }];
    if case.kind != FeedbackKind::Complaint {
        tags.push(Tag::new(&capital(case.kind.words()), Tone::Grey));
    }
    if let Some(category) = &case.category {
        tags.push(Tag::new(&category_name(file, "service", &category.service), Tone::Grey));
    }
    if case.complainant.kind != ComplainantKind::NotSaid {
        tags.push(Tag::new(&capital(case.complainant.kind.words()), Tone::Grey));
    }
    if case.vip.is_some() {
        tags.push(Tag::new("VIP", Tone::Staff));
    }
    if case.is_restricted() {
        tags.push(Tag::new("Restricted", Tone::Staff));
    }
    if case.is_open() && !case.reopened_at.is_empty() {
        tags.push(Tag::new("Reopened", Tone::Warn));
    }
    if case.waits_for_answer() {
        tags.push(Tag::new("Waiting for an answer", Tone::Warn));
    }
    if case.has_open_regime() {
        tags.push(Tag::new("Other regime", Tone::Warn));
    }
    if case.urgency >= Urgency::High {
        tags.push(Tag::new(&format!("{} urgency", case.urgency.words()), Tone::Bad));
    }
    tags
}

/// The clock that counts now.
pub(crate) fn clock(wall: &Wall, file: &CaseFile) -> Clock {
    let none = |line: &str, state| Clock {
        state,
        line: line.to_owned(),
        used: 0,
        total: 0,
        sub: None,
    };
    match file
        .open_date()
        .filter(|_| file.case.is_open())
        .or(file.decision_date())
    {
        Some(deadline) => clock_of(wall, file, deadline),
        None if file.case.is_open() => none("No decision date", ClockState::Ok),
        None => none("Closed", ClockState::Done),
    }
}

fn clock_of(wall: &Wall, file: &CaseFile, deadline: &Deadline) -> Clock {
    let days = file.days(deadline);
    if let Some(met_at) = deadline.met_at {
        let (line, state) = match deadline.is_late(file.now) {
            true => ("Decision given late", ClockState::Over),
            false => ("Decision given in time", ClockState::Done),
        };
        let sub = Some(format!("Stage {}, {}", deadline.stage, wall.when_inside(met_at)));
        return Clock {
            state,
            line: line.to_owned(),
            used: days.total,
            total: days.total,
            sub,
        };
    }
    let what = if deadline.duty == Duty::EscalationDecision {
        "Answer to the request"
    } else {
        "Decision"
    };
    let line = due_words(wall, what, days);
    let extended_words = if days.extended { ", extended" } else { "" };
    let sub = Some(format!(
        "{}, day {} of {}{extended_words}",
        date_in_year(days.on),
        days.used.min(days.total),
        days.total
    ));
    Clock {
        state: state(days),
        line,
        used: days.used,
        total: days.total,
        sub,
    }
}

/// "Decision due tomorrow", "Decision late by 2 working days".
pub(crate) fn due_words(wall: &Wall, what: &str, due: LineDue) -> String {
    let days = count(due.left.unsigned_abs().into(), "working day", "working days");
    match due.left {
        left if left < 0 => format!("{what} late by {days}"),
        0 => format!("{what} due today"),
        1 if wall.today().tomorrow().ok() == Some(due.on) => format!("{what} due tomorrow"),
        1 => format!("{what} due on the next working day"),
        _ => format!("{what} due in {days}"),
    }
}

/// What a clock of the procedure measures: "the stage 1 decision".
pub(crate) fn what_was_due(file: &CaseFile, clock: &str) -> String {
    let procedure = &file.in_force.procedure;
    let decided = procedure
        .stages
        .iter()
        .find(|stage| stage.decision_clock.as_str() == clock);
    let asked = |gate: &EscalationGate| gate.decide_within.as_ref().is_some_and(|name| name.as_str() == clock);
    match decided {
        Some(stage) => format!("the stage {} decision", stage.number),
        None if procedure.escalations.iter().any(asked) => "the answer to the request for the next stage".to_owned(),
        None => match named_by_clock(file, clock) {
            Some(regime) => format!("what another regime asks for ({regime})"),
            None => "the acknowledgement".to_owned(),
        },
    }
}
