//! From the values that a directory holds of somebody to a person; what is too long or too many is cut, and said.

use rules::directory::{Away, DirectoryPerson};

/// The longest text that is kept, in characters.
const LONGEST: usize = 300;
/// How many values of one kind are kept: addresses, usernames, managers.
const MOST: usize = 20;
/// How many groups are kept of one person.
const MOST_GROUPS: usize = 500;

/// The values, as they were found.
#[derive(Debug, Default)]
pub(crate) struct Values {
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) given: String,
    pub(crate) family: String,
    pub(crate) usernames: Vec<String>,
    pub(crate) emails: Vec<String>,
    pub(crate) unit: String,
    pub(crate) managers: Vec<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) away: Option<Away>,
}

/// Whether something was cut.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Cut(pub(crate) bool);

impl Values {
    /// The person; nothing where they have no name, or nothing to be known by.
    pub(crate) fn person(self, cut: &mut Cut) -> Option<DirectoryPerson> {
        let text = |text: &str, cut: &mut Cut| short(&rules::unseen::without_unseen(text), cut);
        let (given, family) = (text(&self.given, cut), text(&self.family, cut));
        let name = match text(&self.name, cut) {
            name if name.is_empty() => text(&format!("{given} {family}"), cut),
            name => name,
        };
        let mut emails = several(self.emails, MOST, cut);
        emails.retain(|email| rules::intake::contact::looks_like_email(email));
        let person = DirectoryPerson {
            key: self.key,
            name,
            given,
            family,
            usernames: several(self.usernames, MOST, cut),
            emails,
            unit: text(&self.unit, cut),
            managers: as_they_are(self.managers, MOST, cut),
            groups: as_they_are(self.groups, MOST_GROUPS, cut),
            away: self.away,
        };
        let is_somebody = !person.key.is_empty() && !person.name.is_empty();
        is_somebody.then_some(person)
    }
}

/// Values by which somebody is known: in small letters, in their order, each once.
fn several(values: Vec<String>, most: usize, cut: &mut Cut) -> Vec<String> {
    let small = values.iter().map(|value| value.trim().to_lowercase()).collect();
    as_they_are(small, most, cut)
}

fn as_they_are(values: Vec<String>, most: usize, cut: &mut Cut) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    for value in values.into_iter().filter(|value| !value.is_empty()) {
        if kept.len() == most || value.chars().count() > LONGEST {
            // A name that is cut short would be another name.
            cut.0 = true;
        } else if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

fn short(text: &str, cut: &mut Cut) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    cut.0 = true;
    text.chars().take(LONGEST).collect()
}
