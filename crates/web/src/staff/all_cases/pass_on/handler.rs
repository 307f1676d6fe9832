//! Serving the choice of several cases, and passing them on one after another.

use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::desk::{DeskLine, Shown};
use casework::handling::{Seen, judge};
use rules::case::{Reference, Refused};
use rules::confidential::Sight;
use rules::people::{Act, Person, StaffId, permission};

use super::{Choosable, PassOn};
use crate::http::{Asked, Posted};
use crate::page::words::count;
use crate::staff::all_cases::asked::Sought;
use crate::staff::desk::{Fault, Seat, StaffForm, form, rows};
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::parts::link::Link;

/// A page of the list, each case with a box.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let sought = Sought::of(&asked);
    match page(&seat, &sought, form::fresh()).await {
        Ok(page) => seat.page(&page).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Passes the chosen ones on.
pub async fn send(asked: Asked, form: StaffForm) -> Response {
    let (seat, sought) = (&form.seat, Sought::of(&asked));
    let answered = match choice(&form) {
        Ok(choice) => done(&form, &sought, &choice).await,
        Err(fault) => wrong(&form, &sought, fault).await,
    };
    match answered {
        Ok((status, page)) => seat.page_with(status, &page).await,
        Err(fault) => fault.into_response(seat, &form.posted).await,
    }
}

/// What was chosen.
struct Choice {
    cases: Vec<Reference>,
    to: Person,
}

fn choice(form: &StaffForm) -> Result<Choice, Refused> {
    let cases: Vec<Reference> = form
        .posted
        .all("case")
        .into_iter()
        .filter_map(|reference| reference.parse().ok())
        .collect();
    if cases.is_empty() {
        return Err(Refused::field("case", "Choose at least one case"));
    }
    let chosen = form.get("to").parse().ok().map(StaffId);
    let to = chosen.and_then(|id| form.seat.door.office().person(id));
    Ok(Choice {
        cases,
        to: to.ok_or_else(|| Refused::field("to", "Choose who takes them"))?,
    })
}

async fn done(form: &StaffForm, sought: &Sought, choice: &Choice) -> Result<(StatusCode, PassOn), Fault> {
    let seat = &form.seat;
    let note = form.posted.some("note");
    let (mut passed, mut stayed) = (0, Vec::new());
    for reference in &choice.cases {
        match pass(form, reference, &choice.to, note).await {
            Ok(()) => passed += 1,
            Err(ActError::Refused(refused)) => stayed.push(format!("{reference} stays where it is: {refused}")),
            Err(ActError::NotFound) => stayed.push(format!("{reference} is no case that you can pass on.")),
            Err(ActError::Stale { .. }) => stayed.push(format!(
                "{reference} stays where it is: somebody acted on it at the same moment. Look at it, then pass it on."
            )),
            Err(fault) => return Err(fault.into()),
        }
    }
    let went = match passed {
        0 => None,
        n => Some(format!(
            "{} with {} now.",
            count(n, "case is", "cases are"),
            choice.to.name
        )),
    };
    let page = page(seat, sought, form::fresh()).await?;
    Ok((
        StatusCode::OK,
        PassOn {
            passed: went,
            stayed,
            ..page
        },
    ))
}

/// Passes one on, if it is still with whom the list said.
async fn pass(form: &StaffForm, reference: &Reference, to: &Person, note: Option<&str>) -> Result<(), ActError> {
    let door = &form.seat.door;
    let file = door.case_for_a_line(reference).await?;
    let listed = form
        .posted
        .all("with")
        .into_iter()
        .find_map(|with| with.strip_prefix(&format!("{reference}:")));
    let moved = listed.is_some_and(|listed| listed != with(file.case.owner));
    if let Some(owner) = file.case.owner.filter(|owner| moved && *owner != to.id) {
        let name = door.office().name_in_list(owner);
        return Err(Refused::NotNow(format!("it was given to {name} while you were choosing.")).into());
    }
    let once = format!("{}:{reference}", form.once());
    let hand = door.hand(reference, Seen::UpTo(file.case.sequence), &once);
    judge::assign(hand, to, note.map(str::to_owned)).await?;
    Ok(())
}

/// Whom a case is with, as the form says it.
fn with(owner: Option<StaffId>) -> String {
    owner.map_or_else(|| "nobody".to_owned(), |owner| owner.0.to_string())
}

async fn wrong(form: &StaffForm, sought: &Sought, refused: Refused) -> Result<(StatusCode, PassOn), Fault> {
    let fault = Fault::from(refused);
    let errors = fault.beside_fields("case").unwrap_or_default();
    let state = FormState { errors, ..form.state() };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(&form.seat, sought, state).await?))
}

async fn page(seat: &Seat, sought: &Sought, form: FormState) -> Result<PassOn, Fault> {
    seat.require(Act::Assign)?;
    let list = seat.door.list(&Shown::Cases(sought.wanted.clone()), None).await?;
    let chosen: Vec<String> = form.answers.all("case").map(str::to_owned).collect();
    let can_be_chosen = |line: &&DeskLine| line.sight == Sight::Whole && CAN_GO.contains(&line.state.as_str());
    let rows = list.lines.iter().filter(can_be_chosen);
    Ok(PassOn {
        back: Link::new(sought.heading(), &sought.page("")),
        action: sought.several(),
        passed: None,
        stayed: Vec::new(),
        rows: rows.map(|line| choosable(seat, line, &chosen)).collect(),
        people: people(seat),
        form,
    })
}

/// States in which a case has an owner who can change; the rule has the last word on each.
const CAN_GO: [&str; 2] = ["open", "answered"];

fn choosable(seat: &Seat, line: &DeskLine, chosen: &[String]) -> Choosable {
    let owner = line.owner.map(|owner| seat.door.office().name_in_list(owner));
    Choosable {
        is_chosen: chosen.contains(&line.reference),
        reference: line.reference.clone(),
        title: line.card.title.clone(),
        owner: owner.unwrap_or_else(|| "Nobody yet".to_owned()),
        with: format!("{}:{}", line.reference, with(line.owner)),
        due: line
            .due
            .map_or_else(|| "No date".to_owned(), |due| rows::words(seat, due)),
    }
}

fn people(seat: &Seat) -> Vec<Pick> {
    let people = seat.door.office().people();
    let mut able: Vec<&Person> = people
        .values()
        .filter(|person| permission::may(person, Act::DecideFrontline) || permission::may(person, Act::Investigate))
        .collect();
    able.sort_by(|a, b| a.name.cmp(&b.name));
    able.into_iter()
        .map(|person| {
            Pick::new(
                &person.id.0.to_string(),
                &format!("{}, {}", person.name, person.job_title),
            )
        })
        .collect()
}
