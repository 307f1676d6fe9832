//! What an e-mail told beside its words.

use serde::{Deserialize, Serialize};

use crate::mail::Authentic;

/// What an e-mail told beside its words: they stand in the event that it came with, and the original is a file of the case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailKept {
    /// The number of the event that holds its words.
    pub came_with: u32,
    /// Its number in the ledger of incoming mail.
    pub ledger: i64,
    /// Its own number (Message-ID), without angle brackets: what answers it names it.
    pub message_id: Option<String>,
    /// The name of its sender, as it says.
    pub name: Option<String>,
    /// The address of its sender, as it says.
    pub email: Option<String>,
    /// Its subject.
    pub subject: String,
    /// Whether it comes from where it says.
    pub authentic: Authentic,
    /// Why it is with this case.
    pub why: String,
    /// All of its text, where that says more than its new words: what it answers, a signature.
    pub text: Option<String>,
    /// Its page, cleaned, where it was written as one and has no text of its own; never without `text`.
    pub html: Option<String>,
    /// What came with it and was not taken, each with the reason; it is in the original.
    pub dropped: Vec<String>,
}
