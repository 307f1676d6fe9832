//! Conflicts of interest, declared by whoever investigates: none, or what it is; then somebody else says what follows (R28, P26).

use super::{can_declare, investigated};
use crate::case::Case;
use crate::case::change::{Change, Refused, Setting, permit};
use crate::case::event::{ConflictDeclared, ConflictOverridden, Event};
use crate::confidential::named::apart;
use crate::intake::feedback::{clean_text, said};
use crate::people::{Act, Person};

/// Declares that there is no conflict with the people and the service, or what it is.
///
/// # Errors
/// When the person does not investigate the case, or says that there is a conflict and not what it is.
pub fn declare(case: &Case, conflict: Option<&str>, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_declare(case, by, setting)?;
    let message = "Say what connects you with the people or the service";
    let conflict = conflict.map(|words| said(words, "conflict", message)).transpose()?;
    if case
        .investigation
        .declaration_of(by.id)
        .is_some_and(|known| known.conflict == conflict)
    {
        return Err(Refused::NotNow("That is on record already.".to_owned()));
    }
    Ok(Change::of(vec![Event::ConflictDeclared(ConflictDeclared { conflict })]))
}

/// Whether somebody may say what follows from the conflict of the person who has the case.
///
/// # Errors
/// When they may not, it is their own conflict or a complaint about them, or there is none that waits.
pub fn can_override(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    permit(by, Act::OverrideConflict)?;
    apart(case, by)?;
    investigated(case, setting)?;
    if case.conflict_of_owner().is_none() {
        return Err(Refused::NotNow("No conflict of interest waits for a word.".to_owned()));
    }
    if case.owner == Some(by.id) {
        return Err(Refused::Conflict(
            "You cannot set aside a conflict of your own. Ask another coordinator.".to_owned(),
        ));
    }
    Ok(())
}

/// Says that the conflict of the person who has the case does not stand in the way. The other answer is to pass the case on.
///
/// # Errors
/// As for [`can_override`], and when no reason is given.
pub fn set_aside(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_override(case, by, setting)?;
    let reason = clean_text(reason);
    let Some(of) = case.owner.filter(|_| !reason.is_empty()) else {
        let message = "Say why they can investigate all the same: it stays on record";
        return Err(Refused::field("override", message));
    };
    Ok(Change::of(vec![Event::ConflictOverridden(ConflictOverridden {
        of,
        reason,
    })]))
}
