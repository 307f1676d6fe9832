//! A person asks for what is kept about them to be erased: it is erased, or refused with its ground; never silence.

use super::hold::said;
use super::{Beside, Why};
use crate::case::Case;
use crate::case::change::{Change, Refused, permit};
use crate::case::event::{ErasureRefused, Event, Exemption};
use crate::people::{Act, Person};

/// Whether somebody may decide on such a request now.
///
/// # Errors
/// When the person may not.
pub fn can_decide(by: &Person) -> Result<(), Refused> {
    permit(by, Act::EraseCase)
}

/// Says no: the ground and the reason stand on the case, and go with it when its period is over.
///
/// # Errors
/// As for [`can_decide`], and when no reason is given.
pub fn refuse_to_erase(exemption: Exemption, reason: &str, by: &Person) -> Result<Change, Refused> {
    can_decide(by)?;
    let reason = said(reason, "Say in a sentence why it is not erased: the person is told")?;
    Ok(Change::of(vec![Event::ErasureRefused(ErasureRefused {
        exemption,
        reason,
    })]))
}

/// Says yes: why the case goes before its day. What it promised and its month's review do not stand in the way: both are kept without it.
///
/// # Errors
/// As for [`can_decide`]; when the case is open, held, waits for another regime, or has letters that have not left.
pub fn erase_as_asked(case: &Case, beside: &Beside, by: &Person) -> Result<Why, Refused> {
    can_decide(by)?;
    let not_now = |words: &str| Err(Refused::NotNow(words.to_owned()));
    if case.is_open() {
        return not_now("This case is open. Close it first, or refuse the request with its ground.");
    }
    if let Some(hold) = &case.hold {
        return not_now(&format!(
            "This case is held: {}. Lift the hold first, or refuse the request with its ground.",
            hold.reason
        ));
    }
    if case.has_open_regime() {
        return not_now("Another regime asks for something that is not done. Record that first.");
    }
    if beside.letters > 0 {
        return not_now("A letter of this case has not gone out yet. Wait until it has, or see to the letter.");
    }
    Ok(Why::Asked)
}
