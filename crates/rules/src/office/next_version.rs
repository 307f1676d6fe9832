//! The versions of the procedure one after another: which of them is in force on a day, and what may be published next (R45, P22).

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::OfficeChange;
use super::event::{OfficeEvent, Published};
use crate::case::change::{Fields, Refused, permit};
use crate::clock::full_date;
use crate::people::{Act, Person};
use crate::procedure::{Catalogue, Invalid, Procedure};

/// A version as it was published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// The day that it names.
    pub valid_from: Date,
    /// The day on which it was published.
    pub published_on: Date,
}

impl Since {
    /// The first day on which it can hold: none holds before it was published.
    #[must_use]
    pub fn holds_from(self) -> Date {
        self.valid_from.max(self.published_on)
    }
}

/// Which of the versions, in the order in which they were published, is in force on a day: the one that holds from the latest day, and of two
/// from the same day the one published last. Before the first of them holds, the first one is.
#[must_use]
pub fn in_force_on(versions: &[Since], day: Date) -> Option<usize> {
    let holding = versions
        .iter()
        .enumerate()
        .filter(|(_, since)| since.holds_from() <= day);
    let latest = holding.max_by_key(|(place, since)| (since.holds_from(), *place));
    latest.map(|(place, _)| place).or((!versions.is_empty()).then_some(0))
}

/// The last of the versions by the same order: the one that holds when every other has come into force.
#[must_use]
pub fn last_to_hold(versions: &[Since]) -> Option<usize> {
    in_force_on(versions, Date::MAX)
}

/// The version that follows `version` and was never used: "1" is followed by "1.1", that by "1.2".
#[must_use]
pub fn number_after(version: &str, used: &BTreeSet<String>) -> String {
    let (stem, last) = match version.rsplit_once('.') {
        Some((stem, last)) if last.parse::<u32>().is_ok() => (stem, last.parse().unwrap_or(0)),
        _ => (version, 0_u32),
    };
    let mut numbers = (last + 1..).map(|number| format!("{stem}.{number}"));
    numbers
        .find(|candidate| !used.contains(candidate))
        .unwrap_or_else(|| format!("{version}.1"))
}

/// What somebody wants to publish.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The version.
    pub version: Published,
    /// How many versions there were when they looked.
    pub seen: usize,
}

/// Publishes a version that somebody wrote in the office.
///
/// # Errors
/// When the person may not, somebody published meanwhile, the version is not new, it is another procedure, or its day has passed.
pub fn publish_next(
    known: &[Published],
    proposal: Proposal,
    by: &Person,
    today: Date,
) -> Result<OfficeChange, Refused> {
    permit(by, Act::PublishProcedure)?;
    let Proposal { version, seen } = proposal;
    if let Some(newer) = known.get(seen..).and_then(|newer| newer.last()) {
        return Err(Refused::NotNow(format!(
            "Somebody published version {} while you looked at this. Look at what changes again, then publish.",
            newer.version
        )));
    }
    let mut fields = Fields::default();
    if let Some(same) = known.iter().find(|same| same.version == version.version) {
        fields.ask("procedure_text", twice(same));
    }
    if let Some(other) = known.first().filter(|other| other.id != version.id) {
        fields.ask(
            "procedure_text",
            format!(
                "This is another procedure: its id is \"{}\". The office works under \"{}\"; keep that id",
                version.id, other.id
            ),
        );
    }
    if version.valid_from < today {
        fields.ask(
            "valid_from",
            format!(
                "{} has passed. Choose today or a later day: cases that were received before keep their version",
                full_date(version.valid_from)
            ),
        );
    }
    fields.finish()?;
    Ok(OfficeChange::of(vec![OfficeEvent::ProcedurePublished(version)]))
}

fn twice(same: &Published) -> String {
    format!(
        "Version {} was published already, to hold from {}. Give the changed procedure a new version",
        same.version,
        full_date(same.valid_from)
    )
}

/// Holds a new version against every category that cases may carry: none is taken out, so that each keeps its name (R60).
///
/// # Errors
/// One fault for each that is missing.
pub fn keeps_categories(known: &Catalogue, after: &Procedure) -> Result<(), Vec<Invalid>> {
    let mut faults = Vec::new();
    for axis in known.axes() {
        let still = after.categories.iter().find(|same| same.code == axis.code);
        let codes: BTreeSet<&str> = still
            .into_iter()
            .flat_map(|axis| &axis.categories)
            .map(|category| category.code.as_str())
            .collect();
        for gone in axis
            .categories
            .iter()
            .filter(|category| !codes.contains(category.code.as_str()))
        {
            faults.push(Invalid {
                file: after.id.clone().into(),
                line: 0,
                path: format!("axis.{}.category.{}", axis.code, gone.code),
                reason: format!(
                    "the category {} ({}) is gone, and cases may carry it. Keep it, with standing = \"retired\" if it is not to be chosen any more",
                    gone.code, gone.name
                ),
            });
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}
