//! What to read out after a complaint was logged, from the case: so the page says the same however often it is read.

use casework::desk::CaseFile;
use casework::letter::grouped;
use rules::case::vocabulary::FeedbackKind;
use rules::case::{Case, State};

use super::Logged;
use crate::page::words::{date_in_year, date_long};

/// The page of a case that somebody just logged, with the way to it if they may open it.
pub(super) fn logged(file: &CaseFile, href: Option<String>) -> Logged {
    let case = &file.case;
    Logged {
        notice: None,
        reference: case.reference.to_string(),
        spoken_reference: case.reference.spoken(),
        receipt_code: grouped(&case.received.receipt_code),
        say: say(file),
        next: [told(case), Some(stands(file)), job(case)]
            .into_iter()
            .flatten()
            .collect(),
        href,
    }
}

fn say(file: &CaseFile) -> String {
    let reference = file.case.reference.spoken();
    match (&file.case.state, file.case.kind) {
        (_, kind) if kind != FeedbackKind::Complaint => {
            format!("“Thank you for telling us. We read everything and pass it on. Your reference is {reference}.”")
        }
        (State::Decided(..) | State::Answered(..) | State::Closed(..), _) => format!(
            "“I am glad we could sort that out. Your reference is {reference}. If you are not happy after all, tell us and a manager \
             will look into it.”"
        ),
        _ => {
            let by = due(file).map_or_else(String::new, |on| {
                format!(" We will give you a decision by {}.", date_in_year(on))
            });
            format!("“I am sorry about that. Your reference is {reference}.{by} How would you like to hear?”")
        }
    }
}

fn due(file: &CaseFile) -> Option<jiff::civil::Date> {
    file.open_date().map(|deadline| deadline.due_on)
}

/// "At stage 2 the decision is due by the end of Monday 30 November 2026."
fn due_at_stage(file: &CaseFile) -> String {
    file.open_date().map_or_else(String::new, |due| {
        format!(
            " At stage {} the decision is due by the end of {}.",
            due.stage,
            date_long(due.due_on)
        )
    })
}

fn told(case: &Case) -> Option<String> {
    Some(match case.complainant.writes_to() {
        Some(email) => format!("We are sending the reference and the code to {email} now."),
        None => {
            "We send nothing in writing: the reference and the code are their only way back. Let them write both down."
                .to_owned()
        }
    })
}

fn stands(file: &CaseFile) -> String {
    let case = &file.case;
    match &case.state {
        State::Received if case.is_held() => {
            "It seems to be about a member of staff, so it is held: the complaints coordinator reads it first and decides who deals with it. The Helpline cannot open it until then.".to_owned()
        }
        State::Received if case.is_restricted() => {
            "It is about a member of staff: the complaints coordinator decides who deals with it, and the Helpline cannot open it.".to_owned()
        }
        State::Received if case.kind != FeedbackKind::Complaint => "It waits to be read and passed on.".to_owned(),
        State::Received if case.vip.is_some() => {
            format!("It is from a VIP: triage chooses who investigates it.{}", due_at_stage(file))
        }
        State::Received if case.risk.is_some() => {
            format!("It needs an investigation: triage chooses who does it.{}", due_at_stage(file))
        }
        State::Received => format!("It waits for triage.{}", due_at_stage(file)),
        State::Decided(..) => "The complaint is resolved. The letter that says so is on its way; then it closes by itself. It still counts.".to_owned(),
        State::Answered(..) | State::Closed(..) => "The complaint is resolved and closed. It still counts.".to_owned(),
        _ => match due(file) {
            Some(on) => format!("You have it at stage {}: decision due by the end of {}.", case.stage(), date_long(on)),
            None => format!("You have it at stage {}.", case.stage()),
        },
    }
}

fn job(case: &Case) -> Option<String> {
    let job = case.job.as_ref().filter(|_| !case.is_restricted())?;
    Some(match &job.parent {
        Some(parent) => format!("Job {} was raised, as a child of {parent}.", job.number),
        None => format!("Job {} was raised.", job.number),
    })
}
