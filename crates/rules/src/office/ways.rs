//! The ways to complain besides the form: where, and when somebody is there (R11, R15). The telephone cannot be switched off: it is what
//! people are told to use when the form fails, and for many the only way (R12).

use serde::{Deserialize, Serialize};

use super::OfficeChange;
use super::event::{OfficeEvent, WaysSet};
use super::hours::Hours;
use crate::case::change::{Fields, Refused, permit};
use crate::coded::coded;
use crate::intake::contact::looks_like_email;
use crate::people::{Act, Person};

coded! {
    /// Whether a way is offered.
    pub enum Open {
        /// It is.
        On = "on", "offered";
        /// It is not, and the public pages do not name it.
        Off = "off", "not offered";
    }
}

/// A way that may be switched off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Whether it is offered.
    pub open: Open,
    /// Its address: what people write to, where they go.
    pub address: String,
    /// When somebody is there; empty where it does not matter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hours: String,
    /// What it is called, where that is not clear: the network of an account.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub called: String,
}

/// Every way besides the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ways {
    /// The number.
    pub phone: String,
    /// When it is answered.
    pub phone_hours: String,
    /// An e-mail address.
    pub email: Way,
    /// Where a chat starts.
    pub chat: Way,
    /// A place to come to.
    pub in_person: Way,
    /// An account on a public network; its name is the address, where it is the link.
    pub social_media: Way,
    /// Where that account is: "https://...".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub social_link: String,
    /// Where letters go, in lines.
    pub post: Way,
}

/// A short text on one line.
const LONGEST_LINE: usize = 120;
/// The longest address for letters, in characters.
const LONGEST_POST: usize = 400;

impl Ways {
    /// The same with every text tidied and hours in their usual words.
    ///
    /// # Errors
    /// What to put right, beside `phone`, `phone_hours`, `email`, `chat`, `chat_hours`, `desk`, `desk_hours`, `social_called`, `social`,
    /// `social_link` and `post`.
    pub fn checked(mut self) -> Result<Ways, Refused> {
        let mut fields = Fields::default();
        self.phone = self.phone.trim().to_owned();
        let digits = self.phone.chars().filter(char::is_ascii_digit).count();
        let plain = |character: char| character.is_ascii_digit() || " +()-".contains(character);
        if !(5..=20).contains(&digits) || !self.phone.chars().all(plain) {
            fields.ask(
                "phone",
                "Write the telephone number with digits and spaces, like 01632 960 417",
            );
        }
        hours(&mut self.phone_hours, "phone_hours", &mut fields);
        for (way, field) in [
            (&mut self.email, "email"),
            (&mut self.chat, "chat"),
            (&mut self.in_person, "desk"),
        ] {
            tidy_line(way);
            if way.open == Open::On && way.address.is_empty() {
                fields.ask(field, "Write where, or switch it off");
            }
        }
        if self.email.open == Open::On && !self.email.address.is_empty() && !looks_like_email(&self.email.address) {
            fields.ask("email", "Enter an email address, like name@example.com");
        }
        if self.chat.open == Open::On && !self.chat.address.is_empty() && !is_link(&self.chat.address) {
            fields.ask("chat", "Write the address of the chat from https:// on");
        }
        if self.chat.open == Open::On {
            hours(&mut self.chat.hours, "chat_hours", &mut fields);
        }
        if self.in_person.open == Open::On {
            hours(&mut self.in_person.hours, "desk_hours", &mut fields);
        }
        self.check_social(&mut fields);
        self.check_post(&mut fields);
        fields.finish()?;
        Ok(self)
    }

    fn check_social(&mut self, fields: &mut Fields) {
        tidy_line(&mut self.social_media);
        self.social_link = self.social_link.trim().to_owned();
        if self.social_media.open == Open::Off {
            return;
        }
        if self.social_media.called.is_empty() {
            fields.ask("social_called", "Write the name of the network");
        }
        if self.social_media.address.is_empty() {
            fields.ask("social", "Write the name of the account, or switch it off");
        }
        if !is_link(&self.social_link) {
            fields.ask("social_link", "Write the address of the account from https:// on");
        }
    }

    fn check_post(&mut self, fields: &mut Fields) {
        let lines: Vec<&str> = self
            .post
            .address
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty())
            .collect();
        self.post.address = lines.join("\n");
        let too_long = self.post.address.chars().count() > LONGEST_POST || lines_of(&self.post.address) > 8;
        if self.post.open == Open::On && (self.post.address.is_empty() || too_long) {
            fields.ask("post", "Write the address in at most 8 lines, or switch it off");
        }
    }
}

fn lines_of(text: &str) -> usize {
    text.lines().count()
}

fn tidy_line(way: &mut Way) {
    for text in [&mut way.address, &mut way.called] {
        let tidy: String = text
            .trim()
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        *text = tidy.chars().take(LONGEST_LINE).collect();
    }
}

fn hours(text: &mut String, field: &'static str, fields: &mut Fields) {
    match Hours::read(text) {
        Ok(hours) => *text = hours.to_string(),
        Err(why) => fields.ask(field, why),
    }
}

fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.contains('.') && !host.starts_with('.'))
        && text.len() <= 300
        && text
            .chars()
            .all(|character| character.is_ascii_graphic() && !"\"<>".contains(character))
}

/// Puts the ways in place of those before; `seen` is how often they were set when the person looked.
///
/// # Errors
/// When the person may not, or somebody set them meanwhile.
pub fn set(before: (&Ways, usize), after: Ways, seen: usize, by: &Person) -> Result<OfficeChange, Refused> {
    permit(by, Act::EditWays)?;
    let (now, times) = before;
    if times != seen {
        let words = "Somebody changed the ways to complain while you wrote. What you wrote is still here: look at them as they are, then save again.";
        return Err(Refused::NotNow(words.to_owned()));
    }
    if *now == after {
        return Ok(OfficeChange::default());
    }
    Ok(OfficeChange::of(vec![OfficeEvent::WaysSet(WaysSet {
        ways: Box::new(after),
    })]))
}
