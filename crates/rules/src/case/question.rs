//! A question to the complainant that waits for an answer. It changes where a case stands in lists, and no date (A22, A41).

use jiff::Timestamp;

use super::event::{Event, InfoRequested};
use super::fold::Case;

/// A question that waits for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    /// What was asked, how, and by when an answer is hoped for.
    pub asked: InfoRequested,
    /// When.
    pub asked_at: Timestamp,
    /// When they were reminded, each time.
    pub reminded_at: Vec<Timestamp>,
}

impl Case {
    /// True while a question to the complainant waits for an answer.
    pub fn waits_for_answer(&self) -> bool {
        self.question.is_some()
    }

    /// A decision is made on what is known then, and what is closed asks nothing.
    pub(super) fn note_question(&mut self, event: &Event, at: Timestamp) {
        match event {
            Event::InfoRequested(asked) => {
                self.question = Some(OpenQuestion {
                    asked: asked.clone(),
                    asked_at: at,
                    reminded_at: Vec::new(),
                });
            }
            Event::InfoReminded(_) => {
                if let Some(question) = &mut self.question {
                    question.reminded_at.push(at);
                }
            }
            Event::InfoReceived(_) | Event::DecisionRecorded(_) | Event::Closed(_) => self.question = None,
            _ => {}
        }
    }
}
