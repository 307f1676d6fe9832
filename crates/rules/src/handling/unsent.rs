//! The forms of which an unsent draft is kept for whoever began to write it.

use crate::coded::coded;
use crate::people::Act;

coded! {
    /// The forms. The code is part of what seals the words: a note never becomes a message by way of a draft.
    pub enum DraftOf {
        /// A message to the complainant, or what was said to them.
        Message = "message", "message";
        /// A note that only staff see.
        Note = "note", "note";
        /// A stage 1 decision.
        Decision = "decide", "decision";
        /// A complaint that is logged for somebody.
        Log = "log", "complaint to log";
    }
}

impl DraftOf {
    /// What somebody must be allowed to do to send the form: nobody keeps a draft of what they could not send.
    pub fn act(self) -> Act {
        match self {
            DraftOf::Message | DraftOf::Note => Act::Write,
            DraftOf::Decision => Act::DecideFrontline,
            DraftOf::Log => Act::LogFeedback,
        }
    }
}
