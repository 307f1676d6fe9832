//! Serving the page on which somebody leaves; administrators only.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::people::file::AtStage;
use casework::people::leave::{self, Leaving};
use rules::case::Refused;
use rules::office::leave::Successor;
use rules::people::StaffId;

use super::Leave;
use crate::http::Posted;
use crate::http::asked::address;
use crate::page::words::count;
use crate::staff::desk::{Done, Fault, Seat, StaffForm, form};
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;
use crate::staff::parts::people_select::Candidate;
use crate::staff::paths;
use crate::staff::people::person::handler::number;

/// What would happen, and the form.
pub async fn show(seat: Seat, Path(id): Path<String>) -> Response {
    match page(&seat, &id, form::fresh()).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// They leave.
pub async fn post(Path(id): Path<String>, form: StaffForm) -> Response {
    let seat = &form.seat;
    let fault = match left(&id, &form).await {
        Ok(()) => return Done::see(&address(paths::PEOPLE, &[("done", "left"), ("who", &id)])),
        Err(fault) => Fault::from(fault),
    };
    let Some(errors) = fault.beside_fields("to") else {
        return fault.into_response(seat, &form.posted).await;
    };
    match page(seat, &id, FormState { errors, ..form.state() }).await {
        Ok(page) => seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await,
        Err(fault) => Fault::from(fault).into_response(seat, &form.posted).await,
    }
}

async fn left(id: &str, form: &StaffForm) -> Result<(), ActError> {
    let to = match form.posted.some("to") {
        None => None,
        Some(typed) => {
            let unknown = || Refused::field("to", "Choose somebody who works here");
            Some(typed.parse().map(StaffId).map_err(|_| unknown())?)
        }
    };
    leave::leave(form.seat.hand(&form.once()), number(id)?, to).await
}

async fn page(seat: &Seat, id: &str, form: FormState) -> Result<Leave, ActError> {
    let leaving = leave::look(seat.hand(""), number(id)?).await?;
    let name = leaving.account.person.name.clone();
    let in_the_way = in_the_way(&name, &leaving);
    Ok(Leave {
        back: Link::new(&name, &paths::person(id)),
        action: paths::person_act(id, "leave"),
        cases: cases(&name, &leaving),
        question: if how_many(&leaving) == 1 {
            "Who takes it?".to_owned()
        } else {
            "Who takes all of them?".to_owned()
        },
        several: (how_many(&leaving) > 1).then(|| {
            "If they should go to several people, have a complaints coordinator pass them on first, each on its own page."
                .to_owned()
        }),
        successors: leaving.successors.iter().map(candidate).collect(),
        // Where something is in the way there is no form, and no field that an error could stand at.
        form: if in_the_way.is_some() { form::fresh() } else { form },
        in_the_way,
        name,
    })
}

/// Why they cannot leave now: a rule, or nobody who could take what they have open.
fn in_the_way(name: &str, leaving: &Leaving) -> Option<String> {
    let nobody = !leaving.cases.is_empty() && leaving.successors.iter().all(|one| one.barred.is_some());
    match &leaving.in_the_way {
        Some(refused) => Some(refused.to_string()),
        None if nobody => Some(format!(
            "{} Nobody can take {}. Have a complaints coordinator see to that first, on the page of each case.",
            cases(name, leaving),
            if how_many(leaving) == 1 { "it" } else { "all of them" }
        )),
        None => None,
    }
}

fn cases(name: &str, leaving: &Leaving) -> String {
    let all = count(how_many(leaving) as u64, "open case", "open cases");
    match leaving.cases.as_slice() {
        [] => format!("{name} has {all}."),
        [one] => format!("{name} has {all}, {}.", stage(one.stage)),
        several => format!("{name} has {all}: {}.", at_stages(several)),
    }
}

fn how_many(leaving: &Leaving) -> usize {
    leaving.cases.iter().map(|at| at.cases).sum()
}

fn stage(stage: u8) -> String {
    match stage {
        0 => "before triage".to_owned(),
        stage => format!("at stage {stage}"),
    }
}

/// "1 at stage 1, 3 at stage 2", or "none".
pub(crate) fn at_stages(cases: &[AtStage]) -> String {
    let words = |at: &AtStage| format!("{} {}", at.cases, stage(at.stage));
    let parts: Vec<String> = cases.iter().map(words).collect();
    if parts.is_empty() {
        "none".to_owned()
    } else {
        parts.join(", ")
    }
}

fn candidate(successor: &Successor) -> Candidate {
    let person = &successor.person;
    let (value, label) = (
        person.id.0.to_string(),
        format!("{}, {}", person.name, person.job_title),
    );
    match &successor.barred {
        // The first sentence says why; what to do instead is plain on this page.
        Some(reason) => Candidate::barred(
            &value,
            &label,
            reason.split(". ").next().unwrap_or(reason).trim_end_matches('.'),
        ),
        None => Candidate::free(&value, &label),
    }
}
