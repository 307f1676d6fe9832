//! The date by which a complaint was to be decided while nobody had judged it (A2, K16).

use jiff::Timestamp;
use jiff::civil::Date;

use super::Step;
use crate::case::Setting;
use crate::deadlines::decision_due;

/// Follows that date until the complaint reaches a stage. What its triage itself found is known only from then on, when the stage has a date
/// of its own.
#[derive(Debug, Default)]
pub(super) struct Untriaged {
    /// As it stood after the last instant at which something happened.
    standing: Option<Date>,
    /// As it stood before that instant.
    before: Option<Date>,
    at: Option<Timestamp>,
    triaged: bool,
}

impl Untriaged {
    pub(super) fn see(&mut self, step: &Step<'_>, setting: &Setting<'_>) {
        if self.triaged {
            return;
        }
        if self.at != Some(step.recorded.at) {
            (self.before, self.at) = (self.standing, Some(step.recorded.at));
        }
        if !step.after.stages.is_empty() {
            (self.standing, self.triaged) = (self.before, true);
            return;
        }
        let due_on = decision_due(step.after, setting).map(|due| due.due_on);
        self.standing = due_on.or(self.standing);
        // Judged in the moment in which it was logged: what its receipt alone says.
        self.before = self.before.or(self.standing);
    }

    pub(super) fn finish(self) -> Option<Date> {
        self.standing
    }
}
