//! Moving a case to stage 2 without a stage 1 decision (R53, R54, R69, A18).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::escalate;
use rules::case::vocabulary::StageReason;
use rules::case::{Change, Refused};
use rules::clock::full_date;
use rules::deadlines::decision_due;
use rules::handling::escalate as rule;
use rules::handling::escalate::Reroute;
use rules::people::{Act, Actor};

use super::brief::{brief, person};
use super::notice::Notice;
use super::sent::{Again, Sent, not_now};
use super::{OnCase, candidates, fresh, named};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::FormState;
use crate::staff::parts::people_select::Candidate;
use crate::staff::stage_2::MoveToStage2;

/// The form, or why the case cannot be moved now.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match possible(&seat, &file) {
        Err(refused) => not_now(&seat, &file, "Move to stage 2", refused).await,
        Ok(()) => seat.page(&page(&seat, &file, fresh(&file))).await,
    }
}

/// Moves it.
pub async fn post(sent: Sent) -> Response {
    let acted = reroute(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "investigator",
            page,
        },
    )
    .await
}

fn possible(seat: &Seat, file: &CaseFile) -> Result<(), Refused> {
    rules::case::change::permit(seat.door.person(), Act::MoveToStage2)?;
    rule::next_stage(&file.case, &file.in_force.setting(file.now)).map(|_| ())
}

async fn reroute(sent: &Sent) -> Result<Notice, Fault> {
    possible(sent.seat(), &sent.file)?;
    let reroute = Reroute {
        // No choice is the one reason that the rule refuses, with the words for it.
        reason: StageReason::from_code(sent.form.get("reason")).unwrap_or(StageReason::Frontline),
        note: sent.form.get("note").to_owned(),
        investigator: named(
            sent.seat(),
            sent.form.get("investigator"),
            "investigator",
            "Choose who investigates",
        )?,
    };
    let once = sent.form.once();
    escalate::reroute(sent.hand(&once), &reroute).await?;
    Ok(Notice::MovedToStage2)
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> MoveToStage2 {
    let setting = file.in_force.setting(file.now);
    let next = rule::next_stage(&file.case, &setting).ok();
    let investigators = next.map_or_else(Vec::new, |stage| candidates(seat, file, stage));
    let reroute = first_free(seat, &investigators).map(|investigator| Reroute {
        reason: StageReason::Complex,
        note: "-".to_owned(),
        investigator,
    });
    let change = reroute.and_then(|reroute| rule::reroute(&file.case, &reroute, seat.door.person(), &setting).ok());
    let new_clock = match change.as_ref().and_then(|change| date_after(seat, file, change)) {
        Some(on) => format!("Stage 1 ends without a decision. The decision at stage 2 is then due by the end of {on}."),
        None => "Stage 1 ends without a decision.".to_owned(),
    };
    MoveToStage2 {
        case: brief(seat, file),
        investigators,
        new_clock,
        told: format!(
            "We tell {} at once, with the new date and who investigates.",
            person(file)
        ),
        form,
    }
}

/// Somebody who could be chosen, to ask the rule what would follow.
pub(crate) fn first_free(seat: &Seat, candidates: &[Candidate]) -> Option<rules::people::Person> {
    let free = candidates.iter().find(|candidate| candidate.barred.is_none())?;
    named(seat, &free.value, "investigator", "").ok()
}

/// The decision date that a case would have after a change.
pub(crate) fn date_after(seat: &Seat, file: &CaseFile, change: &Change) -> Option<String> {
    let after = file
        .case
        .preview(&change.events, Actor::Staff(seat.door.person().id), file.now)
        .ok()?;
    decision_due(&after, &file.in_force.setting(file.now)).map(|due| full_date(due.due_on))
}
