//! A question to the complainant, the reminders of it, and what became of it (A41).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::vocabulary::Means;
use crate::coded::coded;

/// The complainant was asked something that we have to know. No clock stops for it (A22).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoRequested {
    /// The question, in words for them.
    pub question: String,
    /// By what means.
    pub by: Means,
    /// The day by which an answer is hoped for.
    pub hoped_by: Date,
}

/// The complainant was reminded of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoReminded {
    /// Which reminder it is, counted from 1 for each question.
    pub number: u32,
}

coded! {
    /// How a question came to its end.
    pub enum AnsweredBy {
        /// With the message that was recorded with it.
        Message = "message", "in a message";
        /// In another way; what they answered was written down.
        Told = "told", "in another way";
        /// The answer is not needed any more: it was found elsewhere.
        NotNeeded = "not_needed", "not needed any more";
    }
}

/// The question is not open any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InfoReceived {
    /// How.
    pub by: AnsweredBy,
    /// What they answered, or why it is not needed; none where a message says it.
    pub words: Option<String>,
}
