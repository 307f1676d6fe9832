//! That cases are about the same matter: each keeps its own life, and each holds the link (A27).

use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::coded::coded;

coded! {
    /// In what way two cases belong together.
    pub enum Sameness {
        /// The same person told us the same thing twice.
        Duplicate = "duplicate", "the same complaint, sent twice";
        /// Several people complain about the same thing.
        SameMatter = "same_matter", "the same matter, told by others too";
    }
}

coded! {
    /// Which part a case has in a link.
    pub enum Part {
        /// It leads: the others look at what was found there.
        Leads = "leads", "leads the group";
        /// It follows the leading case.
        Follows = "follows", "follows the leading case";
    }
}

/// It was linked with another case; the other has the counterpart of this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseLinked {
    /// The other case.
    pub with: Reference,
    /// The part of this case in the link.
    pub part: Part,
    /// In what way they belong together.
    pub same: Sameness,
    /// Why, in words of staff for staff.
    pub reason: String,
}

/// The link with another case was taken back; the other has the counterpart of this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseUnlinked {
    /// The other case.
    pub with: Reference,
    /// Why, in words of staff for staff.
    pub reason: String,
}
