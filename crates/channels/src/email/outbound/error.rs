//! Why a letter was not taken, and whether to try again.

/// Whether a later attempt may succeed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendErrorKind {
    /// The server or the network had a fault; the letter is sound.
    Temporary,
    /// The server refused this letter or this address for good.
    Permanent,
}

/// How far the conversation with a mail server had come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Reaching the server and being greeted.
    Connecting,
    /// Changing to an encrypted connection.
    Securing,
    /// Getting a token to sign in with.
    Token,
    /// User name and password, or token.
    SigningIn,
    /// The letter itself.
    HandingOver,
}

/// A letter that was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{words}")]
pub struct SendError {
    /// Whether to try again.
    pub kind: SendErrorKind,
    /// What happened, for the person who looks after the letter.
    pub words: String,
    /// What that means for the address, where the server spoke about it: "there is no such mailbox".
    pub meaning: Option<&'static str>,
    /// How far the conversation with the mail server had come, where there was one. What happened before the letter was handed over, or because the
    /// server does not know who we are, says nothing about the letter.
    pub step: Option<Step>,
    /// True where the letter was handed over whole and no answer came: the server may have it all the same.
    pub may_have_gone: bool,
}

impl SendError {
    /// True where no later attempt can succeed.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        self.kind == SendErrorKind::Permanent
    }

    /// What happened to a letter to this address, in words for whoever reads the case: first what it means, then what the server said.
    #[must_use]
    pub fn told_of(&self, to: &str) -> String {
        match (self.meaning, self.kind) {
            (Some(meaning), SendErrorKind::Permanent) => {
                format!("The mail server refused {to}: {meaning}. {}", self.words)
            }
            (Some(meaning), SendErrorKind::Temporary) => {
                format!(
                    "The mail server does not take letters to {to} now: {meaning}. {}",
                    self.words
                )
            }
            (None, _) => self.words.clone(),
        }
    }

    /// The same with what it means for the address.
    pub(super) fn meaning(self, meaning: Option<&'static str>) -> Self {
        Self { meaning, ..self }
    }

    /// The same, with how far the conversation had come.
    pub(super) fn during(self, step: Step) -> Self {
        Self {
            step: Some(step),
            ..self
        }
    }

    /// The same after the letter was handed over whole.
    pub(super) fn unclear(self) -> Self {
        Self {
            may_have_gone: true,
            ..self
        }
    }

    /// A fault that may pass.
    pub(super) fn temporary(words: impl Into<String>) -> Self {
        Self {
            kind: SendErrorKind::Temporary,
            words: words.into(),
            meaning: None,
            step: None,
            may_have_gone: false,
        }
    }

    /// A refusal that stays.
    pub(super) fn permanent(words: impl Into<String>) -> Self {
        Self {
            kind: SendErrorKind::Permanent,
            words: words.into(),
            meaning: None,
            step: None,
            may_have_gone: false,
        }
    }
}

/// Settings with which no letter can be sent, in words for the person who runs the product.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct SettingsError(pub(crate) String);
