//! Handing over the open cases of somebody who leaves: whatever is under way goes on with somebody who may do it (R40, R58).

use super::triage::check_owner;
use crate::case::Case;
use crate::case::change::{Change, Refused, Setting, permit};
use crate::case::event::{Assigned, Event};
use crate::people::{Act, Person, permission};

/// Passes an open case of somebody who leaves to somebody else, at whatever point it stands: unlike passing on, this cannot wait.
///
/// # Errors
/// When the person may not let people go, or the new owner may not have the case.
pub fn hand_over(
    case: &Case,
    from: &Person,
    to: &Person,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    permit(by, Act::ManagePeople)?;
    can_take_over(case, to, setting)?;
    Ok(Change::of(vec![Event::Assigned(Assigned {
        to: to.id,
        reason: Some(format!("{} has left.", from.name)),
    })]))
}

/// Whether somebody may become accountable for an open case where it stands.
///
/// # Errors
/// Why not: a role that the stage needs, a decision that they made before (R28).
pub fn can_take_over(case: &Case, to: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    let work = case.state.work();
    match work.and_then(|work| setting.procedure.stage_number(work.stage())) {
        Some(stage) => check_owner(case, to, stage),
        None if permission::may(to, Act::Assign) => Ok(()),
        None => Err(Refused::Rule(format!(
            "{} does not work on cases. Choose {}.",
            to.name,
            permission::who_may(Act::Assign)
        ))),
    }
}
