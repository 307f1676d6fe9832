//! How the complainant is reached is corrected by staff; letters on their way, and those that failed, go to the new address (R19, A8).

use rules::case::Case;
use rules::handling::correct::{self, Correction};

use super::Hand;
use crate::{ActError, vips};

/// Corrects contact data, and sends again what failed where the correction says so.
///
/// # Errors
/// See [`rules::handling::correct::correct`].
pub async fn correct(hand: Hand<'_>, correction: &Correction) -> Result<Case, ActError> {
    let case = hand
        .act_with_letters(|case, post| correct::correct(case, post, correction, hand.by))
        .await?;
    Ok(vips::after_a_correction(hand.office, case).await)
}
