//! What an investigator does before the letter: points, conflicts, plan, evidence, interviews, findings (R71, R72).

use jiff::civil::Date;
use rules::case::Case;
use rules::case::event::{
    EvidenceAdded, FindingRecorded, InterviewHeld, NotesConfirmed, PlanLineAdded, PlanLineSettled, PointSetAside,
};
use rules::investigation::evidence::With;
use rules::investigation::points::Heard;
use rules::investigation::{conflict, evidence, findings, interview, plan, points};

use super::Hand;
use crate::ActError;

/// Writes the points to the complainant and asks whether they are right.
///
/// # Errors
/// See [`points::send`].
pub async fn send_points(hand: Hand<'_>, answer_by: Date, words: Option<&str>) -> Result<Case, ActError> {
    hand.act(|case, setting| points::send(case, answer_by, words, hand.by, setting))
        .await
}

/// Records what the complainant said about the points.
///
/// # Errors
/// See [`points::heard`].
pub async fn hear_points(hand: Hand<'_>, heard: &Heard) -> Result<Case, ActError> {
    hand.act(|case, setting| points::heard(case, heard, hand.by, setting))
        .await
}

/// Goes on with the points as they are.
///
/// # Errors
/// See [`points::go_on`].
pub async fn go_on(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| points::go_on(case, reason, hand.by, setting))
        .await
}

/// Gives a point other words.
///
/// # Errors
/// See [`points::reword`].
pub async fn reword_point(hand: Hand<'_>, number: u32, text: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| points::reword(case, number, text, hand.by, setting))
        .await
}

/// Takes a point together with another, or does not pursue it.
///
/// # Errors
/// See [`points::set_aside`].
pub async fn set_point_aside(hand: Hand<'_>, aside: &PointSetAside) -> Result<Case, ActError> {
    hand.act(|case, setting| points::set_aside(case, aside, hand.by, setting))
        .await
}

/// Declares a conflict of interest, or that there is none.
///
/// # Errors
/// See [`conflict::declare`].
pub async fn declare(hand: Hand<'_>, conflict: Option<&str>) -> Result<Case, ActError> {
    hand.act(|case, setting| conflict::declare(case, conflict, hand.by, setting))
        .await
}

/// Says that a declared conflict does not stand in the way.
///
/// # Errors
/// See [`conflict::set_aside`].
pub async fn override_conflict(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| conflict::set_aside(case, reason, hand.by, setting))
        .await
}

/// Adds a line to the plan.
///
/// # Errors
/// See [`plan::add`].
pub async fn plan(hand: Hand<'_>, line: &PlanLineAdded) -> Result<Case, ActError> {
    hand.act(|case, setting| plan::add(case, line, hand.by, setting)).await
}

/// Ticks a line of the plan, or drops it.
///
/// # Errors
/// See [`plan::settle`].
pub async fn settle_line(hand: Hand<'_>, settled: &PlanLineSettled) -> Result<Case, ActError> {
    hand.act(|case, setting| plan::settle(case, settled, hand.by, setting))
        .await
}

/// Adds an item of evidence, with the files that wait for the form.
///
/// # Errors
/// See [`evidence::add`].
pub async fn add_evidence(hand: Hand<'_>, item: &EvidenceAdded) -> Result<Case, ActError> {
    hand.act_with_files(|case, files, setting| evidence::add(case, item, With::of(files), hand.by, setting))
        .await
}

/// Sets an item of evidence aside.
///
/// # Errors
/// See [`evidence::set_aside`].
pub async fn set_evidence_aside(hand: Hand<'_>, number: u32, because: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| evidence::set_aside(case, number, because, hand.by, setting))
        .await
}

/// Records that no evidence is needed.
///
/// # Errors
/// See [`evidence::not_needed`].
pub async fn no_evidence(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| evidence::not_needed(case, reason, hand.by, setting))
        .await
}

/// Writes down an interview, with the files that wait for the form.
///
/// # Errors
/// See [`interview::hold`].
pub async fn interview(hand: Hand<'_>, held: &InterviewHeld) -> Result<Case, ActError> {
    hand.act_with_files(|case, files, setting| interview::hold(case, held, With::of(files), hand.by, setting))
        .await
}

/// Records what somebody said to the notes of their interview.
///
/// # Errors
/// See [`interview::confirm`].
pub async fn confirm_notes(hand: Hand<'_>, confirmed: &NotesConfirmed) -> Result<Case, ActError> {
    hand.act(|case, setting| interview::confirm(case, confirmed, hand.by, setting))
        .await
}

/// Records that nobody need be interviewed.
///
/// # Errors
/// See [`interview::not_needed`].
pub async fn no_interviews(hand: Hand<'_>, reason: &str) -> Result<Case, ActError> {
    hand.act(|case, setting| interview::not_needed(case, reason, hand.by, setting))
        .await
}

/// Saves what was found so far.
///
/// # Errors
/// See [`findings::save`].
pub async fn save_findings(hand: Hand<'_>, found: &[FindingRecorded]) -> Result<Case, ActError> {
    hand.act(|case, setting| findings::save(case, found, hand.by, setting))
        .await
}
