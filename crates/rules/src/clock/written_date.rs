//! Dates and times as people read them: "Thursday 15 October 2026", "Sat 13 Jun 2026", "2:05pm" (design guide, section 7).

use jiff::civil::{Date, Time};

use super::calendar::weekday_name;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Thursday 15 October 2026".
#[must_use]
pub fn full_date(day: Date) -> String {
    format!(
        "{} {} {} {}",
        weekday_name(day.weekday()),
        day.day(),
        month_name(day),
        day.year()
    )
}

/// "Thu 15 Oct 2026".
#[must_use]
pub fn short_date(day: Date) -> String {
    format!("{} {}", short_day(day), day.year())
}

/// "Thu 15 Oct".
pub(super) fn short_day(day: Date) -> String {
    format!(
        "{} {} {}",
        &weekday_name(day.weekday())[..3],
        day.day(),
        &month_name(day)[..3]
    )
}

/// "2:05pm", "2pm" on the hour; twelve o'clock is "midday" or "midnight", because nobody knows what 12pm is.
#[must_use]
pub fn clock_time(time: Time) -> String {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight".to_owned(),
        (12, 0) => "midday".to_owned(),
        (hour, minute) => {
            let half = if hour < 12 { "am" } else { "pm" };
            let hour = if hour % 12 == 0 { 12 } else { hour % 12 };
            if minute == 0 {
                format!("{hour}{half}")
            } else {
                format!("{hour}:{minute:02}{half}")
            }
        }
    }
}

/// "October".
#[must_use]
pub fn month_name(day: Date) -> &'static str {
    MONTHS[usize::from(day.month().unsigned_abs()) - 1]
}
