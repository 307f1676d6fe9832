//! Words to the complainant, notes for staff, messages that came in by another way, points of complaint (R24, A25).

use rules::case::Case;
use rules::case::event::UpdateSent;
use rules::case::vocabulary::Channel;
use rules::handling::contact;

use super::Hand;
use crate::ActError;

/// Writes to the complainant, or records what was said to them, with the files that wait for the form.
///
/// # Errors
/// See [`rules::handling::contact::update`].
pub async fn update(hand: Hand<'_>, words: &UpdateSent) -> Result<Case, ActError> {
    hand.act_with_files(|case, _, setting| contact::update(case, words, hand.by, setting))
        .await
}

/// Adds a note that only staff see, and its files too.
///
/// # Errors
/// See [`rules::handling::contact::note`].
pub async fn note(hand: Hand<'_>, words: &str) -> Result<Case, ActError> {
    hand.act_with_files(|_, _, _| contact::note(words, hand.by)).await
}

/// Says that what they wrote after the decision asks for nothing more.
///
/// # Errors
/// See [`rules::handling::contact::content`].
pub async fn content(hand: Hand<'_>) -> Result<Case, ActError> {
    hand.act(|case, _| contact::content(case, hand.by)).await
}

/// Writes down what the complainant said by phone, mail or in person.
///
/// # Errors
/// See [`rules::handling::contact::heard`].
pub async fn heard(hand: Hand<'_>, words: &str, channel: Channel) -> Result<Case, ActError> {
    hand.act(|case, _| contact::heard(case, words, channel, hand.by)).await
}

/// Adds a point of complaint.
///
/// # Errors
/// See [`rules::handling::contact::point`].
pub async fn point(hand: Hand<'_>, text: &str) -> Result<Case, ActError> {
    hand.act(|case, _| contact::point(case, text, hand.by)).await
}
