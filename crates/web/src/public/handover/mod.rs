//! The pages of a line manager who has a complaint about a member of staff: they report with a press, and read with a code (R34, R35).

mod handler;
mod reading;
mod sample;
mod template;

pub(super) use handler::{finished, have, send_code, show, show_finished, show_have, told};
pub(super) use reading::{close, file, read, try_code};
pub use template::{handover, reading_page};

use crate::page::form::Errors;
use crate::page::record::RecordText;

/// What the link of a handover leads to: where the complaint stands, and what they can say. Nothing of what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverPage {
    /// The address of the page, with its secret.
    pub here: String,
    /// "FC-10482".
    pub reference: String,
    /// Makes a second press harmless.
    pub key: String,
    /// The day by whose end the decision is due, while it is open.
    pub decision_by: Option<String>,
    /// "Tuesday 9 June 2026, 9:15am": when they said that they have it.
    pub taken: Option<String>,
    /// When they said that they have finished.
    pub finished: Option<String>,
    /// True while it is theirs to work on.
    pub is_open: bool,
    /// The mailbox that a code goes to, as it may be shown.
    pub mailbox: String,
    /// Which part of the page was asked for.
    pub part: Part,
    /// Field `on`, as typed.
    pub on: String,
    /// Field `outcome`, as chosen.
    pub outcome: String,
    /// What is wrong with what they sent.
    pub errors: Errors,
}

/// What they came for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// "I have it."
    Have,
    /// "I have finished."
    Finished,
    /// A code was sent, and is asked for.
    Code,
    /// Something was taken in.
    Said(Said),
}

/// What was taken in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    /// They have it.
    Have,
    /// They wrote to whoever complained.
    Told,
    /// They have finished.
    Finished,
}

/// The record, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadingPage {
    /// The address of the page at the link, with its secret.
    pub here: String,
    /// "FC-10482".
    pub reference: String,
    /// Makes a second press harmless.
    pub key: String,
    /// What is read.
    pub record: RecordText,
}
