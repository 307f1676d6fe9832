//! How long a case is kept: a legal hold, and requests to erase it that were refused.

use serde::{Deserialize, Serialize};

use crate::coded::coded;

coded! {
    /// Why a case is not erased although the person asks for it (UK GDPR article 17(3) and 12(5)).
    pub enum Exemption {
        /// The record is needed for a task in the public interest, or in the exercise of official authority.
        PublicTask = "public_task", "the record is needed for a task in the public interest";
        /// The law asks us to keep it.
        LegalObligation = "legal_obligation", "the law asks us to keep it";
        /// It is needed to establish, make or defend a legal claim.
        LegalClaims = "legal_claims", "it is needed for a legal claim";
        /// It is needed for freedom of expression and information.
        Expression = "expression", "freedom of expression and information";
        /// It is needed for archives, research or statistics in the public interest.
        Archives = "archives", "it is needed for archives, research or statistics in the public interest";
        /// The request is plainly unfounded, or one too many.
        Unfounded = "unfounded", "the request is plainly unfounded or excessive";
        /// Whoever asks is not the person whom the record is about, or could not be told.
        NotTheirs = "not_theirs", "it could not be shown that the record is about whoever asks";
    }
}

/// Somebody asked for the case to be erased, and it was not: a decision with its reason, never silence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasureRefused {
    /// The ground.
    pub exemption: Exemption,
    /// In words for staff, who answer the person.
    pub reason: String,
}
