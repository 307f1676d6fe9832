//! The dates of other regimes: each counted by its own clock from its own day, beside ours and without touching them (A38).

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{Deadline, Duty, of};
use crate::case::regime::clock_of_regime;
use crate::case::{Case, RegimePart, RegimeTag, Setting};
use crate::clock::{self, ClockError, ClockName};

/// One date for each clock of each regime that is ours to keep, met or open, also once the case is closed. What is handled elsewhere has none
/// here.
pub(super) fn of_each_regime(case: &Case, setting: &Setting<'_>) -> Vec<Result<Option<Deadline>, ClockError>> {
    let ours = case.regimes.iter().filter(|tag| tag.elsewhere.is_none());
    let parts = ours.flat_map(RegimeTag::parts);
    let dated = parts.filter_map(|part| Some((part, part.clock?)));
    dated.map(|(part, name)| date(case, part, name, setting)).collect()
}

fn date(
    case: &Case,
    part: RegimePart<'_>,
    name: &ClockName,
    setting: &Setting<'_>,
) -> Result<Option<Deadline>, ClockError> {
    let Some(clock) = setting.procedure.clock(name) else {
        return Ok(None);
    };
    let calendar = setting.own_calendars.of_clock(&clock.rule.calendar, setting.calendar)?;
    let (zone, tag) = (calendar.time_zone(), part.tag);
    let from = began(case, tag, zone)?;
    let mut due = clock::due(&clock.rule, calendar, from)?;
    if !began_with_receipt(case, tag) {
        due.explanation = due.explanation.beginning("the clock of the other regime began");
    }
    let counted = Setting { calendar, ..*setting };
    let deadline = of((Duty::Regime, 0), &clock.rule, due, from, &counted);
    let met_at = part
        .done()
        .map(|(done, recorded_at)| met(done.on, *recorded_at, zone).max(from));
    Ok(Some(Deadline {
        clock: clock_of_regime(tag.code(), name),
        met_at,
        ..deadline
    }))
}

fn began_with_receipt(case: &Case, tag: &RegimeTag) -> bool {
    tag.tagged.began_on == case.received.received_on
}

/// The instant of the receipt where the clock began on that day, else the beginning of its day: nobody knows the hour.
fn began(case: &Case, tag: &RegimeTag, zone: &TimeZone) -> Result<Timestamp, ClockError> {
    if began_with_receipt(case, tag) {
        return Ok(case.received.received_at);
    }
    midnight(tag.tagged.began_on, zone).ok_or(ClockError::OutOfRange)
}

/// When it was done: what is recorded on the same day, then; what was done earlier, at the beginning of its day.
fn met(on: Date, recorded_at: Timestamp, zone: &TimeZone) -> Timestamp {
    if zone.to_datetime(recorded_at).date() == on {
        return recorded_at;
    }
    midnight(on, zone).unwrap_or(recorded_at)
}

fn midnight(on: Date, zone: &TimeZone) -> Option<Timestamp> {
    clock::local_moment(on.to_datetime(Time::midnight()), zone)
}
