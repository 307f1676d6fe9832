//! Deciding: at the frontline, as a draft, and ending a case without a decision (R49, R57, R72, R77).

use rules::case::vocabulary::Ending;
use rules::case::{Case, Decision};
use rules::handling::close::{self, TakenUp};
use rules::handling::decide;
use rules::handling::decide::Telling;
use rules::handling::draft::{self, AskSignOff};

use super::Hand;
use crate::ActError;

/// Records a frontline decision and sends it, or records that it was told.
///
/// # Errors
/// See [`rules::handling::decide::decide`].
pub async fn decide(hand: Hand<'_>, decision: &Decision, telling: &Telling) -> Result<Case, ActError> {
    hand.act(|case, setting| decide::decide(case, decision.clone(), telling, hand.by, setting))
        .await
}

/// Saves a draft of a written decision.
///
/// # Errors
/// See [`rules::handling::draft::save`].
pub async fn save_draft(hand: Hand<'_>, decision: &Decision) -> Result<Case, ActError> {
    hand.act(|case, setting| draft::save(case, decision.clone(), hand.by, setting))
        .await
}

/// Saves a draft in which some points have no outcome yet.
///
/// # Errors
/// See [`rules::handling::draft::save_unfinished`].
pub async fn save_unfinished(hand: Hand<'_>, decision: &Decision, undecided: &[u32]) -> Result<Case, ActError> {
    hand.act(|case, setting| draft::save_unfinished(case, decision.clone(), undecided.to_vec(), hand.by, setting))
        .await
}

/// Sends a written decision to sign-off, or straight out where no rule asks for one.
///
/// # Errors
/// See [`rules::handling::draft::submit`].
pub async fn submit_draft(hand: Hand<'_>, decision: &Decision, ask: AskSignOff) -> Result<Case, ActError> {
    hand.act(|case, setting| draft::submit(case, decision.clone(), ask, hand.by, setting))
        .await
}

/// Ends a case without a decision.
///
/// # Errors
/// See [`rules::handling::close::close`].
pub async fn close(hand: Hand<'_>, ending: Ending, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| close::close(case, ending, reason, hand.by, setting))
        .await
}

/// Stops a case for the complainant who asked for it.
///
/// # Errors
/// See [`rules::handling::close::withdraw`].
pub async fn withdraw(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, _| close::withdraw(case, reason, Some(hand.by))).await
}

/// Takes a closed case up again.
///
/// # Errors
/// See [`rules::handling::close::reopen`].
pub async fn reopen(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| {
        let had_it = case.owner.and_then(|owner| hand.office.person(owner));
        let again = TakenUp {
            reason,
            had_it: had_it.as_ref(),
        };
        close::reopen(case, again, hand.by, setting)
    })
    .await
}
