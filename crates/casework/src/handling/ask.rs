//! Asking the complainant what we have to know, and recording what became of it (A41).

use rules::case::Case;
use rules::case::event::{InfoReceived, InfoRequested};
use rules::handling::ask;

use super::Hand;
use crate::ActError;

/// Asks the complainant something.
///
/// # Errors
/// See [`rules::handling::ask::ask`].
pub async fn ask(hand: Hand<'_>, asked: &InfoRequested) -> Result<Case, ActError> {
    hand.act(|case, setting| ask::ask(case, asked, hand.by, setting)).await
}

/// Records that they answered in another way than by a message, or that the answer is not needed any more.
///
/// # Errors
/// See [`rules::handling::ask::answered`].
pub async fn answered(hand: Hand<'_>, answer: &InfoReceived) -> Result<Case, ActError> {
    hand.act(|case, _| ask::answered(case, answer, hand.by)).await
}
