//! The pages for when something went wrong: not found, not allowed, too many tries, broken, too late. No word is lost.

mod sample;
mod template;

pub use template::trouble;

use crate::page::form::ChooseAgain;

/// What went wrong, and what the person had written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TroublePage {
    /// What went wrong.
    pub what: Trouble,
    /// The form that could not be taken, so that it can be sent again with one press.
    pub kept: Option<KeptForm>,
}

/// What went wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// 404: there is no such page, or none that this person may see; the two look the same.
    NotFound,
    /// 404: the link of a letter that handed a complaint over opens nothing, because it never did, or somebody else has that complaint now; the two
    /// look the same.
    HandoverOver,
    /// 403: the request did not come from our own page.
    Forbidden,
    /// 429: too much from one place.
    TooMany {
        /// "15 minutes".
        wait: String,
    },
    /// 500: something broke.
    Broken {
        /// What to quote on the phone, found again in the log.
        number: Option<String>,
    },
    /// 503: more comes in at this moment than can be saved.
    Busy,
    /// 503: the database is away, its disk is full, or somebody else holds it: nothing can be saved, and perhaps nothing read.
    NotNow,
    /// 503: a page took longer than people wait.
    TooSlow,
    /// 503: the same for a form. Whether it was saved is not known; sent again, it is kept once.
    TooSlowToSave,
    /// 503: closed for work on it.
    Closed {
        /// Until when: "7am on Thursday 15 October 2026".
        until: Option<String>,
    },
    /// 413: its words are more than a form holds.
    TooLarge,
    /// 422: the page was open for too long to be taken as it is.
    TimedOut,
}

impl Trouble {
    /// The status that goes with the page (RFC 9110).
    #[must_use]
    pub const fn status(&self) -> u16 {
        match self {
            Self::NotFound | Self::HandoverOver => 404,
            Self::Forbidden => 403,
            Self::TooMany { .. } => 429,
            Self::Broken { .. } => 500,
            Self::Busy | Self::NotNow | Self::TooSlow | Self::TooSlowToSave | Self::Closed { .. } => 503,
            Self::TooLarge => 413,
            Self::TimedOut => 422,
        }
    }
}

/// A form that could not be taken, with everything in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptForm {
    /// Where it is sent again.
    pub action: String,
    /// "Send complaint".
    pub button: String,
    /// The key against double presses, under the field name `key`: its own, so that what is sent again is kept once.
    pub key: String,
    /// Every field, in the order of the page.
    pub fields: Vec<KeptField>,
    /// The names of files that came with it: we have them, and they go with it when it is sent again.
    pub files: Vec<String>,
    /// Files that came with it and could not be kept.
    pub choose_again: Option<ChooseAgain>,
}

/// One field of a kept form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptField {
    /// Its name.
    pub name: String,
    /// What was in it.
    pub value: String,
    /// Its question, for words that the person wrote: they are shown in a box and can be changed. Without one it is carried unseen.
    pub label: Option<String>,
}
