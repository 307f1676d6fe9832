//! What can happen to a follow-on action: one type per event, in the past tense, with its stored name and version (model 3.3).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::Reference;
use crate::review::period::Month;
use crate::stored::stored_events;

stored_events! {
    /// One thing that happened to a follow-on action. It has a stream and a key of its own, so that it outlives the case.
    pub enum FollowOnEvent;

    /// A decision promised it to a complainant (R10, P39).
    Promised(Promised) = "action.promised", 1;
    /// A review recommended it (R82).
    Proposed(Proposed) = "action.proposed", 1;
    /// A recommendation was accepted: it has an owner and a date now.
    Accepted(Accepted) = "action.accepted", 1;
    /// Work on it began.
    Started(Words) = "action.started", 1;
    /// Its owner or its date changed.
    Changed(Changed) = "action.changed", 1;
    /// It was reported done.
    Done(Words) = "action.done", 1;
    /// Somebody else saw that it is done and works.
    Verified(Words) = "action.verified", 1;
    /// Somebody else saw that it is not.
    SentBack(Words) = "action.sent_back", 1;
    /// It will not be done, with a reason.
    Dropped(Words) = "action.dropped", 1;
    /// The change was published (R39).
    Published(Published) = "change.published", 1;
    /// A published change was taken back.
    Unpublished(Words) = "change.unpublished", 1;
}

/// A promise of a decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promised {
    /// The case.
    pub case: Reference,
    /// What will be done.
    pub text: String,
    /// The team or person accountable for it (R40).
    pub owner: String,
    /// The day by which it is promised.
    pub due_on: Date,
    /// The service that the case was about, as it was categorised then.
    pub service: Option<String>,
}

/// A recommendation of a review.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// The month that was reviewed.
    pub month: Month,
    /// What should change.
    pub text: String,
    /// The cases behind it.
    pub cases: Vec<Reference>,
    /// The service that it is about.
    pub service: Option<String>,
}

/// Owner and date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// The team or person accountable for it.
    pub owner: String,
    /// The day by which it is to be done.
    pub due_on: Date,
}

/// Another owner or another date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changed {
    /// The owner now.
    pub owner: String,
    /// The day now.
    pub due_on: Date,
    /// Why.
    pub reason: String,
}

/// What somebody wrote about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words; empty where none were asked for.
    pub words: String,
}

/// What everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// What people said, without naming anybody.
    pub you_said: String,
    /// What changed.
    pub we_did: String,
    /// The service that it is about.
    pub service: Option<String>,
}
