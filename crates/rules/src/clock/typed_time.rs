//! A time of day as people type it: "4:30pm", "16:30", "4pm", "midday".

use jiff::civil::Time;

/// Reads a time of day; `None` when it is none. A bare hour without "am" or "pm" is not guessed at.
#[must_use]
pub fn typed_time(typed: &str) -> Option<Time> {
    let typed: String = typed
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect::<String>()
        .to_ascii_lowercase()
        .replace('.', ":");
    match typed.as_str() {
        "midday" | "noon" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Some(Time::midnight()),
        _ => {}
    }
    let half = |ending: &str| typed.strip_suffix(ending);
    let (digits, afternoon) = match (half("am"), half("pm")) {
        (Some(digits), _) => (digits, Some(false)),
        (_, Some(digits)) => (digits, Some(true)),
        _ => (typed.as_str(), None),
    };
    let (hour, minute) = match digits.split_once(':') {
        Some((hour, minute)) if minute.len() == 2 => (number(hour)?, number(minute)?),
        Some(_) => return None,
        None if afternoon.is_some() => (number(digits)?, 0),
        None => return None,
    };
    let hour = match afternoon {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(afternoon) => hour % 12 + if afternoon { 12 } else { 0 },
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// One or two digits and nothing else: a sign is not a part of a time.
fn number(digits: &str) -> Option<i8> {
    let plain = (1..=2).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if plain { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use jiff::civil::time;

    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        for (typed, hour, minute) in [
            ("4:30pm", 16, 30),
            ("4.30 pm", 16, 30),
            ("16:30", 16, 30),
            ("4pm", 16, 0),
            ("12am", 0, 0),
            ("12:05 AM", 0, 5),
            ("12pm", 12, 0),
            ("9:05", 9, 5),
            ("midday", 12, 0),
            ("Midnight", 0, 0),
        ] {
            assert_eq!(typed_time(typed), Some(time(hour, minute, 0, 0)), "{typed}");
        }
    }

    #[test]
    fn what_is_no_time_is_not_guessed_at() {
        for typed in [
            "",
            "4",
            "25:00",
            "4:5pm",
            "13pm",
            "0am",
            "half four",
            "4:60pm",
            "-1:30",
            "+4pm",
            "::",
            "pm",
        ] {
            assert_eq!(typed_time(typed), None, "{typed}");
        }
    }
}
