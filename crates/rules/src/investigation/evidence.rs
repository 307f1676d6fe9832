//! Evidence: what shows what happened, where it comes from, who may see it, and to which points it belongs (R72).

use super::can_investigate;
use crate::case::Case;
use crate::case::change::{Change, Fields, Refused, Setting};
use crate::case::event::{Event, EvidenceAdded, EvidenceSetAside, Reason};
use crate::files::Brought;
use crate::intake::feedback::{clean_text, said};
use crate::people::Person;

/// Whether files come with an item of evidence, or with an interview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum With {
    /// Words alone.
    Words,
    /// At least one file.
    Files,
}

impl With {
    /// What comes with these.
    pub fn of(files: &[Brought]) -> With {
        if files.is_empty() { With::Words } else { With::Files }
    }
}

/// Adds an item. Words, a file or both.
///
/// # Errors
/// When the person does not investigate the case, title or source are missing, there are neither words nor a file, the day lies in the
/// future, or it names a point that is not answered.
pub fn add(
    case: &Case,
    item: &EvidenceAdded,
    with: With,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    let (title, source) = (clean_text(&item.title), clean_text(&item.source));
    let words = clean_text(&item.words);
    let mut wrong = Fields::default();
    if title.is_empty() {
        wrong.ask("title", "Write what it is, in a few words");
    }
    if source.is_empty() {
        wrong.ask("source", "Write who or what it comes from");
    }
    if item.from_on.is_some_and(|day| day > setting.today()) {
        wrong.ask("from_on", "Choose a day that is not in the future");
    }
    if words.is_empty() && with == With::Words {
        wrong.ask("words", "Write what it says, or choose a file");
    }
    let answered = |number: &u32| case.points_to_answer().any(|point| point.number == *number);
    if !item.points.iter().all(answered) {
        wrong.ask("points", "Choose points of this complaint that are answered");
    }
    wrong.finish()?;
    Ok(Change::of(vec![Event::EvidenceAdded(EvidenceAdded {
        title,
        source,
        words,
        ..item.clone()
    })]))
}

/// Sets an item aside that was a mistake. It stays, and only those who investigate see it from now on.
///
/// # Errors
/// When the person does not investigate the case, there is no such item, or no reason is given.
pub fn set_aside(
    case: &Case,
    number: u32,
    because: &str,
    by: &Person,
    setting: &Setting<'_>,
) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    if !case
        .investigation
        .evidence_that_counts()
        .any(|item| item.number == number)
    {
        return Err(Refused::field("which", "Choose which item does not count"));
    }
    let because = said(because, "because", "Say why it does not count")?;
    Ok(Change::of(vec![Event::EvidenceSetAside(EvidenceSetAside {
        number,
        because,
    })]))
}

/// Records that no evidence is needed beyond what the complaint itself says.
///
/// # Errors
/// When the person does not investigate the case, there is evidence, or no reason is given.
pub fn not_needed(case: &Case, reason: &str, by: &Person, setting: &Setting<'_>) -> Result<Change, Refused> {
    can_investigate(case, by, setting)?;
    if case.investigation.evidence_that_counts().next().is_some() {
        return Err(Refused::NotNow("There is evidence on record.".to_owned()));
    }
    let reason = said(reason, "reason", "Say why none is needed: it stays on record")?;
    Ok(Change::of(vec![Event::EvidenceNotNeeded(Reason { reason })]))
}
