//! What a message says, as far as it could be understood. Nothing of it is believed yet.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::Reason;
use crate::coded::coded;

/// What a message says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it, as it says (RFC 5322, 3.6.2).
    pub from: Option<Address>,
    /// Where an answer is wanted, if elsewhere.
    pub reply_to: Option<Address>,
    /// To whom it is addressed: To and Cc.
    pub to: Vec<Address>,
    /// Its subject, decoded (RFC 2047), on one line; empty where it has none.
    pub subject: String,
    /// When it was written, as it says.
    pub written_at: Option<Timestamp>,
    /// Its own number, without angle brackets.
    pub message_id: Option<String>,
    /// The messages that it answers, without angle brackets: In-Reply-To first, then References from the latest to the oldest, each once.
    pub answers: Vec<String>,
    /// What was written.
    pub words: Words,
    /// What came with it, in the order of the message.
    pub carried: Vec<Carried>,
    /// Why a machine wrote it, if one did (RFC 3834).
    pub automatic: Option<Automatic>,
    /// What a mail system reports about a letter, if it is such a report.
    pub report: Option<Report>,
    /// Whether it comes from where it says.
    pub authentic: Authentic,
    /// Why the receiving mail server calls it spam, in its own words, if it does.
    pub spam: Option<String>,
    /// What could not be understood, in words for staff; the original is kept in any case.
    pub oddities: Vec<String>,
    /// Why nothing of it can be read, if so.
    pub unreadable: Option<String>,
}

/// A mailbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// The name before it, decoded.
    pub name: Option<String>,
    /// The address itself: `local@domain`, the domain in lower case.
    pub address: String,
}

/// The words of a message as plain text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// What is new: without the message that it answers and without the signature.
    pub new: String,
    /// All of it.
    pub whole: String,
    /// The HTML of it, cleaned of everything that runs or loads something, where there is HTML and nothing to prefer to it.
    pub html: Option<String>,
}

/// Something that came with a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Carried {
    /// Its place in the message: by this it is asked for when the bytes are read.
    pub part: u32,
    /// Its name, as it says.
    pub name: Option<String>,
    /// Its type, as it says: `image/png`.
    pub said_type: String,
    /// Its size in bytes, decoded.
    pub size: u64,
    /// True for a picture that stands in the text.
    pub inline: bool,
}

coded! {
    /// Why a message is the work of a machine.
    pub enum Automatic {
        /// It says so (RFC 3834, 5).
        AutoSubmitted = "auto_submitted", "it says that it was sent automatically";
        /// An absence note.
        OutOfOffice = "out_of_office", "it is an absence note";
        /// Nobody is to be told when it does not arrive: only reports are sent like this (RFC 5321, 4.5.5).
        NoReturn = "no_return", "it has no sender to return to";
        /// It was sent to many.
        Bulk = "bulk", "it was sent to many at once";
        /// It came by a mailing list (RFC 2919, RFC 2369).
        List = "list", "it came by a mailing list";
        /// It carries our own mark, or comes from an address of ours.
        Own = "own", "it is a message of ours";
    }
}

coded! {
    /// What a report tells.
    pub enum ReportKind {
        /// The letter did not arrive, and nobody tries again (RFC 3464, `failed`).
        Failed = "failed", "did not arrive";
        /// It is still being tried (`delayed`).
        Delayed = "delayed", "is late";
        /// It arrived (`delivered`, `relayed`, `expanded`).
        Delivered = "delivered", "arrived";
        /// Somebody, or their program, says that it was shown (RFC 8098).
        Shown = "shown", "was shown";
        /// Somebody calls it unwanted (RFC 5965).
        Complained = "complained", "was called unwanted";
    }
}

impl ReportKind {
    /// True where it shows that the letter arrived.
    #[must_use]
    pub const fn has_arrived(self) -> bool {
        matches!(self, ReportKind::Delivered | ReportKind::Shown | ReportKind::Complained)
    }
}

/// What a mail system reports about a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// What it tells.
    pub kind: ReportKind,
    /// Whom it did not reach, or reached.
    pub recipients: Vec<Recipient>,
    /// The number of the letter (its Message-ID), without angle brackets, where the report quotes it.
    pub letter: Option<String>,
    /// The number that we gave the mail server with it (RFC 3461, ENVID).
    pub envelope: Option<String>,
}

/// One reader of the letter, in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recipient {
    /// The address, where the report says it.
    pub address: Option<String>,
    /// The status code, `5.1.1` (RFC 3463), where the report says one or its words leave no doubt.
    pub status: Option<String>,
    /// Why, as a word.
    pub reason: Reason,
    /// What the other server said.
    pub diagnostic: Option<String>,
}

/// Whether a message comes from where it says (SPF, DKIM, DMARC), as the receiving mail server found (RFC 8601).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Authentic {
    /// The domain of the sender stands behind it: by what.
    Yes {
        /// `dmarc`, `dkim`, `spf`.
        by: String,
    },
    /// It does not.
    No {
        /// What failed, in words.
        why: String,
    },
    /// Nobody who is believed has looked.
    #[default]
    Unknown,
}
