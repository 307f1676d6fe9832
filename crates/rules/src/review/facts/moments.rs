//! What else happened to a case on a day: extensions, requests for the next stage, remedies, groups (K1, K8, K9, K15).

use jiff::civil::Date;

use super::{Happened, Moment, Promptness, Step};
use crate::case::event::{Event, LetterDelivered};
use crate::case::facts::{Decision, Extension};
use crate::case::{Case, Setting};
use crate::deadlines::{Duty, countable};
use crate::letters::LetterKind;

/// Gathers moments while a history goes by.
#[derive(Debug, Default)]
pub(super) struct Moments {
    moments: Vec<Moment>,
}

impl Moments {
    pub(super) fn see(&mut self, step: &Step<'_>, setting: &Setting<'_>) {
        let today = setting.local_date(step.recorded.at);
        let stage = step.after.stage();
        match &step.recorded.event {
            Event::ExtensionApproved(extension) => self.extended(extension, setting),
            Event::LetterDelivered(delivered) => self.noticed(delivered, setting),
            Event::EscalationRequested(request) => {
                let late = request.late.then(|| LATE_REQUEST.to_owned());
                self.moments.push(Moment {
                    code: late,
                    ..plain(Happened::Asked, today, stage)
                });
            }
            Event::EscalationAccepted(_) => self.answered(Happened::Granted, step, setting),
            Event::EscalationRefused(_) => self.answered(Happened::Refused, step, setting),
            Event::DecisionCommunicated(told) => {
                let record = step.after.stages.last();
                if let Some(decision) = record.and_then(|record| record.decision.as_ref()) {
                    self.told(decision, setting.local_date(told.communicated.at), stage);
                }
            }
            Event::CaseLinked(_) | Event::CaseUnlinked(_) => self.grouped(step.after),
            _ => {}
        }
    }

    /// Whether the case follows another one now.
    fn grouped(&mut self, case: &Case) {
        self.moments.retain(|moment| moment.what != Happened::Follows);
        if case.is_in_group() && !case.leads() {
            self.moments
                .push(plain(Happened::Follows, case.received.received_on, 0));
        }
    }

    pub(super) fn finish(self) -> Vec<Moment> {
        self.moments
    }

    fn extended(&mut self, extension: &Extension, setting: &Setting<'_>) {
        let on = setting.local_date(extension.approved_at);
        self.moments.push(Moment {
            code: extension.reason_code.clone(),
            days: extension.days,
            due_on: Some(extension.old_due_on),
            promptness: Some(Promptness::Waiting),
            ..plain(Happened::Extended, on, extension.stage)
        });
    }

    /// The notice of the latest extension reached them: before the old date had passed, or after it (R76).
    fn noticed(&mut self, delivered: &LetterDelivered, setting: &Setting<'_>) {
        if delivered.letter != LetterKind::Extension {
            return;
        }
        let waiting = self
            .moments
            .iter_mut()
            .find(|moment| moment.what == Happened::Extended && moment.promptness == Some(Promptness::Waiting));
        if let Some(moment) = waiting {
            let told_on = setting.local_date(delivered.communicated.at);
            let late = moment.due_on.is_some_and(|due_on| told_on > due_on);
            moment.promptness = Some(if late { Promptness::Late } else { Promptness::InTime });
        }
    }

    fn answered(&mut self, what: Happened, step: &Step<'_>, setting: &Setting<'_>) {
        let due = step.before.and_then(|case| answer_due(case, setting));
        let stage = step.before.map_or(0, Case::stage);
        let promptness = due.as_ref().map(|due| {
            if due.has_passed(step.recorded.at) {
                Promptness::Late
            } else {
                Promptness::InTime
            }
        });
        self.moments.push(Moment {
            due_on: due.map(|due| due.due_on),
            promptness,
            ..plain(what, setting.local_date(step.recorded.at), stage)
        });
    }

    fn told(&mut self, decision: &Decision, on: Date, stage: u8) {
        let remedies = decision.remedies.iter().map(|remedy| (Happened::Remedy, &remedy.kind));
        let kinds = decision
            .resolution_kinds
            .iter()
            .map(|kind| (Happened::Resolution, kind));
        self.moments.extend(remedies.chain(kinds).map(|(what, code)| Moment {
            code: Some(code.clone()),
            ..plain(what, on, stage)
        }));
    }
}

/// The code of a request for the next stage that came after the window (A19).
pub const LATE_REQUEST: &str = "late";

fn answer_due(case: &Case, setting: &Setting<'_>) -> Option<crate::deadlines::Deadline> {
    countable(case, setting)
        .into_iter()
        .find(|deadline| deadline.duty == Duty::EscalationDecision)
}

fn plain(what: Happened, on: Date, stage: u8) -> Moment {
    Moment {
        what,
        on,
        stage,
        code: None,
        days: 0,
        due_on: None,
        promptness: None,
    }
}
