//! What an investigator does before the letter: agree the points, declare conflicts, plan, collect, interview, find; and what of it must be
//! done before a decision can be sent (R71, R72, P26, P33, P38).

pub mod conflict;
pub mod evidence;
pub mod findings;
pub mod interview;
pub mod letter;
pub mod plan;
pub mod points;
pub mod sight;
pub mod task;

use crate::case::Case;
use crate::case::change::{Refused, Setting, permit};
use crate::handling::decide::open_work;
use crate::handling::draft::is_author;
use crate::people::separation::without_own_conflict;
use crate::people::{Act, Person};
use crate::procedure::{Response, Stage};

/// The stage that is investigated: open, and answered in writing (R77).
///
/// # Errors
/// When the case is not open, or is at a stage that is not investigated.
pub(crate) fn investigated<'a>(case: &'a Case, setting: &Setting<'a>) -> Result<&'a Stage, Refused> {
    let (_, stage) = open_work(case, setting)?;
    if stage.response != Response::Written {
        return Err(Refused::NotNow(format!(
            "{} is not an investigation: record its decision instead.",
            stage.name
        )));
    }
    Ok(stage)
}

/// Whether somebody investigates this case: it is open at a stage that is answered in writing, they are accountable for it, and no conflict of
/// theirs waits for a word.
///
/// # Errors
/// Why not, in words that say what to do.
pub fn can_investigate(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    can_declare(case, by, setting)?;
    without_own_conflict(case, by)
}

/// The same before anybody asks about conflicts.
///
/// # Errors
/// As for [`can_investigate`], but for a conflict.
pub fn can_declare(case: &Case, by: &Person, setting: &Setting<'_>) -> Result<(), Refused> {
    permit(by, Act::Investigate)?;
    is_author(case, by, investigated(case, setting)?)
}
