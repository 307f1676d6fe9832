//! Interviews: with whom, when, how, what was said, and whether the person confirmed the notes (R72).

use super::can_investigate;
use super::evidence::With;
use crate::case::Case;
use crate::case::change::{Change, Fields, Refused, Setting};
use crate::case::event::{Event, InterviewHeld, NotesConfirmed, Reason};
use crate::case::vocabulary::Means;
use crate::intake::feedback::{clean_text, said};
use crate::people::Person;

/// Writes down an interview: in words, in a file such as signed notes, or both.
///
/// # Errors
/// When the person does not investigate the case, something is missing, or it lies in the future.
pub fn hold(
    case: &Case,
    held: &InterviewHeld,
    with: With,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let (whom, notes) = (clean_text(&held.with), clean_text(&held.notes));
    let mut wrong = Fields::default();
    if whom.is_empty() {
        wrong.ask("with", "Write with whom you spoke");
    }
    if held.held_at > setting.now {
        wrong.ask("held_on", "Enter when you spoke: not in the future");
    }
    if held.by == Means::TrackingPage {
        wrong.ask("how", "Choose how you spoke");
    }
    if notes.is_empty() && with == With::Words {
        wrong.ask("notes", "Write what was said, or choose a file");
    }
    wrong.finish()?;
    Ok(Change::of(vec![Event::InterviewHeld(InterviewHeld {
        with: whom,
        notes,
        ..held.clone()
    })]))
}

/// Records what the person said to the notes.
///
/// # Errors
/// When the person does not investigate the case, the notes are confirmed already, or a correction has no words.
pub fn confirm(case: &Case, confirmed: &NotesConfirmed, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let number = confirmed.number;
    let held = case.investigation.interviews.iter().find(|held| held.number == number);
    if held.is_none_or(|held| held.confirmed_at.is_some()) {
        return Err(Refused::field(
            "which",
            "Choose an interview whose notes are not confirmed yet",
        ));
    }
    let correction = confirmed.correction.as_deref();
    let correction = correction.map(|words| said(words, "correction", "Write what they said is wrong"));
    let correction = correction.transpose()?;
    Ok(Change::of(vec![Event::NotesConfirmed(NotesConfirmed {
        number,
        correction,
    })]))
}

/// Records that nobody need be interviewed.
///
/// # Errors
/// When the person does not investigate the case, there are interviews, or no reason is given.
pub fn not_needed(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    if !case.investigation.interviews.is_empty() {
        return Err(Refused::NotNow("There are interviews on record.".to_owned()));
    }
    let reason = said(reason, "reason", "Say why none is needed: it stays on record")?;
    Ok(Change::of(vec![Event::InterviewsNotNeeded(Reason { reason })]))
}
