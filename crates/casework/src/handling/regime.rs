//! Other regimes beside the procedure: that one applies, what became of what it asks for, and endings that say where it goes on (A38).

use rules::case::Case;
use rules::case::event::RegimeDone;
use rules::case::vocabulary::Ending;
use rules::handling::close;
use rules::handling::regime::{self, Tagging};

use super::Hand;
use crate::ActError;

/// Tags the case with a regime.
///
/// # Errors
/// See [`rules::handling::regime::tag`].
pub async fn tag(hand: Hand<'_>, tagging: &Tagging) -> Result<Case, ActError> {
    hand.act(|case, setting| regime::tag(case, tagging, hand.by, setting))
        .await
}

/// Takes a tag away that was a mistake.
///
/// # Errors
/// See [`rules::handling::regime::take_away`].
pub async fn take_away(hand: Hand<'_>, regime: &str, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| regime::take_away(case, regime, reason, hand.by))
        .await
}

/// Records that what a regime asks for was done.
///
/// # Errors
/// See [`rules::handling::regime::done`].
pub async fn done(hand: Hand<'_>, done: &RegimeDone) -> Result<Case, ActError> {
    hand.act(|case, setting| regime::done(case, done, hand.by, setting))
        .await
}

/// Says where a regime is handled now that nothing else keeps the case open.
///
/// # Errors
/// See [`rules::handling::regime::elsewhere`].
pub async fn elsewhere(hand: Hand<'_>, regime: &str, handled_now: &str) -> Result<Case, ActError> {
    hand.act(|case, _| regime::elsewhere(case, regime, handled_now, hand.by))
        .await
}

/// Closes the case without a decision and says where its open regimes are handled now.
///
/// # Errors
/// See [`rules::handling::close::close`] and [`rules::handling::regime::closing`].
pub async fn close(hand: Hand<'_>, ending: Ending, reason: &str, handled_now: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| {
        regime::closing(case, handled_now, hand.by, setting, |case| {
            close::close(case, ending, reason, hand.by, setting)
        })
    })
    .await
}

/// Stops the case for the complainant and says where its open regimes are handled now.
///
/// # Errors
/// See [`rules::handling::close::withdraw`] and [`rules::handling::regime::closing`].
pub async fn withdraw(hand: Hand<'_>, reason: &str, handled_now: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| {
        regime::closing(case, handled_now, hand.by, setting, |case| {
            close::withdraw(case, reason, Some(hand.by))
        })
    })
    .await
}
