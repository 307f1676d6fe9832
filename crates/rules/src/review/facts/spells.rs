//! The times that a case was open: what the flow of a month is counted from (K2, A34).

use super::updates::Updates;
use super::{OpenedBy, Spell, Step};
use crate::case::event::Event;
use crate::case::vocabulary::{Ending, LearningAnswer};
use crate::case::{Case, Setting};

/// Gathers spells while a history goes by.
#[derive(Debug, Default)]
pub(super) struct Spells {
    ended: Vec<Spell>,
    open: Option<Open>,
}

#[derive(Debug)]
struct Open {
    spell: Spell,
    /// What the updates had counted when it began.
    owed_before: u32,
    made_before: u32,
}

impl Spells {
    pub(super) fn see(&mut self, step: &Step<'_>, updates: &Updates, setting: &Setting<'_>) {
        let was_open = step.before.is_some_and(Case::is_open);
        if !was_open && step.after.is_open() {
            self.begin(step, updates, setting);
        }
        if let (true, Event::Closed(closed)) = (was_open, &step.recorded.event) {
            self.end(step, closed.ending, updates, setting);
        }
        let corrected = matches!(step.recorded.event, Event::RootCauseSet(_) | Event::LearningRecorded(_));
        if let Some(last) = self.ended.last_mut().filter(|_| corrected && !was_open) {
            (last.root_cause, last.learning) = learnt(step.after);
        }
    }

    pub(super) fn finish(mut self, updates: &Updates) -> Vec<Spell> {
        if let Some(open) = self.open.take() {
            self.ended.push(Spell {
                updates_owed: updates.owed - open.owed_before,
                updates_made: updates.made - open.made_before,
                ..open.spell
            });
        }
        self.ended
    }

    fn begin(&mut self, step: &Step<'_>, updates: &Updates, setting: &Setting<'_>) {
        let (opened_on, opened_by) = match &step.recorded.event {
            Event::Received(received) => (received.received_on, OpenedBy::Received),
            Event::EscalationRequested(_) => (setting.local_date(step.recorded.at), OpenedBy::AskedAgain),
            _ => (setting.local_date(step.recorded.at), OpenedBy::Reopened),
        };
        self.open = Some(Open {
            spell: Spell {
                opened_on,
                opened_by,
                closed_on: None,
                ending: None,
                decided_stage: 0,
                days: None,
                satisfaction: None,
                updates_owed: 0,
                updates_made: 0,
                root_cause: None,
                learning: None,
            },
            owed_before: updates.owed,
            made_before: updates.made,
        });
    }

    fn end(&mut self, step: &Step<'_>, ending: Ending, updates: &Updates, setting: &Setting<'_>) {
        let Some(open) = self.open.take() else { return };
        let closed_on = setting.local_date(step.recorded.at);
        let case = step.after;
        let told = case.stages.iter().rev().find(|stage| stage.communicated.is_some());
        let until = match ending {
            Ending::Decided => told
                .and_then(|stage| stage.communicated.as_ref())
                .map(|communicated| setting.local_date(communicated.at)),
            Ending::Noted => Some(closed_on),
            _ => None,
        };
        let days = until.and_then(|until| {
            setting
                .calendar
                .working_days_between(case.received.received_on, until)
                .ok()
        });
        let (root_cause, learning) = learnt(case);
        self.ended.push(Spell {
            root_cause,
            learning,
            closed_on: Some(closed_on),
            ending: Some(ending),
            decided_stage: told.map_or(0, |stage| stage.entry.stage),
            days,
            satisfaction: told
                .and_then(|stage| stage.decision.as_ref())
                .map(|decision| decision.satisfaction),
            updates_owed: updates.owed - open.owed_before,
            updates_made: updates.made - open.made_before,
            ..open.spell
        });
    }
}

/// Why it happened and whether something was learnt, as it is on record now.
fn learnt(case: &Case) -> (Option<String>, Option<LearningAnswer>) {
    (
        case.root_cause.clone(),
        case.learning.as_ref().map(|learning| learning.answer),
    )
}
