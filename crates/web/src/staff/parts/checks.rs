//! A list of things looked at, each passed or not.

use hypertext::prelude::*;

use crate::page::icon::Icon;

/// One thing that was looked at, such as "Says sorry, and what for" (P35).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// How it came out.
    pub result: CheckResult,
    /// What was looked at, in words that also tell the result.
    pub words: String,
}

/// How a check came out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckResult {
    /// It is right.
    Passed,
    /// A person should look.
    Look,
    /// It is missing, and nothing can be sent until it is there.
    Missing,
}

impl Check {
    /// A check that passed.
    pub fn passed(words: &str) -> Self {
        Self {
            result: CheckResult::Passed,
            words: words.to_owned(),
        }
    }

    /// A check that a person should look at.
    pub fn look(words: &str) -> Self {
        Self {
            result: CheckResult::Look,
            words: words.to_owned(),
        }
    }

    /// Something missing.
    pub fn missing(words: &str) -> Self {
        Self {
            result: CheckResult::Missing,
            words: words.to_owned(),
        }
    }
}

/// Draws `checks`.
pub fn checks(checks: &[Check]) -> impl Renderable {
    maud! {
        ul.fc-checks.govuk-body-s {
            @for check in checks {
                li.(check.result.class()) {
                    (check.result.icon())
                    span { @if let Some(said) = check.result.said() { span.govuk-visually-hidden { (said) } } (check.words) }
                }
            }
        }
    }
}

impl CheckResult {
    fn class(self) -> &'static str {
        match self {
            Self::Passed => "ok",
            Self::Look => "warn",
            Self::Missing => "bad",
        }
    }

    fn said(self) -> Option<&'static str> {
        match self {
            Self::Passed => None,
            Self::Look => Some("Look at this: "),
            Self::Missing => Some("Missing: "),
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Passed => Icon::Tick,
            Self::Look | Self::Missing => Icon::Alert,
        }
    }
}
