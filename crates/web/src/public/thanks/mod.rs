//! Thanks, suggestions and comments (R1, R17, R38): one box, no clock, no stage.

mod handler;

pub(super) use handler::{send, sent, show};

mod template;

pub use template::thanks;

use crate::page::form::{Errors, FileReceived};

/// The form for feedback that is no complaint, as it was filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ThanksPage {
    /// Makes a second press harmless.
    pub key: String,
    /// Field `kind`: one of [`KINDS`].
    pub kind: String,
    /// Field `words`: what the person says. Must be answered.
    pub words: String,
    /// Field `about`: a person, a team or a service.
    pub about: String,
    /// Field `name`.
    pub name: String,
    /// Field `email`.
    pub email: String,
    /// How much is taken of files, in a sentence.
    pub file_limits: String,
    /// Field `files`: those that we have already, because the form was sent once before.
    pub received: Vec<FileReceived>,
    /// What is wrong with it, by field name.
    pub errors: Errors,
}

/// The kinds of feedback beside a complaint, as sent and as read.
pub const KINDS: [(&str, &str); 3] = [
    ("compliment", "Thanks"),
    ("suggestion", "A suggestion"),
    ("comment", "A comment"),
];

impl ThanksPage {
    /// An empty form: thanks is chosen, because most people who come here bring it.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            key: "99aa01c3f2".into(),
            kind: "compliment".into(),
            file_limits: rules::files::Limits::default().words(),
            ..Self::default()
        }
    }

    /// Sent without words.
    #[must_use]
    pub fn sample_errors() -> Self {
        Self {
            kind: "suggestion".into(),
            about: "The printers in Rowan House".into(),
            errors: Errors::none().with("words", "Write your suggestion"),
            ..Self::sample()
        }
    }
}
