//! Restricting a case, saying whom it is about, and opening it again: one address, three forms (R28, R33, A13, A16).

use axum::http::StatusCode;
use axum::response::Response;
use casework::desk::CaseFile;
use casework::handling::confidential as acts;
use rules::case::Refused;
use rules::confidential::sight::READERS;
use rules::confidential::{StaffNamed, lane};
use rules::handling::group::stands_alone;
use rules::people::permission::one_of;
use rules::people::{Person, Role, StaffId};

use super::brief::brief;
use super::notice::Notice;
use super::saying::whom;
use super::sent::{Again, Sent, in_the_way, not_now};
use super::{OnCase, came_back, fresh, named};
use crate::staff::confidential::{Naming, Opening, Restrict, Restricted};
use crate::staff::desk::{Fault, Seat, StaffForm};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::people_select::Candidate;
use crate::staff::triage::suggestion::WRONG;

/// The form that restricts an open case, or who sees a restricted one.
pub async fn show(OnCase { seat, file }: OnCase) -> Response {
    if file.case.is_restricted() {
        return seat.page(&restricted_page(&seat, &file, Forms::fresh(&file))).await;
    }
    let possible = lane::can_restrict(&file.case, seat.door.person()).and_then(|()| stands_alone(&file.case));
    match in_the_way(possible) {
        Some(refused) => not_now(&seat, &file, "It is about a member of staff", refused).await,
        None => seat.page(&restrict_page(&seat, &file, fresh(&file))).await,
    }
}

/// Restricts, names or opens, as the form says.
pub async fn post(sent: Sent) -> Response {
    match sent.form.get("step") {
        "name" => answer(&sent, name(&sent).await, ("about", |forms, form| forms.naming = form)).await,
        "open" => answer(&sent, open(&sent).await, ("reason", |forms, form| forms.opening = form)).await,
        _ => {
            sent.answer(
                restrict(&sent).await,
                Again {
                    first_field: "to",
                    page: restrict_page,
                },
            )
            .await
        }
    }
}

async fn restrict(sent: &Sent) -> Result<Notice, Fault> {
    let restriction = lane::Restriction {
        reason: sent.form.get("reason").to_owned(),
        named: whom_it_is_about(&sent.form),
        to: chosen(sent)?,
    };
    let once = sent.form.once();
    acts::restrict(sent.hand(&once), &restriction).await?;
    Ok(Notice::Restricted)
}

async fn name(sent: &Sent) -> Result<Notice, Fault> {
    let naming = lane::Naming {
        named: whom_it_is_about(&sent.form),
        to: chosen(sent)?,
    };
    let once = sent.form.once();
    acts::name(sent.hand(&once), &naming).await?;
    Ok(Notice::Named)
}

async fn open(sent: &Sent) -> Result<Notice, Fault> {
    let once = sent.form.once();
    acts::open(sent.hand(&once), sent.form.get("reason")).await?;
    Ok(Notice::Opened)
}

/// Whom a form names, in its boxes and in its line.
pub(crate) fn whom_it_is_about(form: &StaffForm) -> StaffNamed {
    let people = form.posted.all("about");
    StaffNamed {
        people: people
            .iter()
            .filter_map(|id| id.trim().parse().ok().map(StaffId))
            .collect(),
        others: form.posted.some("about_others").map(str::to_owned),
    }
}

/// Who deals with it from now on, where the form says so.
fn chosen(sent: &Sent) -> Result<Option<Person>, Fault> {
    match sent.form.get("to").trim() {
        "" => Ok(None),
        id => named(sent.seat(), id, "to", "Choose who deals with it from now on").map(Some),
    }
}

/// The two forms about a restricted case: each untouched, or one of them as it came back.
struct Forms {
    naming: FormState,
    opening: FormState,
}

impl Forms {
    fn fresh(file: &CaseFile) -> Forms {
        let case = &file.case;
        let people: Vec<String> = case.named.people.iter().map(|id| id.0.to_string()).collect();
        let owner = case.owner.map(|id| id.0.to_string()).unwrap_or_default();
        let mut answers: Vec<(&str, &str)> = people.iter().map(|id| ("about", id.as_str())).collect();
        answers.extend(case.named.others.as_deref().map(|others| ("about_others", others)));
        answers.push(("to", &owner));
        let naming = fresh(file);
        let answers = answers
            .into_iter()
            .fold(naming.answers.clone(), |known, (name, value)| known.and(name, value));
        Forms {
            naming: FormState { answers, ..naming },
            opening: match case.is_held() {
                true => fresh(file).answered(&[("seen", &case.sequence.to_string()), ("reason", WRONG)]),
                false => fresh(file),
            },
        }
    }
}

type Back = (&'static str, fn(&mut Forms, FormState));

async fn answer(sent: &Sent, acted: Result<Notice, Fault>, (first_field, place): Back) -> Response {
    let fault = match acted {
        Ok(notice) => return sent.done(notice).await,
        Err(fault) => fault,
    };
    let Some(form) = came_back(&sent.form, &fault, first_field).filter(|_| sent.file.case.is_restricted()) else {
        return sent.fault(fault).await;
    };
    let mut forms = Forms::fresh(&sent.file);
    place(&mut forms, form);
    let page = restricted_page(sent.seat(), &sent.file, forms);
    sent.seat().page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn restrict_page(seat: &Seat, file: &CaseFile, form: FormState) -> Restrict {
    let mut then = vec![
        "Only a few people can read it from now on, and none of those whom it is about.".to_owned(),
        "Whoever writes to the person says no more than before; the date stays as it is.".to_owned(),
    ];
    then.extend(
        file.case
            .job
            .as_ref()
            .map(|job| format!("Its words leave the job register: job {} becomes a stub.", job.number)),
    );
    if !READERS.iter().any(|role| seat.door.person().is(*role)) {
        then.push("You can read it afterwards only if you are the one who deals with it.".to_owned());
    }
    Restrict {
        case: brief(seat, file),
        then,
        staff: everybody(seat),
        keepers: keepers(seat, file),
        form,
    }
}

fn restricted_page(seat: &Seat, file: &CaseFile, forms: Forms) -> Restricted {
    let by = seat.door.person();
    let naming = lane::can_name(&file.case, by).is_ok().then(|| Naming {
        staff: everybody(seat),
        keepers: keepers(seat, file),
        form: forms.naming,
    });
    let opening = match lane::can_open(&file.case, by) {
        Err(Refused::NotAllowed { .. }) => None,
        asked => Some(Opening {
            not_now: asked
                .and_then(|()| stands_alone(&file.case))
                .err()
                .map(|refused| refused.to_string()),
            form: forms.opening,
        }),
    };
    Restricted {
        case: brief(seat, file),
        readers: readers(seat, file),
        about: whom(seat, &file.case.named),
        naming,
        opening,
    }
}

/// Who can read a restricted case, from the tables that decide it.
fn readers(seat: &Seat, file: &CaseFile) -> Vec<String> {
    let owner = file.case.owner.and_then(|id| seat.door.office().person(id));
    let mut readers: Vec<String> = owner
        .filter(rules::confidential::sight::may_be_given)
        .map(|owner| format!("{}, {}, who deals with it", owner.name, owner.job_title))
        .into_iter()
        .collect();
    readers.push(format!("{}, unless it is about them", one_of(&READERS)));
    readers.push(format!(
        "{}, while a letter of it waits for sign-off",
        one_of(&[Role::SignOffAuthority])
    ));
    readers.push(format!(
        "{}, who sees its dates and no word of it",
        one_of(&[Role::Auditor])
    ));
    readers
}

/// Everybody who works here, by name: a complaint can be about anybody.
pub(crate) fn everybody(seat: &Seat) -> Vec<Pick> {
    let people = seat.door.office().people();
    let mut people: Vec<&Person> = people.values().collect();
    people.sort_by(|a, b| a.name.cmp(&b.name));
    people
        .iter()
        .map(|person| {
            Pick::new(
                &person.id.0.to_string(),
                &format!("{}, {}", person.name, person.job_title),
            )
        })
        .collect()
}

/// The managers who can deal with the case at its stage; none where nobody works on it.
fn keepers(seat: &Seat, file: &CaseFile) -> Option<Vec<Candidate>> {
    let work = file.case.state.work()?;
    let stage = file.in_force.procedure.stage_number(work.stage())?;
    let mut restricted = file.clone();
    restricted.case.lane = rules::case::vocabulary::Lane::Restricted;
    Some(super::candidates(seat, &restricted, stage))
}
