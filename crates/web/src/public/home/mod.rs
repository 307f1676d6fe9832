//! Home: what we promise, every way to complain, and the published procedure (R11, R13, R15).

mod handler;

pub(super) use handler::show;

mod template;

pub use template::home;

use super::procedure::PublishedProcedure;

/// The home page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HomePage {
    /// The procedure in force.
    pub procedure: PublishedProcedure,
    /// The latest changes that complaints brought about (R39); the part is left out while there are none.
    pub changes: Vec<Change>,
    /// What to say if the form cannot be used just now, with another way to reach us beside it.
    pub notice: Option<String>,
}

/// What people said and what was done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What people said, without naming anybody.
    pub you_said: String,
    /// What changed.
    pub we_did: String,
}

impl HomePage {
    /// With three changes published.
    #[must_use]
    pub fn sample() -> Self {
        Self {
            procedure: PublishedProcedure::sample(),
            changes: vec![
                change(
                    "The queue to reset a password in the first week of term was over an hour.",
                    "You can now reset it yourself with your library card, day or night.",
                ),
                change(
                    "Teaching room screens went dark and nobody knew who to call.",
                    "Every room has a sign with a direct number. Someone comes within 10 minutes.",
                ),
                change(
                    "The library printers stopped taking cards after 10pm.",
                    "We replaced the card readers. They now work all night.",
                ),
            ],
            notice: None,
        }
    }

    /// Before the first change is published, and while the form cannot be used.
    #[must_use]
    pub fn sample_form_down() -> Self {
        Self {
            changes: Vec::new(),
            notice: Some("The online form is not working just now. We are putting it right.".into()),
            ..Self::sample()
        }
    }
}

fn change(you_said: &str, we_did: &str) -> Change {
    Change {
        you_said: you_said.into(),
        we_did: we_did.into(),
    }
}
