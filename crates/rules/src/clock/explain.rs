//! How a date came about, step by step, so that it can be printed and checked by hand (P43).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::written_date::{short_date, short_day};
use crate::coded::coded;

/// The account of one computed date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The rule in one sentence.
    pub rule: String,
    /// What happened to the date, day by day.
    pub steps: Vec<Step>,
    /// The conclusion: "due by the end of Wed 17 Jun 2026".
    pub conclusion: String,
    /// The calendar it was counted with.
    pub calendar: String,
    /// The version of that calendar.
    pub calendar_version: String,
    /// The procedure, if the rule came from one.
    pub procedure: Option<ProcedureStamp>,
}

/// Which procedure, in which version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureStamp {
    /// The procedure's id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// One step of the account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The day it is about.
    pub on: Date,
    /// What happens.
    pub what: StepKind,
    /// In words: the time of receipt, the name of the holiday.
    pub note: String,
    /// Which day of the count it is, where it is counted.
    pub counted: Option<u32>,
}

coded! {
    /// What a step does.
    pub enum StepKind {
        /// The clock starts.
        Started = "started", "started";
        /// It arrived after the cut-off and belongs to the next day.
        AfterCutOff = "after_cut_off", "after the cut-off";
        /// It counts as started on this day.
        Deemed = "deemed", "counts as started";
        /// This day is counted.
        Counted = "counted", "counted";
        /// This day is not counted.
        Skipped = "skipped", "not counted";
        /// Where days, weeks or months lead without counting each day.
        Reckoned = "reckoned", "reckoned";
        /// The month has no such day, so its last day is taken.
        Clamped = "clamped", "last day of the month";
        /// The due day moved because it was not a working day.
        Rolled = "rolled", "moved";
        /// A closure in the window makes the period longer.
        Lengthened = "lengthened", "made longer";
        /// A pause moved the due day.
        Paused = "paused", "paused";
        /// An extension moved the due day.
        Extended = "extended", "extended";
        /// Something happened that made it due at once.
        BroughtForward = "brought_forward", "due at once";
        /// The calendar changed, and the due day with it.
        Recomputed = "recomputed", "computed again";
    }
}

impl Explanation {
    /// The account as one line: "received Sat 13 Jun 2026 23:30; Sun 14 Jun is not counted (Sunday); Mon 15 Jun is day 1;
    /// ...; due by the end of Wed 17 Jun 2026".
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut parts: Vec<String> = self.steps.iter().map(Step::to_text).collect();
        parts.push(self.conclusion.clone());
        parts.join("; ")
    }

    /// The account with its authority: the rule, each step on a line, calendar and procedure with their versions.
    #[must_use]
    pub fn to_lines(&self) -> Vec<String> {
        let mut lines = vec![self.rule.clone()];
        lines.extend(self.steps.iter().map(Step::to_text));
        lines.push(self.conclusion.clone());
        lines.push(format!("calendar: {}", self.calendar_version));
        if let Some(stamp) = &self.procedure {
            lines.push(format!("procedure: {}, version {}", stamp.id, stamp.version));
        }
        lines
    }

    /// The same account with other words for what started the clock: "they heard from us Sat 13 Jun 2026 23:30".
    #[must_use]
    pub fn starting(mut self, what: &str) -> Self {
        for step in self.steps.iter_mut().filter(|step| step.what == StepKind::Started) {
            let (_, when) = step.note.split_once(&short_date(step.on)).unwrap_or_default();
            step.note = format!("{what} {}{when}", short_date(step.on));
        }
        self
    }

    /// The same account of a clock that began on a day and at no hour: "the clock of the other regime began Sat 13 Jun 2026".
    #[must_use]
    pub fn beginning(mut self, what: &str) -> Self {
        for step in self.steps.iter_mut().filter(|step| step.what == StepKind::Started) {
            step.note = format!("{what} {}", short_date(step.on));
        }
        self
    }

    /// The same account under the name of its procedure.
    #[must_use]
    pub fn under(mut self, id: &str, version: &str) -> Self {
        self.procedure = Some(ProcedureStamp {
            id: id.to_owned(),
            version: version.to_owned(),
        });
        self
    }
}

impl Step {
    /// The step in words.
    #[must_use]
    pub fn to_text(&self) -> String {
        match self.what {
            StepKind::Counted => {
                format!("{} is day {}", short_day(self.on), self.counted.unwrap_or_default())
            }
            StepKind::Skipped => format!("{} is not counted ({})", short_day(self.on), self.note),
            StepKind::Started => self.note.clone(),
            _ => format!("{}: {}", short_date(self.on), self.note),
        }
    }
}
