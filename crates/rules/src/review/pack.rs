//! The pack of a month: its figures and its lists, as they can be frozen (R80, A34).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::discuss::Pick;
use super::ledger::Ledger;
use crate::case::Reference;

/// What a review is held over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pack {
    /// The day on which it was made.
    pub made_on: Date,
    /// Every figure.
    pub figures: Ledger,
    /// The cases to discuss, with why.
    pub discuss: Vec<Pick>,
    /// Every case that was received, taken up again or closed in the month, in order: count in is count listed (R80).
    pub listed: Vec<Reference>,
    /// How many more there are that are about a member of staff: counted, never listed (R36).
    pub confidential: u32,
}

impl Pack {
    /// SHA-256 of its contents, as 64 hexadecimal digits.
    pub fn sha256(&self) -> String {
        let bytes = serde_json::to_vec(self).expect("a pack holds only what JSON can say");
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
