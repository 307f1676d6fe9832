//! Passing a case to someone else (R58).

use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::judge;
use rules::confidential::sight::may_be_given;
use rules::handling::triage;

use super::brief::brief;
use super::notice::Notice;
use super::sent::{Again, Sent, in_the_way, not_now};
use super::{OnCase, candidates, fresh, named};
use crate::staff::assign::Assign;
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::notice::Alert;
use crate::staff::paths;

/// The form, or why the case cannot be passed on now.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    match in_the_way(triage::can_assign(&file.case, seat.door.person())) {
        Some(refused) => not_now(&seat, &file, "Pass to someone else", refused).await,
        None => seat.page(&page(&seat, &file, fresh(&file))).await,
    }
}

/// Passes it on.
pub async fn post(sent: Sent) -> Response {
    let acted = pass(&sent).await;
    sent.answer(
        acted,
        Again {
            first_field: "to",
            page,
        },
    )
    .await
}

async fn pass(sent: &Sent) -> Result<Notice, Fault> {
    // Somebody who cannot pass it on is told so before a field is found wanting.
    triage::can_assign(&sent.file.case, sent.seat().door.person())?;
    let to = named(sent.seat(), sent.form.get("to"), "to", "Choose who takes it")?;
    let note = sent.form.posted.some("note").map(str::to_owned);
    let once = sent.form.once();
    judge::assign(sent.hand(&once), &to, note).await?;
    Ok(Notice::PassedOn)
}

/// An open case on which nobody works (R40): its owner has left, and it came to life again after them or was not there for whoever let them
/// go; or it is restricted, and its owner has no role any more that reads it.
pub(crate) fn owner_left(seat: &Seat, file: &CaseFile) -> Option<Alert> {
    let (case, office) = (&file.case, seat.door.office());
    let owner = case.owner.filter(|_| case.is_open())?;
    let name = office.name_of(owner);
    let words = match office.person(owner) {
        None => format!("{name} had this case and has left: nobody works on it."),
        Some(person) if case.is_restricted() && !may_be_given(&person) => {
            format!("{name} has this case and can no longer read it: nobody works on it.")
        }
        Some(_) => return None,
    };
    Some(match triage::can_assign(case, seat.door.person()) {
        Ok(()) => Alert::with_link(
            &words,
            Link::new(
                "Pass it to someone",
                &paths::case_act(&case.reference.to_string(), "assign"),
            ),
        ),
        Err(_) => Alert::new(&words),
    })
}

fn page(seat: &Seat, file: &CaseFile, form: FormState) -> Assign {
    let stage = file.in_force.procedure.stage_number(file.case.stage());
    let owner_now = match file.case.owner {
        Some(owner) if owner == seat.door.person().id => "You have it now.".to_owned(),
        Some(owner) => format!("{} has it now.", seat.door.office().name_in_list(owner)),
        None => "Nobody has it now.".to_owned(),
    };
    let people = stage.map_or_else(Vec::new, |stage| candidates(seat, file, stage));
    Assign {
        case: brief(seat, file),
        owner_now,
        people,
        form,
    }
}
