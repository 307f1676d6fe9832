//! One page of each kind of trouble.

use super::{KeptField, KeptForm, Trouble, TroublePage};
use crate::page::form::ChooseAgain;

impl TroublePage {
    /// One of each kind.
    #[must_use]
    pub fn samples() -> Vec<(&'static str, Self)> {
        let page = |what| Self { what, kept: None };
        let with = |what, kept| Self { what, kept: Some(kept) };
        let without_files = KeptForm {
            files: Vec::new(),
            ..kept_sample()
        };
        let files_again = KeptForm {
            choose_again: Some(ChooseAgain::sample()),
            ..without_files.clone()
        };
        let (wait, until) = ("15 minutes".into(), Some("7am on Thursday 15 October 2026".into()));
        let number = Some("7F3A-22".into());
        vec![
            ("404", page(Trouble::NotFound)),
            ("404-handover", page(Trouble::HandoverOver)),
            ("403", page(Trouble::Forbidden)),
            ("429", page(Trouble::TooMany { wait })),
            ("500", page(Trouble::Broken { number })),
            ("503-busy", with(Trouble::Busy, kept_sample())),
            ("503-not-now", with(Trouble::NotNow, kept_sample())),
            ("503-not-shown", page(Trouble::NotNow)),
            ("503-too-slow", page(Trouble::TooSlow)),
            ("503-too-slow-to-save", page(Trouble::TooSlowToSave)),
            ("503", page(Trouble::Closed { until })),
            ("422-timed-out", with(Trouble::TimedOut, kept_sample())),
            ("422-files-again", with(Trouble::TimedOut, files_again)),
            ("413", page(Trouble::TooLarge)),
            ("413-kept", with(Trouble::TooLarge, without_files)),
            ("500-kept", with(Trouble::Broken { number: None }, kept_sample())),
        ]
    }
}

fn kept_sample() -> KeptForm {
    KeptForm {
        action: "/complain".into(),
        button: "Send complaint".into(),
        key: "5e6f".into(),
        fields: vec![
            KeptField {
                name: "what".into(),
                value: "The printer on floor 2 ate my <dissertation> & nobody came.".into(),
                label: Some("What went wrong?".into()),
            },
            KeptField {
                name: "email".into(),
                value: "jonah@calderbrook.example".into(),
                label: None,
            },
        ],
        files: vec!["print-queue.png".into()],
        choose_again: None,
    }
}
