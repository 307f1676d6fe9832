//! Holding a case beyond its period, and lifting the hold.

use crate::case::Case;
use crate::case::change::{Change, Refused, permit};
use crate::case::event::{Event, Reason};
use crate::intake::feedback::clean_text;
use crate::people::{Act, Person};

/// Whether somebody may hold the case.
///
/// # Errors
/// When the person may not, or it is held already.
pub fn can_hold(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::HoldCase)?;
    match &case.hold {
        None => Ok(()),
        Some(hold) => Err(Refused::NotNow(format!("This case is held already: {}", hold.reason))),
    }
}

/// Holds the case: it is not erased until the hold is lifted, whatever its period says. Also while it is open: who knows of a claim need not wait.
///
/// # Errors
/// As for [`can_hold`], and when no reason is given.
pub fn hold(case: &Case, reason: &str, by: &Person) -> Result<Change, Refused> {
    can_hold(case, by)?;
    let reason = said(
        reason,
        "Say why it has to be kept: a claim, an inquiry, a question of the regulator",
    )?;
    Ok(Change::of(vec![Event::HoldSet(Reason { reason })]))
}

/// Whether somebody may lift the hold of the case.
///
/// # Errors
/// When the person may not, or it is not held.
pub fn can_lift(case: &Case, by: &Person) -> Result<(), Refused> {
    permit(by, Act::LiftHold)?;
    match case.hold {
        Some(_) => Ok(()),
        None => Err(Refused::NotNow("This case is not held.".to_owned())),
    }
}

/// Lifts the hold: from now on its period holds again. Where that is over, it stands among those that go next for as long as any other.
///
/// # Errors
/// As for [`can_lift`], and when no reason is given.
pub fn lift(case: &Case, reason: &str, by: &Person) -> Result<Change, Refused> {
    can_lift(case, by)?;
    let reason = said(reason, "Say why it need not be kept any more")?;
    Ok(Change::of(vec![Event::HoldLifted(Reason { reason })]))
}

pub(super) fn said(words: &str, ask: &str) -> Result<String, Refused> {
    let words = clean_text(words);
    match words.is_empty() {
        true => Err(Refused::field("reason", ask)),
        false => Ok(words),
    }
}
