//! Publishing the procedure and its calendars: a version is published once, and its text never changes under it (P22, R45).

use jiff::Span;
use jiff::civil::Date;

use super::event::{OfficeEvent, Published};
use crate::audit::Hash;
use crate::clock::{Calendar, full_date};
use crate::procedure::Invalid;

/// What can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The procedure.
    Procedure,
    /// A calendar.
    Calendar,
}

/// The hash by which an event shows which text was published: 64 hexadecimal digits.
pub fn hash_of(text: &str) -> String {
    Hash::of(text.as_bytes()).to_string()
}

/// Publishes the version that a file of the installation holds, unless it was published before; `kept` is the text under which it was. What
/// the office has published since stays in force until a file of a new version comes (decisions 8 and 11).
///
/// # Errors
/// When the version was published before with another text: cases may be under it (invariant 4).
pub fn publish(document: Document, version: Published, kept: Option<&str>) -> Result<Vec<OfficeEvent>, Invalid> {
    match kept {
        Some(kept) if hash_of(kept) != version.sha256 => Err(changed_without_version(document, &version)),
        Some(_) => Ok(Vec::new()),
        None => Ok(vec![match document {
            Document::Procedure => OfficeEvent::ProcedurePublished(version),
            Document::Calendar => OfficeEvent::CalendarPublished(version),
        }]),
    }
}

/// Refuses a calendar that is otherwise than the one before on a day that has passed: dates were met or missed by it, and stay so (A42).
///
/// # Errors
/// The first such day, and what to do.
pub fn keeps_the_past(before: &Calendar, after: &Calendar, today: Date) -> Result<(), Invalid> {
    let refused = |reason: String| {
        Err(Invalid {
            file: after.id().to_owned().into(),
            line: 0,
            path: "calendar".to_owned(),
            reason,
        })
    };
    let first = *before.covered_days().start();
    if *after.covered_days().start() > first {
        return refused(format!(
            "it no longer covers {}. Dates were counted by days before its first one: let it begin where the calendar before began",
            full_date(first)
        ));
    }
    let passed = first
        .series(Span::new().days(1))
        .take_while(|day| *day < today && before.covers(*day));
    let changed = passed
        .into_iter()
        .find(|day| before.is_working_day(*day) != after.is_working_day(*day));
    match changed {
        None => Ok(()),
        Some(day) => refused(format!(
            "{} has passed and cannot change: dates were met or missed by it. Leave it as it was",
            full_date(day)
        )),
    }
}

fn changed_without_version(document: Document, version: &Published) -> Invalid {
    let (path, who, what) = match document {
        Document::Procedure => ("procedure.version", "cases may be under it", "procedure"),
        Document::Calendar => ("calendar.version", "dates were counted by it", "calendar"),
    };
    Invalid {
        file: version.id.clone().into(),
        line: 0,
        path: path.to_owned(),
        reason: format!(
            "version {} was published before with other contents, and {who}. Give the changed {what} a new version",
            version.version
        ),
    }
}
