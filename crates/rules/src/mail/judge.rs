//! What becomes of a message, by what it says and what is known of where it belongs (R18; lessons 5, 6, 8 and 9).

use super::fate::Fate;
use super::message::{Authentic, Automatic, Message};
use crate::case::Reference;

/// So many messages of one address may begin cases within an hour. Somebody who is upset sends three; a program that answers our acknowledgements
/// sends without end.
pub const CASES_AN_HOUR: u32 = 12;

/// So many messages may be added to one case within an hour.
pub const ADDED_AN_HOUR: u32 = 30;

/// What is known when a message is judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The case that it belongs to by a token that only we can have made.
    pub by_token: Option<Belongs>,
    /// The case whose reference stands in its subject. Anybody can write that.
    pub by_tag: Option<Belongs>,
    /// It carries a name that we gave a message of a trial, and that still holds.
    pub is_trial: bool,
    /// How many cases its sender began within the hour.
    pub cases_lately: u32,
}

/// A case that a message seems to belong to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Belongs {
    /// Which.
    pub case: Reference,
    /// The sender's address is one by which the complainant is reached.
    pub is_party: bool,
    /// It is confidential: about a member of staff, or sealed.
    pub is_confidential: bool,
    /// It is sealed: nobody here knows its complainant's address.
    pub is_sealed: bool,
    /// How many messages were added to it within the hour.
    pub added_lately: u32,
}

/// What becomes of it, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// What becomes of it.
    pub fate: Fate,
    /// The case that it is added to, or that is suggested.
    pub case: Option<Reference>,
    /// Why, in words for staff.
    pub why: String,
}

/// Judges a message.
///
/// What a machine sent is never answered, so it begins no case (RFC 3834, 2). What comes from nowhere certain is labelled and taken: it is never
/// rejected, and never added to a confidential case without a person.
#[must_use]
pub fn judge(message: &Message, known: &Known) -> Judged {
    if let Some(report) = &message.report {
        return Judged::aside(
            Fate::Bounce,
            format!("A mail system reports that a letter {}", report.kind.words()),
        );
    }
    if let Some(why) = message.automatic {
        // Only here, among what is set aside in any case: whoever has seen such a name hides nothing with it that somebody wrote.
        if known.is_trial {
            return Judged::aside(Fate::Trial, "We sent it to ourselves to test the mail".to_owned());
        }
        let fate = match why {
            Automatic::Own => Fate::Loop,
            _ => Fate::AutoReply,
        };
        return Judged::aside(fate, format!("Nobody wrote this: {}", why.words()));
    }
    if let Some(belongs) = &known.by_token {
        return by_token(message, belongs);
    }
    if let Some(why) = &message.spam {
        return Judged::aside(Fate::Spam, format!("The mail server calls it spam: {why}"));
    }
    if let Some(belongs) = &known.by_tag {
        return by_tag(message, belongs);
    }
    if let Some(why) = &message.unreadable {
        return Judged::aside(Fate::Unreadable, format!("It cannot be read: {why}"));
    }
    if known.cases_lately >= CASES_AN_HOUR {
        return Judged::aside(
            Fate::Loop,
            format!(
                "{} messages from this address began a case within an hour",
                known.cases_lately
            ),
        );
    }
    Judged::aside(
        Fate::NewCase,
        "Somebody wrote it, and it names no letter and no case of ours".to_owned(),
    )
}

/// Whoever has the token has a letter of ours. That is enough, unless much depends on who it is.
fn by_token(message: &Message, belongs: &Belongs) -> Judged {
    if belongs.added_lately >= ADDED_AN_HOUR {
        return Judged::loops(belongs);
    }
    let fits = belongs.is_party || belongs.is_sealed;
    if belongs.is_confidential && !(fits && is_proven(message)) {
        return Judged::waits(
            belongs,
            "It answers a letter of ours, but nothing proves who sent it, and the case is confidential",
        );
    }
    let why = match belongs.is_party {
        true => "It answers a letter of ours",
        false => "It answers a letter of ours, from another address than the complainant's",
    };
    Judged::added(belongs, why)
}

/// A reference can be guessed and written by anybody: it is believed of whoever is a party to the case (lesson 6).
fn by_tag(message: &Message, belongs: &Belongs) -> Judged {
    if belongs.added_lately >= ADDED_AN_HOUR {
        return Judged::loops(belongs);
    }
    if !belongs.is_party {
        return Judged::waits(
            belongs,
            "Its subject names a case, and its sender is not the complainant",
        );
    }
    if matches!(message.authentic, Authentic::No { .. }) || belongs.is_confidential && !is_proven(message) {
        return Judged::waits(
            belongs,
            "Its subject names a case and its sender says that they are the complainant, but nothing proves it",
        );
    }
    Judged::added(
        belongs,
        "Its subject names the case, and it comes from the complainant's address",
    )
}

fn is_proven(message: &Message) -> bool {
    matches!(message.authentic, Authentic::Yes { .. })
}

impl Judged {
    fn aside(fate: Fate, why: String) -> Judged {
        Judged { fate, case: None, why }
    }

    fn added(belongs: &Belongs, why: &str) -> Judged {
        Judged {
            fate: Fate::Added,
            case: Some(belongs.case.clone()),
            why: why.to_owned(),
        }
    }

    fn waits(belongs: &Belongs, why: &str) -> Judged {
        Judged {
            fate: Fate::Waits,
            case: Some(belongs.case.clone()),
            why: why.to_owned(),
        }
    }

    fn loops(belongs: &Belongs) -> Judged {
        Judged {
            fate: Fate::Loop,
            case: Some(belongs.case.clone()),
            why: format!(
                "{} messages were added to this case within an hour",
                belongs.added_lately
            ),
        }
    }
}
