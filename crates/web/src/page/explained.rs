//! A date as steps that anybody can count again: the same account for staff and for the person who complained (P43).

use rules::clock::StepKind;
use rules::deadlines::Deadline;

use super::words::date_long;

/// A date and the days that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedDate {
    /// "How we worked out this date".
    pub heading: String,
    /// Every day, in order.
    pub steps: Vec<ExplainStep>,
    /// The result in a sentence.
    pub summary: String,
    /// The calendar: its name and version.
    pub calendar: String,
    /// The procedure: its name and version (a case keeps the one it began under).
    pub procedure: String,
}

/// One day, or one event that moved the date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainStep {
    /// "Tuesday 13 October 2026".
    pub date: String,
    /// "Working day", "Saturday", "Christmas Day".
    pub what: String,
    /// Which working day it is, if it counts.
    pub counted: Option<u32>,
}

/// The account of a date, in words.
pub fn explained(deadline: &Deadline) -> ExplainedDate {
    let explanation = &deadline.explanation;
    let step = |step: &rules::clock::Step| ExplainStep {
        date: date_long(step.on),
        what: if step.what == StepKind::Counted && step.note.is_empty() {
            "Working day".to_owned()
        } else {
            capital(&step.note)
        },
        counted: step.counted,
    };
    ExplainedDate {
        heading: "How we worked out this date".to_owned(),
        steps: explanation.steps.iter().map(step).collect(),
        summary: format!(
            "{}. {}.",
            capital(explanation.rule.trim_end_matches('.')),
            capital(explanation.conclusion.trim_end_matches('.'))
        ),
        calendar: explanation.calendar_version.clone(),
        procedure: explanation
            .procedure
            .as_ref()
            .map_or_else(String::new, |stamp| format!("{}, version {}", stamp.id, stamp.version)),
    }
}

/// The words with a capital at their beginning.
pub fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
