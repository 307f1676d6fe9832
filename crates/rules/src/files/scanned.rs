//! What was said of a file by whoever looked into it for viruses. What was not looked at as a whole is never called clean.

use serde::{Deserialize, Serialize};

use crate::coded::coded;
use crate::unseen::without_unseen;

/// The longest name of what a file carries that is kept, in characters: signatures have shorter ones.
const LONGEST_NAME: usize = 120;

coded! {
    /// Why a file was not scanned.
    pub enum Unscanned {
        /// Nobody looks into files here, or nobody did when it came.
        NotSetUp = "not_set_up", "no scanner was set up";
        /// Its turn has not come.
        Waits = "waits", "its turn comes soon";
        /// The scanner could not be asked.
        Away = "away", "the scanner could not be reached";
        /// It took longer than there was time.
        TooSlow = "too_slow", "the scanner took too long";
        /// It is larger than the scanner takes.
        TooLarge = "too_large", "it is larger than the scanner takes";
        /// What is packed in it is larger, deeper or more than the scanner unpacks.
        TooMuchInside = "too_much_inside", "more is packed in it than the scanner unpacks";
        /// It opens with a password.
        Locked = "locked", "it opens with a password, so the scanner cannot look into it";
        /// The scanner gave no answer that means anything.
        NoAnswer = "no_answer", "the scanner could not say";
    }
}

impl Unscanned {
    /// Whether the reason lies with the scanner, so that a later look may well find something out; otherwise it lies in the file.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        match self {
            Unscanned::NotSetUp | Unscanned::Waits | Unscanned::Away | Unscanned::TooSlow => true,
            Unscanned::TooLarge | Unscanned::TooMuchInside | Unscanned::Locked | Unscanned::NoAnswer => false,
        }
    }
}

/// What was said of a file. The greater is the worse.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "said", rename_all = "snake_case", deny_unknown_fields)]
pub enum Scanned {
    /// Nothing bad is known of it, and all of it was looked at.
    Clean,
    /// It was not looked at as a whole.
    NotScanned {
        /// Why.
        cause: Unscanned,
    },
    /// It carries something.
    Infected {
        /// What that is called, as the scanner names it.
        carries: String,
    },
}

/// Events from before there was a scanner say nothing of it.
impl Default for Scanned {
    fn default() -> Scanned {
        Scanned::not(Unscanned::NotSetUp)
    }
}

impl Scanned {
    /// It carries this; the name is shortened and kept without what nobody sees.
    #[must_use]
    pub fn infected(name: &str) -> Scanned {
        let carries: String = without_unseen(name).trim().chars().take(LONGEST_NAME).collect();
        Scanned::Infected {
            carries: match carries.is_empty() {
                true => "something without a name".to_owned(),
                false => carries,
            },
        }
    }

    /// It was not scanned.
    #[must_use]
    pub const fn not(cause: Unscanned) -> Scanned {
        Scanned::NotScanned { cause }
    }

    /// Whether nobody ever said anything of it.
    #[must_use]
    pub fn is_unsaid(&self) -> bool {
        *self == Scanned::default()
    }

    /// Whether somebody looked at all of it.
    #[must_use]
    pub const fn is_known(&self) -> bool {
        !matches!(self, Scanned::NotScanned { .. })
    }

    /// What it carries: then nobody is handed it.
    #[must_use]
    pub fn carries(&self) -> Option<&str> {
        match self {
            Scanned::Infected { carries } => Some(carries),
            Scanned::Clean | Scanned::NotScanned { .. } => None,
        }
    }

    /// Why nobody is handed it, where nobody is.
    #[must_use]
    pub fn kept_back(&self) -> Option<String> {
        let carries = self.carries()?;
        Some(format!("carries a virus ({carries}), so nobody is handed it"))
    }

    /// Whether a later answer is worth an event: it says something else, and no excuse takes the place of an answer or of another passing excuse.
    #[must_use]
    pub fn is_outdone_by(&self, later: &Scanned) -> bool {
        let from_file = |cause: &Unscanned| !cause.may_pass();
        match (self, later) {
            (Scanned::NotScanned { cause: before }, Scanned::NotScanned { cause: now }) => {
                before != now && from_file(now)
            }
            (_, Scanned::NotScanned { .. }) => false,
            (before, now) => before != now,
        }
    }

    /// The words beside a file that is not simply clean: "not scanned: …", or what it carries. Nothing where no scanner was set up, which is said once
    /// for all files.
    #[must_use]
    pub fn label(&self) -> Option<String> {
        match self {
            Scanned::Clean => None,
            Scanned::NotScanned {
                cause: Unscanned::NotSetUp,
            } => None,
            Scanned::NotScanned { cause } => Some(format!("not scanned for viruses: {cause}")),
            Scanned::Infected { .. } => self.kept_back(),
        }
    }

    /// The same for the list that tells of every file whether it was scanned.
    #[must_use]
    pub fn full_label(&self) -> String {
        match self {
            Scanned::Clean => "no virus found".to_owned(),
            Scanned::NotScanned { cause } => format!("not scanned for viruses: {cause}"),
            Scanned::Infected { .. } => self.kept_back().unwrap_or_default(),
        }
    }
}
