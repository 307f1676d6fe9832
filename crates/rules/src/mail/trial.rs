//! A trial of mail: every way in and out is looked at, messages are sent to ourselves, and what was found is said in words.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::coded::coded;

/// A trial that was not heard of for this long broke off: whoever ran it is gone.
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

coded! {
    /// How something was found.
    pub enum Found {
        /// It works.
        Well = "well", "works";
        /// It works, and somebody should know something about it; or it could not be looked at.
        Hint = "hint", "to know";
        /// It does not work.
        Fault = "fault", "does not work";
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// What it is: "Mailbox helpline".
    pub about: String,
    /// How it was found.
    pub found: Found,
    /// What was found, in a sentence or two.
    pub says: String,
    /// What to do about it; nothing where there is nothing to do.
    pub todo: Option<String>,
}

impl Check {
    /// It works.
    #[must_use]
    pub fn well(about: &str, says: impl Into<String>) -> Check {
        Check {
            about: about.to_owned(),
            found: Found::Well,
            says: says.into(),
            todo: None,
        }
    }

    /// Somebody should know this.
    #[must_use]
    pub fn hint(about: &str, says: impl Into<String>, todo: impl Into<String>) -> Check {
        Check {
            found: Found::Hint,
            todo: Some(todo.into()),
            ..Check::well(about, says)
        }
    }

    /// It does not work.
    #[must_use]
    pub fn fault(about: &str, says: impl Into<String>, todo: impl Into<String>) -> Check {
        Check {
            found: Found::Fault,
            ..Check::hint(about, says, todo)
        }
    }
}

/// A trial, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Who asked: a name, or the command.
    pub asked_by: String,
    /// When somebody took it up.
    pub began_at: Option<Timestamp>,
    /// When it came to its end.
    pub ended_at: Option<Timestamp>,
    /// What was found, in the order in which it was looked at.
    pub checks: Vec<Check>,
}

impl Trial {
    /// One that somebody asks for.
    #[must_use]
    pub fn asked(by: &str, at: Timestamp) -> Trial {
        Trial {
            asked_at: at,
            asked_by: by.to_owned(),
            began_at: None,
            ended_at: None,
            checks: Vec::new(),
        }
    }

    /// True while somebody may still be at work on it.
    #[must_use]
    pub fn is_under_way(&self, now: Timestamp) -> bool {
        self.ended_at.is_none() && now.duration_since(self.asked_at) < LONGEST
    }

    /// True where nothing was found that does not work.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.checks.iter().all(|check| check.found != Found::Fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trial_that_nobody_ends_is_over_after_a_while() {
        let at: Timestamp = "2026-10-13T08:00:00Z".parse().expect("an instant");
        let mut trial = Trial::asked("Tom", at);
        assert!(trial.is_under_way(at + SignedDuration::from_mins(9)));
        assert!(!trial.is_under_way(at + SignedDuration::from_mins(10)));
        trial.ended_at = Some(at);
        assert!(!trial.is_under_way(at));
    }

    #[test]
    fn a_hint_is_no_fault() {
        let at = Timestamp::UNIX_EPOCH;
        let mut trial = Trial::asked("Tom", at);
        trial.checks = vec![Check::well("a", "b"), Check::hint("a", "b", "c")];
        assert!(trial.is_well());
        trial.checks.push(Check::fault("a", "b", "c"));
        assert!(!trial.is_well());
    }
}
