//! Groups of the directory whose members are VIPs (R55, R88, A11).

use super::{Directory, Finding, Kind};
use crate::office::vips::VipEntry;

/// The members of the groups, by their addresses and usernames, each with the name of the group; and which groups have no member.
pub fn vips(directory: &Directory, groups: &[String]) -> (Vec<VipEntry>, Option<Finding>) {
    let (mut entries, mut empty) = (Vec::new(), Vec::new());
    for group in groups {
        let before = entries.len();
        let members = directory.people().iter().filter(|person| {
            let is_it = |theirs: &String| is_group(theirs, group);
            person.groups.iter().any(is_it)
        });
        for person in members {
            entries.extend(person.emails.iter().chain(&person.usernames).map(|who| VipEntry {
                who: who.clone(),
                why: short(group).to_owned(),
            }));
        }
        if entries.len() == before {
            empty.push(group.clone());
        }
    }
    entries.sort();
    entries.dedup_by(|later, kept| later.who == kept.who);
    (entries, Finding::of(Kind::EmptyGroup, empty))
}

/// Whether a group of somebody is the one that was meant: by its whole name, or by the first part of it ("executive" for
/// "cn=executive,ou=groups,dc=office,dc=example"), in whatever letters.
pub fn is_group(theirs: &str, meant: &str) -> bool {
    let whole = theirs.trim().to_lowercase() == meant.trim().to_lowercase();
    whole || (!meant.contains('=') && short(theirs).to_lowercase() == meant.trim().to_lowercase())
}

/// The name of a group as people say it: the value of the first part of a distinguished name (RFC 4514), or all of it.
pub fn short(group: &str) -> &str {
    let first = group.split(',').next().unwrap_or(group);
    first.split_once('=').map_or(group, |(_, value)| value).trim()
}
