//! The consent of the person for whom somebody complains: asked for, given, withdrawn (A29).

use rules::case::Case;
use rules::case::event::{ConsentAsked, ConsentGiven};
use rules::handling::consent;

use super::Hand;
use crate::ActError;

/// Asks whoever complains for the consent of the person.
///
/// # Errors
/// See [`rules::handling::consent::ask`].
pub async fn ask(hand: Hand<'_>, asked: &ConsentAsked) -> Result<Case, ActError> {
    hand.act(|case, setting| consent::ask(case, asked, hand.by, setting))
        .await
}

/// Records that the person agreed.
///
/// # Errors
/// See [`rules::handling::consent::give`].
pub async fn give(hand: Hand<'_>, given: &ConsentGiven) -> Result<Case, ActError> {
    hand.act(|case, setting| consent::give(case, given, hand.by, setting))
        .await
}

/// Records that the person no longer agrees.
///
/// # Errors
/// See [`rules::handling::consent::withdraw`].
pub async fn withdraw(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| consent::withdraw(case, reason, hand.by)).await
}
