//! Letters that arrived or did not, and how the complainant is reached.

use serde::{Deserialize, Serialize};

use crate::case::facts::{Communicated, ContactData};
use crate::case::vocabulary::{Channel, Means};
use crate::letters::LetterKind;
use crate::mail::ReportKind;

/// A letter that arrived, with its text and proof.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterDelivered {
    /// Which letter.
    pub letter: LetterKind,
    /// How and when it reached them.
    pub communicated: Communicated,
    /// The subject line.
    pub subject: String,
    /// The words as they went out.
    pub text: String,
    /// The number of the event that owed the letter, by which a second try is known; none for words that were spoken.
    #[serde(default)]
    pub owed_by: Option<u32>,
    /// The hash of the words as they went out, where they were fixed before: see [`crate::letters::Composed::sha256`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

impl LetterDelivered {
    /// True for what somebody told in place of a letter: letters have a subject.
    pub fn is_told(&self) -> bool {
        self.subject.is_empty()
    }
}

/// A letter that did not arrive.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliveryFailed {
    /// Which letter.
    pub letter: LetterKind,
    /// What the server said, in words.
    pub reason: String,
    /// How often it was tried.
    pub attempts: u32,
    /// True when nobody will try again.
    pub given_up: bool,
    /// The number of a letter that the mail server had taken and that came back; none for one that it never took.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub came_back: Option<i64>,
    /// True where the conversation broke off so late that the letter may have arrived all the same: the next try may be the second that they get.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may_have_gone: bool,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

/// What a mail system reports of a letter that it had taken, short of its failure (RFC 3464, RFC 8098, RFC 5965).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterReported {
    /// Which letter.
    pub letter: LetterKind,
    /// Its number in the post room.
    pub number: i64,
    /// What is reported.
    pub told: ReportKind,
    /// In words: what it means, and what the other server said.
    pub words: String,
}

/// A letter that goes out once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterOwedAgain {
    /// Which letter.
    pub letter: LetterKind,
    /// By e-mail, or shown on the tracking page.
    pub by: Means,
    /// The address, for e-mail.
    pub to: Option<String>,
}

/// Other contact data, whole: what is not here is not known any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactCorrected {
    /// How they are reached from now on.
    pub contact: ContactData,
    /// How staff learnt it; nothing where the complainant corrected it.
    pub learnt: Option<String>,
}

/// A request for the link; nothing is said of who asked, because nobody proved who they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkRequested {
    /// How the request reached us.
    pub channel: Channel,
}
