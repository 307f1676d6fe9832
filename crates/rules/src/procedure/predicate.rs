//! Conditions over the facts of a case, read from text: `triage.complex or risk == 'high'`.

use super::{FactName, Facts};

/// A condition. Parse with [`Predicate::parse`], ask with [`Predicate::holds`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Predicate {
    /// Always true: written `always`.
    Always,
    /// A yes-or-no fact.
    Is(FactName),
    /// A fact with one of its values.
    Equals(FactName, String),
    /// Not this.
    Not(Box<Predicate>),
    /// All of these.
    All(Vec<Predicate>),
    /// Any of these.
    Any(Vec<Predicate>),
}

impl Predicate {
    /// Whether it holds for these facts. A fact that is not known is "no".
    #[must_use]
    pub fn holds(&self, facts: &Facts) -> bool {
        match self {
            Self::Always => true,
            Self::Is(fact) => facts.is(*fact),
            Self::Equals(fact, value) => facts.value(*fact) == Some(value),
            Self::Not(inner) => !inner.holds(facts),
            Self::All(parts) => parts.iter().all(|part| part.holds(facts)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(facts)),
        }
    }

    /// The yes-or-no facts that must be true for it to hold; an alternative asserts none.
    #[must_use]
    pub fn asserted(&self) -> Vec<FactName> {
        match self {
            Self::Is(fact) => vec![*fact],
            Self::All(parts) => parts.iter().flat_map(Self::asserted).collect(),
            Self::Always | Self::Equals(..) | Self::Not(_) | Self::Any(_) => Vec::new(),
        }
    }

    /// Every fact that it names.
    #[must_use]
    pub fn facts(&self) -> Vec<FactName> {
        match self {
            Self::Always => Vec::new(),
            Self::Is(fact) | Self::Equals(fact, _) => vec![*fact],
            Self::Not(inner) => inner.facts(),
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::facts).collect(),
        }
    }
}
