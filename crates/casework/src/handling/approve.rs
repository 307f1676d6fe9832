//! Sign-off by senior management (R78).

use rules::case::Case;
use rules::handling::sign_off::{self, Edit, Read};

use super::Hand;
use crate::ActError;

/// Approves the letter that waits, as it was read; exactly that goes out.
///
/// # Errors
/// See [`rules::handling::sign_off::approve`].
pub async fn approve(hand: Hand<'_>, read: &Read, remark: Option<String>) -> Result<Case, ActError> {
    hand.act(|case, setting| sign_off::approve(case, read, remark.clone(), hand.by, setting))
        .await
}

/// Changes words of the letter that waits; the new version waits.
///
/// # Errors
/// See [`rules::handling::sign_off::edit`].
pub async fn edit(hand: Hand<'_>, read: &Read, edit: &Edit) -> Result<Case, ActError> {
    hand.act(|case, setting| sign_off::edit(case, read, edit, hand.by, setting))
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
