//! Into stage 2: by request and assent, or by staff (R67-R69).

use rules::case::Case;
use rules::case::vocabulary::Channel;
use rules::handling::escalate::{self, Reroute};
use rules::people::Person;

use super::Hand;
use crate::ActError;

/// Writes down that the complainant asked for stage 2 by phone, mail or in person.
///
/// # Errors
/// See [`rules::handling::escalate::request_heard`].
pub async fn request(hand: Hand<'_>, channel: Channel, words: Option<String>) -> Result<Case, ActError> {
    hand.act(|case, setting| escalate::request_heard(case, channel, words.clone(), hand.by, setting))
        .await
}

/// Accepts a request and names the investigator.
///
/// # Errors
/// See [`rules::handling::escalate::accept`].
pub async fn accept(hand: Hand<'_>, investigator: &Person, remark: Option<String>) -> Result<Case, ActError> {
    hand.act(|case, setting| escalate::accept(case, investigator, remark.clone(), hand.by, setting))
        .await
}

/// Refuses a request with a reason that the complainant is sent.
///
/// # Errors
/// See [`rules::handling::escalate::refuse`].
pub async fn refuse(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| escalate::refuse(case, reason, hand.by, setting))
        .await
}

/// Moves a case to the next stage without a decision.
///
/// # Errors
/// See [`rules::handling::escalate::reroute`].
pub async fn reroute(hand: Hand<'_>, reroute: &Reroute) -> Result<Case, ActError> {
    hand.act(|case, setting| escalate::reroute(case, reroute, hand.by, setting))
        .await
}
