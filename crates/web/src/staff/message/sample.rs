//! Samples of the short pages.

use super::{Confirm, ConfirmWeight, Message, Trouble};
use crate::staff::parts::answers::Answers;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::paths;

impl Message {
    /// A link that has run out.
    pub fn sample() -> Self {
        Self {
            heading: "This letter has been sent".to_owned(),
            words: "Helen Marsh signed it off today at 9:31am. Dr Bevan has it.".to_owned(),
            links: vec![Link::new("Back to sign-off", paths::SIGN_OFF)],
        }
    }
}

impl Confirm {
    /// Removing somebody.
    pub fn sample() -> Self {
        Self {
            heading: "Remove Kit Vale?".to_owned(),
            words: "Kit cannot sign in any more. What Kit did stays on record.\n\nKit has no open cases.".to_owned(),
            action: "/staff/settings/people/k.vale/remove".to_owned(),
            button: "Remove Kit Vale".to_owned(),
            weight: ConfirmWeight::Removes,
            cancel: paths::PEOPLE.to_owned(),
            form: FormState {
                answers: Answers::of(&[("username", "k.vale")]),
                ..FormState::fresh("q-1")
            },
        }
    }
}

impl Trouble {
    /// Somebody who may not sign off.
    pub fn sample_forbidden() -> Self {
        Self::Forbidden {
            what: "You cannot sign this letter off.".to_owned(),
            why: "You investigated this complaint, and nobody signs off their own investigation.".to_owned(),
            who_can: "Helen Marsh or Peter Lund can.".to_owned(),
            kept: vec![("Comments".to_owned(), "Say sorry first, please.".to_owned())],
        }
    }

    /// No such case.
    pub fn sample_not_found() -> Self {
        Self::NotFound { kept: Vec::new() }
    }

    /// Somebody else decided first.
    pub fn sample_conflict() -> Self {
        Self::Conflict {
            what_they_did: "Tom Birch recorded a decision on FC-10482 at 9:39am, while you were writing.".to_owned(),
            kept: vec![
                (
                    "What did we find?".to_owned(),
                    "Two Wi-Fi points restarted four times.".to_owned(),
                ),
                (
                    "What have we done?".to_owned(),
                    "Replaced both on Wednesday.\nWrote a letter.".to_owned(),
                ),
            ],
            now: Link::new("See FC-10482 as it is now", "/staff/c/FC-10482"),
            next: Some(Link::new(
                "Go on with FC-10491, the next in triage",
                "/staff/triage/FC-10491",
            )),
        }
    }

    /// A form that was open for too long.
    pub fn sample_expired() -> Self {
        Self::Expired {
            kept: vec![("Message".to_owned(), "Hello Priya. The letter is ready.".to_owned())],
            again: Link::new("Start again", "/staff/c/FC-10482"),
        }
    }

    /// A button that was pressed on a page that was open for too long.
    pub fn sample_expired_button() -> Self {
        Self::Expired {
            kept: Vec::new(),
            again: Link::new("Start again", "/staff/c/FC-10482"),
        }
    }

    /// More words than a form holds.
    pub fn sample_too_large() -> Self {
        Self::TooLarge {
            kept: vec![("Note".to_owned(), "Rang Dr Nair twice, no answer. ".repeat(40))],
            again: Link::new("Open the page again", "/staff/c/FC-10488/note"),
        }
    }

    /// A flood.
    pub fn sample_busy() -> Self {
        Self::Busy {
            kept: vec![("Note".to_owned(), "Rang Dr Nair twice, no answer.".to_owned())],
        }
    }

    /// A button that was pressed in a flood.
    pub fn sample_busy_button() -> Self {
        Self::Busy { kept: Vec::new() }
    }

    /// The disk is full.
    pub fn sample_not_now() -> Self {
        Self::NotNow {
            kept: vec![("Note".to_owned(), "Rang Dr Nair twice, no answer.".to_owned())],
        }
    }

    /// A page that cannot be read from where it is kept.
    pub fn sample_not_shown() -> Self {
        Self::NotNow { kept: Vec::new() }
    }

    /// A stored event that nobody can read.
    pub fn sample_broken() -> Self {
        Self::Broken {
            kept: Vec::new(),
            incident: "7F3A22C1".to_owned(),
        }
    }

    /// The same for words.
    pub fn sample_broken_kept() -> Self {
        Self::Broken {
            kept: vec![("Note".to_owned(), "Rang Dr Nair twice, no answer.".to_owned())],
            incident: "7F3A22C1".to_owned(),
        }
    }
}
