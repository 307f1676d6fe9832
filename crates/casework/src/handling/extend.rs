//! More time for a decision (A10, R64, R76).

use rules::case::Case;
use rules::handling::extend::{self, MoreTime};

use super::Hand;
use crate::ActError;

/// Extends the decision date, or asks the person who may.
///
/// # Errors
/// See [`rules::handling::extend::extend`].
pub async fn extend(hand: Hand<'_>, more: &MoreTime) -> Result<Case, ActError> {
    hand.act(|case, setting| extend::extend(case, more, hand.by, setting))
        .await
}

/// Grants what was asked for.
///
/// # Errors
/// See [`rules::handling::extend::grant`].
pub async fn grant(hand: Hand<'_>) -> Result<Case, ActError> {
    hand.act(|case, setting| extend::grant(case, hand.by, setting)).await
}

/// Refuses what was asked for.
///
/// # Errors
/// See [`rules::handling::extend::deny`].
pub async fn deny(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| extend::deny(case, reason, hand.by, setting))
        .await
}
