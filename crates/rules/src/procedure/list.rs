//! Lists that a procedure fills: categories, outcomes, closing reasons, urgency levels and plain coded names.

use serde::{Deserialize, Serialize};

use crate::case::vocabulary::Urgency;
use crate::coded::coded;

/// A code and the words that people read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CodedName {
    /// The code kept with the case.
    pub code: String,
    /// The words.
    pub name: String,
}

/// One axis of categories (model 3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryAxis {
    /// Its code: `service`, `problem`.
    pub code: String,
    /// The question it answers: "Which service?".
    pub name: String,
    /// Its categories.
    pub categories: Vec<Category>,
}

/// A category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    /// Its code: `A3`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub subcategories: Vec<CodedName>,
    /// Whether it makes the handler ask if somebody is named (R33).
    pub confidential_check: ConfidentialCheck,
    /// Whether it can still be chosen. One that cases may carry is retired and never taken out, so that it keeps its name (R60).
    pub standing: CategoryStanding,
}

impl Category {
    /// Whether it can still be chosen.
    pub fn is_offered(&self) -> bool {
        self.standing == CategoryStanding::Offered
    }
}

coded! {
    /// Whether a category can still be chosen.
    pub enum CategoryStanding {
        /// It can.
        Offered = "offered", "offered";
        /// Cases that carry it keep it; no other gets it.
        Retired = "retired", "retired";
    }
}

coded! {
    /// Whether a category makes the handler ask if a member of staff is named.
    pub enum ConfidentialCheck {
        /// It does not.
        No = "no", "no";
        /// It does.
        Ask = "ask", "ask whether a member of staff is named";
    }
}

/// An outcome of this procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What the complainant is told it means.
    pub plain_text: String,
    /// Which common outcome it counts as (P37).
    pub core: CoreOutcome,
}

/// The common outcomes to which every procedure maps its own (P37).
pub type CoreOutcome = crate::case::vocabulary::Outcome;

coded! {
    /// How the outcome of a case follows from those of its points (P38, A25).
    pub enum PointRule {
        /// All upheld: upheld; some: partly; none: not.
        AllSomeNone = "all_some_none", "all points upheld: upheld; some: partly upheld; none: not upheld";
        /// Any upheld: upheld (reporting to the FCA).
        AnyUpheld = "any_upheld", "any point upheld: upheld";
        /// It is decided by itself.
        Separate = "separate", "the outcome is decided by itself";
    }
}

/// A way to end a case without a decision (P32).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingReason {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is left out of figures: not a complaint, logged in error (model 3.7).
    pub counted: InFigures,
}

coded! {
    /// Whether a closing reason leaves a case in the figures.
    pub enum InFigures {
        /// It stays in.
        Counted = "counted", "counted";
        /// It is left out.
        LeftOut = "left_out", "left out of the figures";
    }
}

/// A level of urgency (A39, R22). It may shorten a rhythm, never lengthen a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UrgencyLevel {
    /// The level.
    pub level: Urgency,
    /// When it applies, in words.
    pub criteria: Vec<String>,
    /// Updates at least every so many working days, if sooner than the stage's rhythm.
    pub update_every_working_days: Option<u32>,
}
