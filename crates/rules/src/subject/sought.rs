//! Which cases are somebody's: by what they give, each by itself. Two people may have one name, so nothing is ever decided here.

use crate::case::event::Event;
use crate::case::{Case, ContactData, Recorded, Reference};
use crate::coded::coded;

/// What somebody gives who asks for a copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sought {
    /// Their name.
    pub name: String,
    /// Their e-mail address.
    pub email: String,
    /// Their phone number.
    pub phone: String,
    /// Their user name.
    pub username: String,
    /// References that they name.
    pub references: Vec<Reference>,
}

coded! {
    /// By what a case was found.
    pub enum Because {
        /// They named it.
        Reference = "reference", "they named it";
        /// The same address stands there, now or before.
        Email = "email", "the same email address";
        /// The same number.
        Phone = "phone", "the same phone number";
        /// The same user name.
        Username = "username", "the same user name";
        /// The same name, which more than one person may have.
        Name = "name", "the same name";
    }
}

/// By what a case seems to be theirs; nothing where it does not.
pub fn because(case: &Case, history: &[Recorded], sought: &Sought) -> Vec<Because> {
    let corrected = history.iter().filter_map(|recorded| match &recorded.event {
        Event::ContactCorrected(corrected) => Some(corrected.contact.clone()),
        _ => None,
    });
    let contacts: Vec<ContactData> = std::iter::once(case.received.complainant.contact_data())
        .chain(corrected)
        .collect();
    let any = |has: &dyn Fn(&ContactData) -> bool| contacts.iter().any(has);
    let same = |one: &Option<String>, other: &str, spelt: fn(&str) -> String| {
        let other = spelt(other);
        !other.is_empty() && one.as_deref().is_some_and(|one| spelt(one) == other)
    };
    let found = [
        (Because::Reference, sought.references.contains(&case.reference)),
        (
            Because::Email,
            any(&|contact| same(&contact.email, &sought.email, folded)),
        ),
        (
            Because::Phone,
            any(&|contact| same(&contact.phone, &sought.phone, digits)),
        ),
        (
            Because::Username,
            same(&case.received.complainant.username, &sought.username, folded),
        ),
        (Because::Name, any(&|contact| same(&contact.name, &sought.name, name))),
    ];
    found
        .into_iter()
        .filter_map(|(because, is)| is.then_some(because))
        .collect()
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The end of a phone number: countries and zeros before it are written in many ways.
fn digits(text: &str) -> String {
    const KNOWN_BY: usize = 9;
    let digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
    match digits.len() < KNOWN_BY {
        true => String::new(),
        false => digits[digits.len() - KNOWN_BY..].iter().collect(),
    }
}

/// The words of a name, in whatever order.
fn name(text: &str) -> String {
    let folded = text.to_lowercase();
    let mut words: Vec<&str> = folded
        .split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort_unstable();
    words.join(" ")
}
