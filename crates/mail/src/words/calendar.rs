//! An entry of a calendar (RFC 5545) in one readable line; the entry itself stays with the message.

use jiff::civil::DateTime;

use crate::stream::one_line;

/// How much of a value is told, in characters.
const LONGEST: usize = 200;

/// What an entry says, if it is one: "Invitation: Talk about the printer, Thursday 15 October 2026, 14:00 UTC, Room 2, from pat@uni.example".
pub(crate) fn line(text: &str) -> Option<String> {
    let unfolded = text.replace("\r\n", "\n").replace("\n ", "").replace("\n\t", "");
    let mut entry = Entry::default();
    let mut inside = false;
    for line in unfolded.lines() {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let (name, parameters) = name.split_once(';').unwrap_or((name, ""));
        match (name.to_ascii_uppercase().as_str(), inside) {
            ("BEGIN", _) => inside |= value.trim().eq_ignore_ascii_case("VEVENT"),
            ("END", true) if value.trim().eq_ignore_ascii_case("VEVENT") => break,
            ("METHOD", _) => entry.method = value.trim().to_ascii_uppercase(),
            ("SUMMARY", true) => entry.summary = words(value),
            ("DTSTART", true) => entry.starts = moment(value.trim(), parameters),
            ("LOCATION", true) => entry.place = words(value),
            ("ORGANIZER", true) => {
                entry.organiser = words(value.trim_start_matches("mailto:").trim_start_matches("MAILTO:"))
            }
            _ => {}
        }
    }
    inside.then(|| entry.words())
}

#[derive(Debug, Default)]
struct Entry {
    method: String,
    summary: String,
    starts: Option<String>,
    place: String,
    organiser: String,
}

impl Entry {
    fn words(&self) -> String {
        let what = match self.method.as_str() {
            "REQUEST" => "Invitation",
            "CANCEL" => "Cancelled appointment",
            "REPLY" => "Answer to an invitation",
            "COUNTER" => "Another time proposed",
            _ => "Appointment",
        };
        let from = if self.organiser.is_empty() {
            String::new()
        } else {
            format!("from {}", self.organiser)
        };
        let said = [
            self.summary.as_str(),
            self.starts.as_deref().unwrap_or_default(),
            &self.place,
            &from,
        ];
        let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
        if said.is_empty() {
            what.to_owned()
        } else {
            format!("{what}: {}", said.join(", "))
        }
    }
}

/// Text with its escapes undone.
fn words(value: &str) -> String {
    let plain = value
        .replace("\\n", " ")
        .replace("\\N", " ")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\\\", "\\");
    one_line(&plain, LONGEST)
}

/// `20261015T140000Z`, `20261015T140000` with a time zone, or a day.
fn moment(value: &str, parameters: &str) -> Option<String> {
    let (value, zone) = match value.strip_suffix('Z') {
        Some(value) => (value, " UTC".to_owned()),
        None => (value, zone(parameters)),
    };
    let whole = if value.contains('T') {
        value.to_owned()
    } else {
        format!("{value}T000000")
    };
    let at: DateTime = DateTime::strptime("%Y%m%dT%H%M%S", &whole).ok()?;
    let day = at.strftime("%A %-d %B %Y").to_string();
    Some(if value.contains('T') {
        format!("{day}, {}{zone}", at.strftime("%H:%M"))
    } else {
        day
    })
}

fn zone(parameters: &str) -> String {
    let named = parameters
        .split(';')
        .find_map(|parameter| parameter.strip_prefix("TZID="));
    named.map_or_else(String::new, |zone| {
        format!(" ({})", one_line(zone.trim_matches('"'), LONGEST))
    })
}
