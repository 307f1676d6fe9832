//! Example pages of a line manager.

use super::{HandoverPage, Part, ReadingPage, Said, Spoken};
use crate::page::form::Errors;

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
            received: "Sunday 11 October 2026, 10:05pm".into(),
            channel: "web form".into(),
            about: "Jo Bramley".into(),
            words: "The man at the counter shouted at me.\n\nEverybody in the queue turned round.".into(),
            wanted: Some("An apology.".into()),
            complainant: vec![
                ("Name".into(), "Priya Nair".into()),
                ("Email".into(), "p.nair@student.calderbrook.example".into()),
            ],
            before: vec![Spoken {
                title: "Note, Monday 12 October 2026, 8:50am".into(),
                words: "He was on the desk that evening.".into(),
            }],
            added: vec![Spoken {
                title: "They wrote, Monday 12 October 2026, 7:40pm".into(),
                words: "He did it again today.".into(),
            }],
            files: Vec::new(),
        }
    }
}
