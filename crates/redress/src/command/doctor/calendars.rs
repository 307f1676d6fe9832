//! How far ahead the calendars reach: a date that they do not cover cannot be counted (A42).

use casework::Office;
use jiff::ToSpan as _;
use jiff::civil::Date;
use rules::clock::Calendar;

use super::finding::Finding;

/// Bank holidays are published two years ahead; half a year leaves time to write them down.
const AHEAD_DAYS: i64 = 180;
/// The longest clock of a procedure runs for weeks, and may be extended.
const SOON_DAYS: i64 = 60;

/// Looks at the calendar of every version of the procedure, and at those that single clocks count by.
pub(super) fn look(office: &Office, longest_due_on: Option<Date>) -> Vec<Finding> {
    let today = office.active().setting(office.now()).today();
    let mut ends: Vec<(String, Date)> = Vec::new();
    for version in office.versions() {
        let own = version.procedure.own_calendars();
        let own = own.filter_map(|named| version.own_calendars.of_clock(named, &version.calendar).ok());
        for calendar in own.chain([&version.calendar]) {
            let end = (calendar.name().to_owned(), end_of(calendar));
            if !ends.contains(&end) {
                ends.push(end);
            }
        }
    }
    let judged = ends.iter().map(|(name, end)| judged(name, *end, today, longest_due_on));
    judged.collect()
}

fn end_of(calendar: &Calendar) -> Date {
    *calendar.covered_days().end()
}

fn judged(name: &str, end: Date, today: Date, longest: Option<Date>) -> Finding {
    let reach = match longest {
        Some(longest) => format!("the longest date of an open case is {longest}"),
        None => "no open case has a date to meet".to_owned(),
    };
    let says = format!("The calendar {name} reaches to {end}; {reach}.");
    let todo = "Add the bank holidays and closure days of the next year under Settings: calendars, or in a new version of its file.";
    let within = |days: i64| end < today.saturating_add(days.days());
    match longest {
        Some(longest) if end < longest => Finding::fault("calendars", says, todo),
        _ if within(SOON_DAYS) => Finding::fault("calendars", says, todo),
        _ if within(AHEAD_DAYS) => Finding::warning("calendars", says, todo),
        _ => Finding::well("calendars", says),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::finding::State;
    use super::*;

    #[test]
    fn a_calendar_must_reach_beyond_every_open_date() {
        let today = date(2026, 11, 26);
        let state = |end, longest| judged("England", end, today, longest).state;
        assert_eq!(state(date(2027, 12, 31), Some(date(2027, 1, 5))), State::Well);
        assert_eq!(state(date(2027, 4, 30), None), State::Warning);
        assert_eq!(state(date(2026, 12, 31), None), State::Fault);
        assert_eq!(state(date(2027, 12, 31), Some(date(2028, 1, 4))), State::Fault);
    }
}
