//! The dates of an investigator's own plan: reminders, never a promise to anybody (R72).

use jiff::Timestamp;
use jiff::civil::{Date, Time};

use super::{Deadline, Duty};
use crate::case::investigation::PlanLine;
use crate::case::{Case, Setting, State};
use crate::clock::{self, ClockError, Explanation};

/// One date for each open line, while somebody investigates.
pub(super) fn of_each_line(case: &Case, setting: &Setting<'_>) -> Vec<Result<Option<Deadline>, ClockError>> {
    let State::Open(work) = &case.state else {
        return Vec::new();
    };
    let open = case.investigation.open_lines();
    open.into_iter()
        .map(|line| date(line, (work.stage(), work.entered_at), setting).map(Some))
        .collect()
}

/// The name of the clock of a line: "plan 2".
pub fn clock_of_line(number: u32) -> String {
    format!("plan {number}")
}

fn date(line: &PlanLine, (stage, from): (u8, Timestamp), setting: &Setting<'_>) -> Result<Deadline, ClockError> {
    let zone = setting.calendar.time_zone();
    let due_on = line.line.by_on;
    let due_at = clock::end_of_local_day(due_on, zone).ok_or(ClockError::OutOfRange)?;
    // On the working day before, and on the day itself.
    let before = setting.calendar.subtract_working_days(due_on, 1)?;
    let begins = |day: Date| clock::local_moment(day.to_datetime(Time::midnight()), zone);
    let warn_at = [before, due_on].into_iter().filter_map(begins).collect();
    Ok(Deadline {
        duty: Duty::PlanLine,
        clock: clock_of_line(line.number),
        stage,
        from,
        due_on,
        due_at,
        met_at: None,
        passed_before: false,
        warn_at,
        explanation: Explanation {
            rule: "A day that the investigator planned".to_owned(),
            steps: Vec::new(),
            conclusion: format!("planned for {}", clock::full_date(due_on)),
            calendar: setting.calendar.name().to_owned(),
            calendar_version: setting.calendar.version().to_owned(),
            procedure: None,
        },
    })
}
