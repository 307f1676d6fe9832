//! Settled in the conversation in which it came: the decision that follows from saying what was done (R48, R57, R59, R61).

use crate::case::vocabulary::{LearningAnswer, Outcome, Satisfaction};
use crate::case::{Decision, Learning};

/// What a clerk says of a complaint that they settled while they took it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnTheSpot {
    /// What was done, in words for the complainant.
    pub did: String,
    /// Apology, explanation, other action: codes of the procedure (R57).
    pub resolution_kinds: Vec<String>,
    /// Whether the complainant is satisfied (R59).
    pub satisfaction: Satisfaction,
    /// What should change; nothing learnt where it is empty (R6).
    pub learnt: Option<String>,
}

/// The decision. It settles the matter without a finding, so its reason is that both sides agreed.
#[must_use]
pub fn decision(said: OnTheSpot) -> Decision {
    let learning = match said.learnt {
        Some(text) => Learning {
            answer: LearningAnswer::Yes,
            text: Some(text),
        },
        None => Learning {
            answer: LearningAnswer::No,
            text: None,
        },
    };
    Decision {
        outcome: Outcome::Resolved,
        points: Vec::new(),
        reasons: AGREED.to_owned(),
        what_we_did: said.did,
        resolution_kinds: said.resolution_kinds,
        remedies: Vec::new(),
        actions: Vec::new(),
        satisfaction: said.satisfaction,
        root_cause: None,
        learning: Some(learning),
        late_reason: None,
    }
}

/// Why a complaint that was settled at once is settled (R29: every decision carries reasons).
const AGREED: &str = "You told us about it and we sorted it out in the same conversation.";
