//! Who complains: a name, a way to reach them, what they need.

use rules::case::vocabulary::{Channel, Means};
use rules::intake::RawFeedback;

use crate::demo::chance::Chance;
use crate::demo::texts::{Names, Text};

/// Somebody who tells us something.
#[derive(Debug, Clone, Default)]
pub(in crate::demo) struct Caller {
    /// A code of what they are to the university.
    pub(in crate::demo) kind: String,
    /// Empty for somebody who does not say.
    pub(in crate::demo) name: String,
    /// Empty where they leave none.
    pub(in crate::demo) email: String,
    /// Empty where they leave none.
    pub(in crate::demo) phone: String,
    acting_for: String,
    needs: String,
}

/// Once in so many addresses the university's own domain is mistyped, in thousandths.
const MISTYPED: u32 = 12;

impl Caller {
    /// Somebody by chance, of those who may say this.
    pub(super) fn by_chance(text: &Text, channel: Channel, names: &Names, chance: &mut Chance) -> Caller {
        let kind = chance.pick(&text.who).clone();
        if channel == Channel::Web && chance.permille(60) {
            return Caller {
                kind,
                ..Caller::default()
            };
        }
        let name = format!("{} {}", chance.pick(&names.first), chance.pick(&names.last));
        let (mut email, mut phone) = (address(&name, &kind), String::new());
        if channel == Channel::Phone || chance.permille(250) {
            phone = number(chance);
        }
        if !phone.is_empty() && chance.permille(MISTYPED * 4) {
            email = email.replace("@calderbrook.", "@calderbrok.");
        } else if channel == Channel::Phone && chance.permille(300) {
            email.clear();
        }
        let titled = kind == "staff" && chance.permille(350);
        let name = match titled {
            true => format!("{} {name}", chance.pick(&names.titles)),
            false => name,
        };
        let needs = if chance.permille(40) {
            chance.pick(&names.needs).clone()
        } else {
            String::new()
        };
        let rings = needs.contains("ring");
        Caller {
            acting_for: match chance.permille(30) {
                true => chance.pick(&names.friends).clone(),
                false => String::new(),
            },
            needs: if rings && phone.is_empty() || email.is_empty() {
                String::new()
            } else {
                needs
            },
            kind,
            name,
            email,
            phone,
        }
    }

    /// Somebody whom a scene names.
    pub(in crate::demo) fn known(name: &str, kind: &str, ways: &[Means], chance: &mut Chance) -> Caller {
        let given = |way: Means, address: String| match ways.contains(&way) {
            true => address,
            false => String::new(),
        };
        Caller {
            kind: kind.to_owned(),
            name: name.to_owned(),
            email: given(Means::Email, address(name, kind)),
            phone: given(Means::Phone, number(chance)),
            ..Caller::default()
        }
    }

    /// How staff reach them: by email where it arrives, else by phone.
    pub(in crate::demo) fn reached_by(&self) -> Means {
        let mail_arrives = !self.email.is_empty() && self.gets_letters();
        if !mail_arrives && !self.phone.is_empty() {
            Means::Phone
        } else {
            Means::Email
        }
    }

    /// Whether a letter can reach them: by email, or on the tracking page where they gave no address. A mistyped address gets nothing.
    pub(super) fn gets_letters(&self) -> bool {
        !self.email.contains("@calderbrok.")
    }

    /// What they leave on the form.
    pub(in crate::demo) fn fill_in(&self, form: RawFeedback) -> RawFeedback {
        RawFeedback {
            complainant_kind: self.kind.clone(),
            name: self.name.clone(),
            email: self.email.clone(),
            phone: self.phone.clone(),
            acting_for: self.acting_for.clone(),
            needs: self.needs.clone(),
            ..form
        }
    }
}

/// The address of somebody: our own people have the university's, the others one of somebody else's.
fn address(name: &str, kind: &str) -> String {
    let domain = match kind {
        "student" | "staff" => "calderbrook.example",
        "partner" => "wharfside-trust.example",
        _ => "post.example",
    };
    const TITLES: [&str; 7] = ["Dr ", "Professor ", "Mrs ", "Mr ", "Ms ", "Dame ", "Sir "];
    let untitled = TITLES.iter().find_map(|title| name.strip_prefix(title));
    let local: String = untitled
        .unwrap_or(name)
        .to_lowercase()
        .replace(' ', ".")
        .chars()
        .filter(|letter| letter.is_ascii_alphanumeric() || *letter == '.')
        .collect();
    format!("{local}@{domain}")
}

/// A number of those that nobody has.
fn number(chance: &mut Chance) -> String {
    format!("01632 960 {:03}", chance.between(100, 999))
}
