//! Hours as people type them: "Mon to Fri 9am-5pm; Sat 10-12am" becomes "Monday to Friday, 9am to 5pm; ...", or it is said what is missing.

use std::fmt;

use jiff::civil::Time;

use crate::clock::clock_time;
use crate::sentence::listed;

/// When somebody is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// At every hour of every day.
    Always,
    /// In these spans.
    Spans(Vec<Span>),
}

/// The same hours on some days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The days, from 0 for Monday, in order.
    pub days: Vec<usize>,
    /// From when.
    pub from: Time,
    /// Until when; midnight is the end of the day.
    pub to: Time,
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

impl Hours {
    /// Reads hours.
    ///
    /// # Errors
    /// What to write instead.
    pub fn read(typed: &str) -> Result<Hours, String> {
        let text = typed
            .to_lowercase()
            .replace(['–', '—', '-'], " to ")
            .replace([',', '&'], " ");
        let always = [
            "24 hours",
            "24/7",
            "any time",
            "always",
            "day and night",
            "24 hours every day",
        ];
        let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if always.iter().any(|words| plain == *words) {
            return Ok(Hours::Always);
        }
        let parts: Vec<&str> = text
            .split([';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        if parts.is_empty() {
            return Err("Write when somebody is there: Monday to Friday, 9am to 5pm".to_owned());
        }
        let spans: Vec<Span> = parts.into_iter().map(span).collect::<Result<_, _>>()?;
        for (place, span) in spans.iter().enumerate() {
            let again = spans[..place]
                .iter()
                .flat_map(|earlier| &earlier.days)
                .find(|day| span.days.contains(day));
            if let Some(day) = again {
                return Err(format!("{} is there twice", DAYS[*day]));
            }
        }
        Ok(Hours::Spans(spans))
    }
}

/// "monday to friday 9am to 5pm", in either order.
fn span(part: &str) -> Result<Span, String> {
    let words: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !matches!(*word, "and" | "from" | "on" | "between"))
        .collect();
    let (mut days, mut times): (Vec<usize>, Vec<Time>) = (Vec::new(), Vec::new());
    let (mut until_day, mut place) = (false, 0);
    while let Some(word) = words.get(place) {
        place += 1;
        if *word == "to" || *word == "until" {
            until_day =
                times.is_empty() && !days.is_empty() && words.get(place).is_some_and(|next| day(next).is_some());
            continue;
        }
        if let Some(more) = several(word, words.get(place).copied()) {
            place += usize::from(*word == "every");
            days.extend(more);
        } else if let Some(one) = day(word) {
            match (until_day, days.last().copied()) {
                (true, Some(first)) if first < one => days.extend(first + 1..=one),
                (true, Some(_)) => {
                    return Err(format!("In “{part}” the days run backwards: write them from Monday on"));
                }
                _ => days.push(one),
            }
            until_day = false;
        } else {
            let glued = words.get(place).is_some_and(|next| matches!(*next, "am" | "pm"));
            let typed = if glued {
                format!("{word}{}", words[place])
            } else {
                (*word).to_owned()
            };
            place += usize::from(glued);
            times.push(time(&typed)?);
        }
    }
    days.sort_unstable();
    days.dedup();
    match (days.is_empty(), times.as_slice()) {
        (true, _) => Err(format!("Say on which days in “{part}”: Monday to Friday, or every day")),
        (false, [from, to]) if from < to || *to == Time::midnight() => Ok(Span {
            days,
            from: *from,
            to: *to,
        }),
        (false, [from, to]) => Err(format!(
            "{} comes before {}: check am and pm",
            clock_time(*to),
            clock_time(*from)
        )),
        _ => Err(format!("Say from when until when in “{part}”: 9am to 5pm")),
    }
}

fn several(word: &str, next: Option<&str>) -> Option<Vec<usize>> {
    match (word, next) {
        ("weekdays" | "weekday", _) => Some((0..5).collect()),
        ("weekends" | "weekend", _) => Some(vec![5, 6]),
        ("daily" | "everyday", _) | ("every", Some("day")) => Some((0..7).collect()),
        _ => None,
    }
}

fn day(word: &str) -> Option<usize> {
    let word = word.trim_end_matches('.');
    let fits = |name: &str| {
        let name = name.to_lowercase();
        word.len() >= 3 && (name.starts_with(word) || word == format!("{name}s"))
    };
    DAYS.iter().position(|name| fits(name)).or(match word {
        "tues" => Some(1),
        "weds" => Some(2),
        "thur" | "thurs" => Some(3),
        _ => None,
    })
}

/// "9am", "9.30am", "17:00", "noon", "midnight". A bare "9" could be either.
fn time(word: &str) -> Result<Time, String> {
    match word {
        "noon" | "midday" => return Ok(Time::constant(12, 0, 0, 0)),
        "midnight" => return Ok(Time::midnight()),
        _ => {}
    }
    let unclear = || format!("“{word}” is not clear: write times like 9am, 5:30pm or 17:00");
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (word, None),
    };
    let (hour, minute) = match digits.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => (hour.parse::<i8>(), minute.parse::<i8>()),
        Some(_) => return Err(unclear()),
        None if half.is_none() => return Err(unclear()),
        None => (digits.parse(), Ok(0)),
    };
    let (Ok(hour), Ok(minute)) = (hour, minute) else {
        return Err(unclear());
    };
    let hour = match half {
        Some(_) if !(1..=12).contains(&hour) => return Err(unclear()),
        Some(half) => hour % 12 + half,
        None if hour == 24 && minute == 0 => 0,
        None => hour,
    };
    Time::new(hour, minute, 0, 0).map_err(|_| unclear())
}

impl fmt::Display for Hours {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Hours::Always => formatter.write_str("24 hours, every day"),
            Hours::Spans(spans) => {
                let said: Vec<String> = spans.iter().map(ToString::to_string).collect();
                formatter.write_str(&said.join("; "))
            }
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let to = if self.to == Time::midnight() {
            "midnight".to_owned()
        } else {
            clock_time(self.to)
        };
        write!(
            formatter,
            "{}, {} to {to}",
            days_words(&self.days),
            clock_time(self.from)
        )
    }
}

/// "Monday to Friday", "Monday and Wednesday", "Every day".
fn days_words(days: &[usize]) -> String {
    let name = |day: usize| DAYS.get(day).copied().unwrap_or_default();
    let follow = days.windows(2).all(|pair| pair[0] + 1 == pair[1]);
    match days {
        all if all.len() == 7 => "Every day".to_owned(),
        [first, .., last] if follow && days.len() > 2 => format!("{} to {}", name(*first), name(*last)),
        some => listed(&some.iter().map(|day| name(*day)).collect::<Vec<_>>()),
    }
}
