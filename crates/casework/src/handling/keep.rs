//! Holding a case beyond its period, and saying no to a request to erase it.

use rules::case::Case;
use rules::case::event::Exemption;
use rules::retention;

use super::Hand;
use crate::ActError;

/// Holds the case.
///
/// # Errors
/// See [`rules::retention::hold`].
pub async fn hold(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| retention::hold(case, reason, hand.by)).await
}

/// Lifts the hold of the case.
///
/// # Errors
/// See [`rules::retention::lift`].
pub async fn lift(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| retention::lift(case, reason, hand.by)).await
}

/// Says no to a request to erase the case, with its ground.
///
/// # Errors
/// See [`rules::retention::refuse_to_erase`].
pub async fn refuse_to_erase(hand: Hand<'_>, exemption: Exemption, reason: &str) -> Result<Case, ActError> {
    hand.act(|_, _| retention::refuse_to_erase(exemption, reason, hand.by))
        .await
}
