//! Reading a message: once for what it says, and once more for what came with it.

mod carried;
mod fields;
mod gather;

use std::io::{self, Read};

use mail_parser::MessageParser;
use rules::mail::Message;

use crate::settings::Settings;
use crate::stream::{Role, Skeleton, Walk};
use crate::{authentic, automatic, report, words};
pub use carried::{Attachment, Attachments};
use gather::Gathered;

/// What a message says, and what is needed to read it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// What it says.
    pub message: Message,
    /// Its size in bytes.
    pub size: u64,
}

/// Reads a message as it comes. The memory for it does not grow with the message: what is large in it is counted and passed over.
///
/// Every sequence of bytes is a message: what has no header is a text, and what cannot be understood is said in [`Message::oddities`].
///
/// # Errors
/// When the bytes cannot be read.
pub fn read(message: impl Read, settings: &Settings) -> io::Result<Reading> {
    let mut walk = Walk::new(message, Skeleton::default());
    let mut gathered = Gathered::default();
    while let Some(event) = walk.next()? {
        gathered.take(event);
    }
    let whole = walk.whole();
    let skeleton = MessageParser::default().parse(&whole.skeleton);
    let message = understood(gathered, skeleton.as_ref(), settings);
    Ok(Reading {
        message,
        size: whole.size,
    })
}

fn understood(gathered: Gathered, skeleton: Option<&mail_parser::Message<'_>>, settings: &Settings) -> Message {
    let found = gathered.found();
    let mut message = Message {
        words: words::of(&found.tree, &found.lines),
        ..Message::default()
    };
    message.oddities = found.oddities;
    if let Some(skeleton) = skeleton {
        let from = fields::put(skeleton, &mut message);
        let theirs = authentic::of(skeleton, &from, settings);
        message.authentic = theirs.authentic;
        message.spam = theirs.spam;
        message.report = report::of(skeleton);
        message.automatic = automatic::of(skeleton, &settings.own);
    }
    message.unreadable = unreadable(&message, skeleton);
    // What a report is made of came with it, but is no file that anybody attached.
    let is_report = message.report.is_some();
    message.carried = found
        .carried
        .into_iter()
        .filter(|(role, _)| !(is_report && matches!(role, Role::Report | Role::Message)))
        .map(|(_, carried)| carried)
        .collect();
    message
}

/// Why nothing of it can be read, if so.
fn unreadable(message: &Message, skeleton: Option<&mail_parser::Message<'_>>) -> Option<String> {
    let has_header = skeleton.is_some_and(|skeleton| !skeleton.headers().is_empty());
    let words = &message.words.whole;
    if has_header && (!words.is_empty() || !message.subject.is_empty()) {
        return None;
    }
    if message
        .oddities
        .iter()
        .any(|odd| odd == gather::ENCRYPTED || odd == gather::SEALED)
    {
        return Some("it is encrypted".to_owned());
    }
    if !has_header && words.is_empty() {
        return Some("there are no words in it".to_owned());
    }
    let broken = words.chars().filter(|one| *one == char::REPLACEMENT_CHARACTER).count();
    (!has_header && broken * 10 > words.chars().count()).then(|| "it is no text".to_owned())
}

impl Reading {
    /// Reads the message again and hands out what came with it, one after the other.
    #[must_use]
    pub fn carried<R: Read>(&self, message: R) -> Attachments<R> {
        Attachments::new(message, &self.message.carried)
    }
}
