//! What the facts of a case say of it as it is now, beside what happened on its days.

use super::{AckTiming, Acknowledgement, CaseFacts};
use crate::case::event::Event;
use crate::case::vocabulary::Ending;
use crate::case::{Alert, Case, Recorded, Setting, State};
use crate::deadlines::{Duty, countable};
use crate::procedure::{InFigures, Procedure};

/// What follows from the case as it is now.
pub(super) fn of_case(case: &Case, history: &[Recorded], setting: &Setting<'_>) -> CaseFacts {
    CaseFacts {
        reference: case.reference.clone(),
        kind: case.kind,
        counted: counted(case, setting.procedure),
        channel: case.received.channel,
        complainant: case.received.complainant.kind,
        anonymous: case.received.complainant.is_anonymous(),
        restricted: case.is_restricted(),
        vip: case.vip.is_some(),
        high_risk: case.risk.as_ref().is_some_and(|risk| risk.high_risk),
        urgency: case.urgency,
        service: case.category.as_ref().map(|category| category.service.clone()),
        problem: case
            .category
            .as_ref()
            .map(|category| category.problem.clone())
            .filter(|problem| !problem.is_empty()),
        received_on: case.received.received_on,
        logged_on: setting.local_date(case.logged_at),
        owned_on: None,
        untriaged_due_on: None,
        acknowledgement: acknowledgement(case, history, setting),
        letters_lost: letters_lost(case),
        has_job: case.job.is_some(),
        spells: Vec::new(),
        stays: Vec::new(),
        moments: Vec::new(),
    }
}

/// Left out are fault reports and mistakes, and whatever else the procedure leaves out (model 3.7).
fn counted(case: &Case, procedure: &Procedure) -> InFigures {
    let State::Closed(ending, _) = &case.state else {
        return InFigures::Counted;
    };
    if matches!(ending, Ending::NotAComplaint | Ending::LoggedInError) {
        return InFigures::LeftOut;
    }
    let reason = procedure
        .closing_reasons
        .iter()
        .find(|reason| reason.code == ending.code());
    reason.map_or(InFigures::Counted, |reason| reason.counted)
}

fn acknowledgement(case: &Case, history: &[Recorded], setting: &Setting<'_>) -> Acknowledgement {
    let failures = history
        .iter()
        .filter(|recorded| matches!(recorded.event, Event::AcknowledgementFailed(_)));
    let failures = u32::try_from(failures.count()).unwrap_or(u32::MAX);
    let owed = countable(case, setting)
        .into_iter()
        .find(|deadline| deadline.duty == Duty::Acknowledge);
    let Some(owed) = owed else {
        return Acknowledgement {
            timing: AckTiming::NotOwed,
            due_on: None,
            minutes: None,
            failures,
        };
    };
    let from = case.received.received_at.max(case.logged_at);
    Acknowledgement {
        timing: match owed.met_at {
            None => AckTiming::Waiting,
            Some(at) if owed.has_passed(at) => AckTiming::Late,
            Some(_) => AckTiming::InTime,
        },
        due_on: Some(owed.due_on),
        minutes: owed.met_at.map(|at| {
            let seconds = at.duration_since(from).as_secs().max(0);
            u32::try_from(seconds.div_euclid(60) + i64::from(seconds.rem_euclid(60) > 0)).unwrap_or(u32::MAX)
        }),
        failures,
    }
}

fn letters_lost(case: &Case) -> u32 {
    let lost = case
        .alerts
        .iter()
        .filter(|alert| matches!(alert, Alert::Undelivered { given_up: true, .. }));
    u32::try_from(lost.count()).unwrap_or(u32::MAX)
}
