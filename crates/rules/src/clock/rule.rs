//! A clock rule: when it starts, how it counts, when it is due, what stops it (P2 to P18).

use jiff::civil::Time;
use serde::{Deserialize, Serialize};

use super::{ClockName, StartEvent, StopEvent};
use crate::coded::coded;

/// One clock of a procedure, ready to be computed with a [`super::Calendar`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ClockRule {
    /// Its name in the procedure file.
    pub name: ClockName,
    /// What starts it when nothing else is said (P2); see `procedure::Clock::start_for` for the reason of a stage change (P16).
    pub start: StartEvent,
    /// What is counted (P7).
    pub unit: Unit,
    /// How many of `unit`. 0 means at once.
    pub amount: u32,
    /// Whether the day of the start is day 1 (P4).
    pub count: Count,
    /// What a start on a non-working day means (P5).
    pub non_working: NonWorking,
    /// Local time of day from which a start belongs to the next day (P6). The cut-off minute itself belongs to the next day.
    pub cutoff: Option<Time>,
    /// When on the due day it is late (P9).
    pub due_time: DueTime,
    /// What happens to a due day that is not a working day (P10).
    pub roll: Roll,
    /// Which calendar it counts with (P11).
    pub calendar: CalendarRef,
    /// What stops it: any of these (P12).
    pub stop: Vec<StopEvent>,
    /// When people are warned (P18).
    pub warn: Vec<Warn>,
    /// What a breach does (P18).
    pub breach: Vec<BreachEffect>,
    /// How months are counted (P8).
    pub month_rule: MonthRule,
    /// Whether it runs once or again and again (P17).
    pub recurrence: Recurrence,
    /// Another amount if a closure day falls in the window (P21).
    pub amount_if_closure: Option<u32>,
}

impl ClockRule {
    /// A rule of `amount` `unit`s from receipt with this product's defaults: count after the day of receipt, day 1 on a
    /// working day, due at the end of the day, no cut-off, no roll (A3 to A6).
    #[must_use]
    pub fn new(name: &str, unit: Unit, amount: u32) -> Self {
        Self {
            name: ClockName::new(name),
            start: StartEvent::Received,
            unit,
            amount,
            count: Count::After,
            non_working: NonWorking::CountOn,
            cutoff: None,
            due_time: DueTime::EndOfDay,
            roll: Roll::None,
            calendar: CalendarRef::default(),
            stop: vec![StopEvent::DecisionCommunicated],
            warn: Vec::new(),
            breach: vec![BreachEffect::Alert],
            month_rule: MonthRule::Corresponding,
            recurrence: Recurrence::Once,
            amount_if_closure: None,
        }
    }

    /// The same rule with another amount, as when a rhythm of updates is agreed with the complainant (A9, P17).
    #[must_use]
    pub fn with_amount(&self, amount: u32) -> Self {
        Self { amount, ..self.clone() }
    }
}

coded! {
    /// What a clock counts (P7).
    pub enum Unit {
        /// Elapsed minutes, day and night.
        Minutes = "minutes", "minutes";
        /// Elapsed hours, day and night.
        Hours = "hours", "hours";
        /// Hours within the calendar's opening hours on working days.
        WorkingHours = "working_hours", "working hours";
        /// Working days of the calendar (business days).
        WorkingDays = "working_days", "working days";
        /// Every day.
        CalendarDays = "calendar_days", "days";
        /// Seven days each.
        Weeks = "weeks", "weeks";
        /// Calendar months.
        Months = "months", "months";
    }
}

impl Unit {
    /// The words for this many: "1 working day", "20 working days".
    #[must_use]
    pub fn with_amount(self, amount: u32) -> String {
        let words = self.words();
        if amount == 1 {
            return format!("1 {}", words.trim_end_matches('s'));
        }
        format!("{amount} {words}")
    }
}

coded! {
    /// Whether the day of the start is counted (P4).
    pub enum Count {
        /// Day 1 is the day after the start (FOIA s10; this product's default, A3).
        After = "after", "the day of the start is not counted";
        /// The day of the start is day 1.
        Inclusive = "inclusive", "the day of the start is day 1";
    }
}

coded! {
    /// What a start on a non-working day means (P5, A4).
    pub enum NonWorking {
        /// It started that day; the first working day after is day 1.
        CountOn = "count_on", "counting goes on from the next working day";
        /// It counts as started on the next working day.
        Deemed = "deemed", "it counts as started on the next working day";
    }
}

coded! {
    /// What happens to a due day that is not a working day (P10).
    pub enum Roll {
        /// It stays.
        None = "none", "a due day stays where it falls";
        /// It moves to the next working day.
        Forward = "forward", "a due day that is not a working day moves to the next working day";
        /// It moves to the working day before.
        Backward = "backward", "a due day that is not a working day moves to the working day before";
    }
}

coded! {
    /// How a month is counted (P8).
    pub enum MonthRule {
        /// To the same date of the later month, or its last day (UK GDPR requests).
        Corresponding = "corresponding", "to the same date of the later month";
        /// A period that begins with the start day, so it ends the day before that date (SI 2012/3094).
        PeriodCommencing = "period_commencing", "to the day before the same date of the later month";
    }
}

/// When on the due day it becomes late (P9, A6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DueTime {
    /// At local midnight.
    EndOfDay,
    /// At this local time.
    CloseOfBusiness(Time),
}

/// A warning point before the due instant (P18).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Warn {
    /// When this percentage (1 to 99) of the time between start and due instant has gone.
    Percent(u8),
    /// At the start of the local day that lies this many working days before the due day.
    WorkingDaysBefore(u32),
    /// On the due day at this local time.
    CloseOfBusiness(Time),
}

coded! {
    /// What a breach does (P18).
    pub enum BreachEffect {
        /// The accountable people are told.
        Alert = "alert", "the people responsible are told";
        /// A letter that gives the reason is owed.
        LateLetter = "late_letter", "a letter that says why is owed";
        /// The case moves to the next stage.
        MoveToNextStage = "move_to_next_stage", "the case moves to the next stage";
    }
}

/// Once, or again and again (P17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recurrence {
    /// It runs once.
    Once,
    /// It starts again whenever one of these happens.
    ResetBy(Vec<StopEvent>),
}

/// The calendar of a clock, by layers (P11). Empty means the calendar of the procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CalendarRef(pub Vec<String>);

impl CalendarRef {
    /// Whether the clock uses the calendar of its procedure.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.0.is_empty()
    }
}
