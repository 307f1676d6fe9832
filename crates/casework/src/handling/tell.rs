//! What a letter could not bring was told in another way; for a decision the clock stops (A7).

use rules::case::Case;
use rules::handling::tell::{self, Told};

use super::Hand;
use crate::ActError;

/// Records what was told in place of a letter.
///
/// # Errors
/// See [`rules::handling::tell::tell`].
pub async fn tell(hand: Hand<'_>, told: &Told) -> Result<Case, ActError> {
    hand.act(|case, setting| tell::tell(case, told, hand.by, setting)).await
}
