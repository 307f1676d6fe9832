//! Letters that were refused for good go out once more, to the same address (R18).

use rules::case::Case;
use rules::handling::send_again;
use rules::letters::LetterKind;

use super::Hand;
use crate::ActError;

/// Sends the latest of each of these letters again.
///
/// # Errors
/// See [`rules::handling::send_again::send_again`].
pub async fn send_again(hand: Hand<'_>, letters: &[LetterKind]) -> Result<Case, ActError> {
    hand.act_with_letters(|case, post| send_again::send_again(case, post, letters, hand.by))
        .await
}
