//! Example pages of a line manager.

use super::{HandoverPage, Part, ReadingPage, Said};
use crate::page::form::Errors;
use crate::page::record::RecordText;

impl HandoverPage {
    /// Just arrived.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            here: "/handover/FC-10482/00112233445566778899aabbccddeeff".into(),
            reference: "FC-10482".into(),
            key: "h1".into(),
            decision_by: Some("Thursday 15 October 2026".into()),
            taken: None,
            finished: None,
            is_open: true,
            mailbox: "g\u{2026}i@calderbrook.example".into(),
            part: Part::Whole,
            on: String::new(),
            outcome: String::new(),
            errors: Errors::none(),
        }
    }

    /// They said that they have it.
    #[must_use]
    pub fn sample_taken() -> Self {
        Self {
            taken: Some("Monday 12 October 2026, 9:20am".into()),
            ..Self::sample()
        }
    }

    /// It is over.
    #[must_use]
    pub fn sample_over() -> Self {
        Self {
            finished: Some("Wednesday 14 October 2026, 4:10pm".into()),
            decision_by: None,
            is_open: false,
            ..Self::sample_taken()
        }
    }

    /// Asked whether they have it.
    #[must_use]
    pub fn sample_have() -> Self {
        Self {
            part: Part::Have,
            ..Self::sample()
        }
    }

    /// Asked what came out of it, and sent empty.
    #[must_use]
    pub fn sample_finished_errors() -> Self {
        Self {
            part: Part::Finished,
            errors: Errors::none()
                .with("on", "Enter the day on which you told them")
                .with("outcome", "Choose how it ended"),
            ..Self::sample_taken()
        }
    }

    /// The wrong code.
    #[must_use]
    pub fn sample_code_errors() -> Self {
        Self {
            part: Part::Code,
            errors: Errors::none().with(
                "code",
                "That is not the code that we sent. Check it, or have another sent",
            ),
            ..Self::sample()
        }
    }

    /// Taken in.
    #[must_use]
    pub fn sample_said() -> Self {
        Self {
            part: Part::Said(Said::Finished),
            ..Self::sample_over()
        }
    }
}

impl ReadingPage {
    /// With everything that it can hold.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            here: "/handover/FC-10482/00112233445566778899aabbccddeeff".into(),
            reference: "FC-10482".into(),
            key: "h2".into(),
            record: RecordText::sample(),
        }
    }
}
