//! Why a letter was not taken, and whether to try again.

/// Whether a later attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendErrorKind {
    /// The server or the network had a fault; the letter is sound.
    Temporary,
    /// The server refused this letter or this address for good.
    Permanent,
}

/// A letter that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct SendError {
    /// Whether to try again.
    pub kind: SendErrorKind,
    /// What happened, for the person who looks after the letter.
    pub words: String,
}

impl SendError {
    /// True where no later attempt can succeed.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.kind == SendErrorKind::Permanent
    }

    /// A fault that may pass.
    pub(super) fn temporary(words: impl Into<String>) -> Self {
        Self {
            kind: SendErrorKind::Temporary,
            words: words.into(),
        }
    }

    /// A refusal that stays.
    pub(super) fn permanent(words: impl Into<String>) -> Self {
        Self {
            kind: SendErrorKind::Permanent,
            words: words.into(),
        }
    }
}

/// Settings with which no letter can be sent, in words for the person who runs the product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(pub(super) String);
