//! Trying a procedure out: the dates that a case would get on a given path, before anyone relies on them (P44).

mod run;

use jiff::Timestamp;
use thiserror::Error;

use super::{Facts, Procedure, StageEntryWay, StageId};
use crate::case::vocabulary::Channel;
use crate::clock::{Calendar, CalendarShelf, ClockError, ClockName, Due, StopEvent};

/// What happens to the case that is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Path {
    /// How it arrives.
    pub channel: Channel,
    /// What is known of it at triage.
    pub facts: Facts,
    /// What happens after receipt, in order of time.
    pub happenings: Vec<(Timestamp, Happening)>,
}

impl Path {
    /// A case that arrives by this channel with these facts, to which nothing happens yet.
    #[must_use]
    pub fn new(channel: Channel, facts: Facts) -> Self {
        Self {
            channel,
            facts,
            happenings: Vec::new(),
        }
    }

    /// The same, with one thing more that happens.
    #[must_use]
    pub fn then(mut self, at: Timestamp, what: Happening) -> Self {
        self.happenings.push((at, what));
        self
    }
}

/// Something that happens to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// It is acknowledged.
    Acknowledged,
    /// The decision is given.
    DecisionCommunicated,
    /// The complainant asks for the next stage, and it is granted.
    EscalationRequested,
    /// New facts are learnt, and a jump may follow: a VIP found late.
    Learnt(Facts),
    /// Staff move it to this stage without a decision.
    Rerouted(StageId),
    /// The decision clock is extended by this many working days.
    Extended(u32),
    /// The case is reopened at the same stage.
    Reopened,
    /// Anything else that stops clocks or brings them forward: a deadlock, an answered request.
    Other(StopEvent),
}

/// The dates of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// In the order in which the clocks were set.
    pub dates: Vec<PlannedDate>,
    /// The stages passed, and how each was entered.
    pub stages: Vec<(StageId, StageEntryWay)>,
}

/// One date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedDate {
    /// The clock.
    pub clock: ClockName,
    /// The stage that it belongs to, if it belongs to one.
    pub stage: Option<StageId>,
    /// From when it counts.
    pub from_at: Timestamp,
    /// When it is due, and why.
    pub due: Due,
}

/// Why a path could not be tried out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SimulateError {
    /// A date could not be computed.
    #[error(transparent)]
    Clock(#[from] ClockError),
    /// The procedure has no such stage, or none follows.
    #[error("{0}")]
    NoStage(String),
}

/// The dates that a case received then would get. A clock that names a calendar of its own is refused here; see
/// [`simulate_with`].
///
/// # Errors
/// [`SimulateError`] when the calendar does not reach far enough or the path leads to no stage.
pub fn simulate(
    procedure: &Procedure,
    calendar: &Calendar,
    received_at: Timestamp,
    path: &Path,
) -> Result<Timeline, SimulateError> {
    simulate_with(procedure, (calendar, &CalendarShelf::default()), received_at, path)
}

/// As [`simulate`], with a shelf for clocks that name calendars of their own.
///
/// # Errors
/// As [`simulate`]; a calendar that is not on the shelf.
pub fn simulate_with(
    procedure: &Procedure,
    calendars: (&Calendar, &CalendarShelf),
    received_at: Timestamp,
    path: &Path,
) -> Result<Timeline, SimulateError> {
    let mut run = run::Run::new(procedure, calendars, received_at, path);
    run.arrive(path.channel)?;
    for (at, happening) in &path.happenings {
        run.happen(*at, happening)?;
    }
    Ok(run.timeline)
}

impl Timeline {
    /// The dates of this clock, in order.
    pub fn of<'a>(&'a self, clock: &'a str) -> impl Iterator<Item = &'a PlannedDate> {
        self.dates.iter().filter(move |date| date.clock.as_str() == clock)
    }
}
