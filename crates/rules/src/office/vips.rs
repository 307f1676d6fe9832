//! The list of VIPs that the department keeps: whose complaints begin at stage 2 from the receipt on (R55, R88, A11).

use serde::{Deserialize, Serialize};

use super::OfficeChange;
use super::event::{OfficeEvent, VipListSet};
use crate::case::change::{Refused, permit};
use crate::case::event::VipFlagged;
use crate::case::facts::Complainant;
use crate::case::vocabulary::VipSource;
use crate::people::{Act, Person};

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct VipEntry {
    /// An e-mail address, a username, or "@office.example" for every address there; in small letters.
    pub who: String,
    /// Why: "Vice-Chancellor".
    pub why: String,
}

/// The longest list.
pub const MOST: usize = 1_000;
/// The longest part of a line, in characters.
const LONGEST: usize = 200;

/// Reads the list as it is typed: a line each, "address or username, why". Empty lines are left out; the same person twice is once.
///
/// # Errors
/// One message that names the first lines that cannot be used.
pub fn read(text: &str) -> Result<Vec<VipEntry>, Refused> {
    let mut entries: Vec<VipEntry> = Vec::new();
    let mut wrong = Vec::new();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        match entry(line) {
            Ok(entry) if entries.iter().any(|known| known.who == entry.who) => {}
            Ok(entry) => entries.push(entry),
            Err(why) => wrong.push(format!("line {number} {why}")),
        }
    }
    if entries.len() > MOST {
        return Err(Refused::field(
            "list",
            format!("Keep the list to {MOST} lines; a domain like @office.example counts as one"),
        ));
    }
    if wrong.is_empty() {
        return Ok(entries);
    }
    let more = wrong.len().saturating_sub(3);
    wrong.truncate(3);
    let more = if more > 0 {
        format!("; and {more} more")
    } else {
        String::new()
    };
    Err(Refused::field(
        "list",
        format!("Change the list: {}{more}", wrong.join("; ")),
    ))
}

fn entry(line: &str) -> Result<VipEntry, &'static str> {
    let (who, why) = line
        .split_once(',')
        .ok_or("has no comma: write who, then a comma, then why")?;
    let (who, why) = (who.trim().to_lowercase(), why.trim());
    if who.is_empty() || who.contains(char::is_whitespace) {
        return Err("begins with no email address or username");
    }
    if who == "@" || (who.starts_with('@') && !who.contains('.')) {
        return Err("names no domain after the @");
    }
    if why.is_empty() {
        return Err("does not say why");
    }
    if who.chars().count() > LONGEST || why.chars().count() > LONGEST || line.chars().any(char::is_control) {
        return Err("is too long, or holds a character that cannot be seen");
    }
    Ok(VipEntry {
        who,
        why: why.to_owned(),
    })
}

/// The list as it is typed.
pub fn written(entries: &[VipEntry]) -> String {
    let lines: Vec<String> = entries
        .iter()
        .map(|entry| format!("{}, {}", entry.who, entry.why))
        .collect();
    lines.join("\n")
}

/// Puts a list in place of the one before.
///
/// # Errors
/// When the person may not mark VIPs.
pub fn set(before: &[VipEntry], after: Vec<VipEntry>, by: &Person) -> Result<OfficeChange, Refused> {
    permit(by, Act::FlagVip)?;
    let count = |some: &[VipEntry], others: &[VipEntry]| {
        let new = some.iter().filter(|entry| !others.contains(entry)).count();
        u32::try_from(new).unwrap_or(u32::MAX)
    };
    let (added, removed) = (count(&after, before), count(before, &after));
    if added == 0 && removed == 0 {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::VipListSet(VipListSet {
        entries: after,
        added,
        removed,
    })]))
}

/// The mark that somebody on the list gets when their complaint is received.
pub fn listed(list: &[VipEntry], complainant: &Complainant) -> Option<VipFlagged> {
    marked(list, complainant, VipSource::List)
}

/// The mark of whoever is in one of the groups of the directory whose members are VIPs: the same, from another source (R88, A11).
pub fn member(members: &[VipEntry], complainant: &Complainant) -> Option<VipFlagged> {
    marked(members, complainant, VipSource::Directory)
}

fn marked(list: &[VipEntry], complainant: &Complainant, source: VipSource) -> Option<VipFlagged> {
    let given = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_lowercase());
    let (email, username) = (given(&complainant.email), given(&complainant.username));
    let is_listed = |entry: &&VipEntry| {
        let by_email = email.as_deref().is_some_and(|email| match entry.who.starts_with('@') {
            true => email.ends_with(&entry.who),
            false => email == entry.who,
        });
        by_email || username.as_deref() == Some(entry.who.as_str())
    };
    list.iter().find(is_listed).map(|entry| VipFlagged {
        source,
        detail: entry.why.clone(),
    })
}
