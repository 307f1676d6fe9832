//! The people of the directory, as they were read.

use serde::{Deserialize, Serialize};

/// Somebody of the directory. All of it is personal data: it is kept sealed, and no log shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DirectoryPerson {
    /// What this person is known by in the directory and stays the same while they do: an identifier that the server gave, or a username.
    pub key: String,
    /// The whole name as it is shown: "Dr Ada Green".
    pub name: String,
    /// The given name; empty where the directory does not tell it apart.
    #[serde(default)]
    pub given: String,
    /// The family name; empty where the directory does not tell it apart.
    #[serde(default)]
    pub family: String,
    /// What they sign in with, in small letters.
    #[serde(default)]
    pub usernames: Vec<String>,
    /// Their e-mail addresses in small letters, the one to write to first.
    #[serde(default)]
    pub emails: Vec<String>,
    /// Department or team; empty where it is not known.
    #[serde(default)]
    pub unit: String,
    /// Their line managers by key. A key that nobody has is one whom the directory names and does not hold.
    #[serde(default)]
    pub managers: Vec<String>,
    /// The groups that they are in, as the directory names them.
    #[serde(default)]
    pub groups: Vec<String>,
    /// Why they cannot be asked now, where the directory says so.
    #[serde(default)]
    pub away: Option<Away>,
}

/// Why the directory itself says that somebody cannot be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Away {
    /// Their account is closed: they left, or never came.
    Closed,
    /// They are away for a while.
    Absent,
}

impl DirectoryPerson {
    /// The address to write to.
    pub fn mailbox(&self) -> Option<&str> {
        self.emails.first().map(String::as_str)
    }

    /// Whether they have this e-mail address or username, in whatever letters it is written.
    pub fn is_known_as(&self, written: &str) -> bool {
        let written = written.trim().to_lowercase();
        self.emails.contains(&written) || self.usernames.contains(&written)
    }
}

/// Everybody at the moment of a reading. What is asked of it is answered the same way every time, in whatever order the people came.
///
/// ```
/// use rules::directory::{Directory, DirectoryPerson};
/// let tom = DirectoryPerson { key: "tom".into(), name: "Tom Tech".into(), ..Default::default() };
/// let directory = Directory::new(vec![tom]);
/// assert_eq!(directory.person("tom").map(|person| &*person.name), Some("Tom Tech"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directory {
    /// By key, each once.
    people: Vec<DirectoryPerson>,
}

impl Directory {
    /// A directory of these people; of several with one key the first in their order is kept.
    pub fn new(mut people: Vec<DirectoryPerson>) -> Directory {
        people.sort();
        people.dedup_by(|later, kept| later.key == kept.key);
        Directory { people }
    }

    /// Everybody, by key.
    pub fn people(&self) -> &[DirectoryPerson] {
        &self.people
    }

    /// Whoever has this key.
    pub fn person(&self, key: &str) -> Option<&DirectoryPerson> {
        self.at(key).map(|at| &self.people[at])
    }

    /// Everybody with this e-mail address or username: two where the directory is not in order.
    pub fn known_as(&self, written: &str) -> Vec<&DirectoryPerson> {
        self.people
            .iter()
            .filter(|person| person.is_known_as(written))
            .collect()
    }

    /// Everybody of a unit, by key: a complaint may be about a team.
    pub fn of_unit(&self, unit: &str) -> Vec<&DirectoryPerson> {
        let unit = unit.trim().to_lowercase();
        let is_of = |person: &&DirectoryPerson| !unit.is_empty() && person.unit.to_lowercase() == unit;
        self.people.iter().filter(is_of).collect()
    }

    pub(super) fn at(&self, key: &str) -> Option<usize> {
        self.people.binary_search_by(|person| person.key.as_str().cmp(key)).ok()
    }

    /// The places of the line managers whom the directory holds. Whoever is named as their own manager has none by that: so directories write who
    /// stands at the top.
    pub(super) fn managers(&self, of: usize) -> impl Iterator<Item = usize> + '_ {
        let managers = self.people[of].managers.iter().filter_map(|key| self.at(key));
        managers.filter(move |manager| *manager != of)
    }
}
