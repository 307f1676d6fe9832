//! What is odd in a directory, in words for whoever looks after it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::tree::in_circles;
use super::{Directory, DirectoryPerson};
use crate::coded::coded;

coded! {
    /// What can be odd.
    pub enum Kind {
        /// The directory names a manager whom it does not hold.
        Dangling = "dangling", "Line manager not in the directory";
        /// Somebody is, over some steps, above themselves.
        Circle = "circle", "In a circle, each above the next";
        /// Somebody manages others and cannot be asked.
        ManagerAway = "manager_away", "Manages others, and is away or left";
        /// Somebody manages others and has no e-mail address.
        ManagerWithoutEmail = "manager_without_email", "Manages others, without an email address";
        /// Nobody is above them.
        Top = "top", "Nobody above them, so the nominated person is asked";
        /// Several line managers.
        Several = "several", "Several line managers";
        /// Two people have one address or username.
        Shared = "shared", "Email address or username that somebody else has too";
        /// Two people have one name.
        SameName = "same_name", "Name that somebody else has too";
        /// The server says that a part of it lies elsewhere.
        Referral = "referral", "Part that lies on another server, which is not asked";
        /// What was read is no person, or lacks what makes one.
        Skipped = "skipped", "Entry that could not be used";
        /// A value was too long or too many, and was cut.
        Cut = "cut", "Entry with more or longer values than are kept";
        /// A configured group has no members.
        EmptyGroup = "empty_group", "VIP group without a member in the directory";
    }
}

/// Something odd, and whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What.
    pub kind: Kind,
    /// How many it concerns.
    pub count: u32,
    /// The first of them by name, [`SHOWN`] at most.
    pub some: Vec<String>,
}

/// How many names a finding holds.
pub const SHOWN: usize = 8;

impl Finding {
    /// A finding about these; none where there are none.
    pub fn of(kind: Kind, mut who: Vec<String>) -> Option<Finding> {
        who.sort();
        let count = u32::try_from(who.len()).unwrap_or(u32::MAX);
        who.truncate(SHOWN);
        (count > 0).then_some(Finding { kind, count, some: who })
    }

    /// Whether somebody should do something: a manager who cannot be reached, or a line that leads nowhere.
    pub fn wants_mending(&self) -> bool {
        !matches!(self.kind, Kind::Top | Kind::Several | Kind::SameName)
    }

    /// In words, with the first names: "Several line managers: 2 (Ada Green, Bea Boss)."
    pub fn words(&self) -> String {
        let Finding { kind, count, some } = self;
        let more = (*count as usize).saturating_sub(some.len());
        let more = match more {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        format!("{}: {count} ({}{more}).", kind.words(), some.join(", "))
    }
}

/// Looks through a directory.
pub fn check(directory: &Directory) -> Vec<Finding> {
    let people = directory.people();
    let mut manages = vec![false; people.len()];
    (0..people.len())
        .flat_map(|at| directory.managers(at))
        .for_each(|manager| manages[manager] = true);
    let names = |is_meant: &dyn Fn(usize, &DirectoryPerson) -> bool| {
        let meant = people.iter().enumerate().filter(|(at, person)| is_meant(*at, person));
        meant.map(|(_, person)| person.name.clone()).collect::<Vec<String>>()
    };
    let circles = in_circles(directory);
    let (shared, homonyms) = (shared(people), homonyms(people));
    let lacks = |key: &String| directory.at(key).is_none();
    [
        Finding::of(Kind::Dangling, names(&|_, person| person.managers.iter().any(lacks))),
        Finding::of(Kind::Circle, names(&|at, _| circles.binary_search(&at).is_ok())),
        Finding::of(
            Kind::ManagerAway,
            names(&|at, person| manages[at] && person.away.is_some()),
        ),
        Finding::of(
            Kind::ManagerWithoutEmail,
            names(&|at, person| manages[at] && person.emails.is_empty()),
        ),
        Finding::of(Kind::Top, names(&|at, _| directory.managers(at).next().is_none())),
        Finding::of(Kind::Several, names(&|at, _| directory.managers(at).nth(1).is_some())),
        Finding::of(Kind::Shared, shared),
        Finding::of(Kind::SameName, homonyms),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The names of those who are known by an address or username of somebody else.
fn shared(people: &[DirectoryPerson]) -> Vec<String> {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, person) in people.iter().enumerate() {
        for word in person.emails.iter().chain(&person.usernames) {
            let all = known.entry(word).or_default();
            // Their own username may be their address.
            if all.last() != Some(&at) {
                all.push(at);
            }
        }
    }
    let mut sharing: Vec<usize> = known.into_values().filter(|all| all.len() > 1).flatten().collect();
    sharing.sort_unstable();
    sharing.dedup();
    sharing.into_iter().map(|at| told_apart(&people[at])).collect()
}

fn homonyms(people: &[DirectoryPerson]) -> Vec<String> {
    let mut known: BTreeMap<String, Vec<&DirectoryPerson>> = BTreeMap::new();
    for person in people {
        known.entry(person.name.to_lowercase()).or_default().push(person);
    }
    let several = known.into_values().filter(|all| all.len() > 1);
    several.flatten().map(told_apart).collect()
}

/// A name with what else the person is known by: "Daniel Green (dgreen1)".
fn told_apart(person: &DirectoryPerson) -> String {
    match person.usernames.first().or(person.emails.first()) {
        Some(known_as) => format!("{} ({known_as})", person.name),
        None => person.name.clone(),
    }
}
