//! The plan of an investigation: what is to be found out, from whom, by when; no line is due after the decision (R72, R75).

use super::can_investigate;
use crate::case::Case;
use crate::case::change::{Change, Fields, Refused, Setting};
use crate::case::event::{Event, PlanLineAdded, PlanLineSettled};
use crate::clock::full_date;
use crate::deadlines::decision_due;
use crate::intake::feedback::{clean_text, said};
use crate::people::Person;

/// Adds a line.
///
/// # Errors
/// When the person does not investigate the case, something is missing, or the day has passed or lies after the decision date.
pub fn add(case: &Case, line: &PlanLineAdded, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let (what, from_whom) = (clean_text(&line.what), clean_text(&line.from_whom));
    let mut wrong = Fields::default();
    if what.is_empty() {
        wrong.ask("what", "Write what you need to find out");
    }
    if from_whom.is_empty() {
        wrong.ask("from_whom", "Write who or what can tell you");
    }
    if line.by_on < setting.today() {
        wrong.ask("by_on", "Choose a day that has not passed");
    }
    // A decision that is late has no day before it: everything is wanted as soon as can be.
    let due = decision_due(case, setting)
        .map(|due| due.due_on)
        .filter(|due| *due >= setting.today());
    if let Some(due) = due.filter(|due| line.by_on > *due) {
        let message = format!("Choose {} or an earlier day: the decision is due then", full_date(due));
        wrong.ask("by_on", message);
    }
    wrong.finish()?;
    let by_on = line.by_on;
    Ok(Change::of(vec![Event::PlanLineAdded(PlanLineAdded {
        what,
        from_whom,
        by_on,
    })]))
}

/// Ticks a line, or drops it with a reason.
///
/// # Errors
/// When the person does not investigate the case, there is no such open line, or it is dropped without a reason.
pub fn settle(case: &Case, settled: &PlanLineSettled, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let number = settled.number;
    if !case.investigation.open_lines().iter().any(|line| line.number == number) {
        return Err(Refused::NotNow("That line of the plan is settled already.".to_owned()));
    }
    let dropped = settled.dropped.as_deref();
    let dropped = dropped.map(|why| said(why, "dropped", "Say why it is not needed any more"));
    let dropped = dropped.transpose()?;
    Ok(Change::of(vec![Event::PlanLineSettled(PlanLineSettled {
        number,
        dropped,
    })]))
}
