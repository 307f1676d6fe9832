//! Why a setting was not saved, where its form is shown again.

use axum::http::StatusCode;
use casework::ActError;
use rules::case::Refused;

/// Why the form of a setting is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unsaved {
    /// Something that is typed is to be put right.
    Wrong,
    /// Somebody else saved the setting meanwhile. Sent again after the two were compared, the form takes the place of theirs.
    Meanwhile,
}

impl Unsaved {
    /// Why, by what was said to the form.
    pub(crate) fn because(fault: &ActError) -> Unsaved {
        match fault {
            ActError::Refused(Refused::NotNow(_)) => Unsaved::Meanwhile,
            _ => Unsaved::Wrong,
        }
    }

    /// How the page with the form is answered.
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Unsaved::Wrong => StatusCode::UNPROCESSABLE_ENTITY,
            Unsaved::Meanwhile => StatusCode::CONFLICT,
        }
    }

    /// How the setting is now, where there is something to compare.
    pub(crate) fn compared<T>(self, now: impl FnOnce() -> T) -> Option<T> {
        (self == Unsaved::Meanwhile).then(now)
    }
}
