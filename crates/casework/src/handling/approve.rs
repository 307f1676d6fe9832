//! Sign-off by senior management (R78).

use rules::case::Case;
use rules::handling::sign_off;

use super::Hand;
use crate::ActError;

/// Approves the letter that waits; it goes out.
///
/// # Errors
/// See [`rules::handling::sign_off::approve`].
pub async fn approve(hand: Hand<'_>, version: u32, remark: Option<String>) -> Result<Case, ActError> {
    hand.act(|case, setting| sign_off::approve(case, version, remark.clone(), hand.by, setting))
        .await
}

/// Sends the letter back with a reason.
///
/// # Errors
/// See [`rules::handling::sign_off::send_back`].
pub async fn send_back(hand: Hand<'_>, version: u32, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| sign_off::send_back(case, version, reason, hand.by))
        .await
}
