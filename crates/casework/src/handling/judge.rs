//! Triage, assignment and classification (R22, R56, R60, A12, A20).

use rules::case::Case;
use rules::case::event::{CategorySet, UrgencySet, VipFlagged};
use rules::case::vocabulary::{FeedbackKind, VipSource};
use rules::handling::triage::{self, Triage};
use rules::handling::vip;
use rules::people::Person;

use super::Hand;
use crate::ActError;

/// Judges a new case and gives it to somebody.
///
/// # Errors
/// See [`rules::handling::triage::triage`].
pub async fn triage(hand: Hand<'_>, judgement: &Triage) -> Result<Case, ActError> {
    hand.act(|case, setting| triage::triage(case, judgement, hand.by, setting))
        .await
}

/// Passes a case to somebody at the same stage.
///
/// # Errors
/// See [`rules::handling::triage::assign`].
pub async fn assign(hand: Hand<'_>, to: &Person, reason: Option<String>) -> Result<Case, ActError> {
    hand.act(|case, setting| triage::assign(case, to, reason.clone(), hand.by, setting))
        .await
}

/// Changes category and urgency.
///
/// # Errors
/// See [`rules::handling::triage::categorise`].
pub async fn categorise(hand: Hand<'_>, category: &CategorySet, urgency: &UrgencySet) -> Result<Case, ActError> {
    hand.act(|case, setting| triage::categorise(case, category.clone(), urgency.clone(), hand.by, setting))
        .await
}

/// Marks a VIP who was recognised late.
///
/// # Errors
/// See [`rules::handling::vip::flag_vip`].
pub async fn flag_vip(hand: Hand<'_>, detail: &str, investigator: &Person) -> Result<Case, ActError> {
    let flag = VipFlagged {
        source: VipSource::Manager,
        detail: detail.trim().to_owned(),
    };
    hand.act(|case, setting| vip::flag_vip(case, flag.clone(), investigator, hand.by, setting))
        .await
}

/// Turns a complaint into something else, or the reverse.
///
/// # Errors
/// See [`rules::handling::triage::reclassify`].
pub async fn reclassify(hand: Hand<'_>, to: FeedbackKind, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| triage::reclassify(case, to, reason, hand.by)).await
}
