//! Saved views as pages show them: where each leads, how many cases it finds for whoever looks, and what it asks for that is gone.

use casework::ActError;
use casework::desk::{COUNTED, OwnedBy, Wanted};
use casework::views::{ViewId, Views};
use rules::office::views::View;
use rules::people::StaffId;

use super::super::asked::Sought;
use crate::http::Asked;
use crate::staff::desk::Seat;
use crate::staff::parts::filters::Filter;

/// What a view asks.
pub(super) fn sought(view: &View) -> Sought {
    Sought::of(&Asked::of(&view.query))
}

/// The views above the list, each with the number of its cases for this person.
pub(crate) async fn above(seat: &Seat, views: &Views, now: &Sought) -> Result<Vec<Filter>, ActError> {
    let counts = counted(seat, views).await?;
    let filters = views.all().zip(counts).map(|((_, view), count)| {
        let sought = sought(view);
        let [count, most] = [count, COUNTED].map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let filter = Filter::new(&view.name, &sought.page("")).counting_up_to(count, most);
        if sought == *now { filter.in_force() } else { filter }
    });
    Ok(filters.collect())
}

/// How many cases each view finds for this person, in the order of the views.
pub(super) async fn counted(seat: &Seat, views: &Views) -> Result<Vec<i64>, ActError> {
    let wanted: Vec<Wanted> = views.all().map(|(_, view)| sought(view).wanted).collect();
    match wanted.as_slice() {
        [] => Ok(Vec::new()),
        wanted => seat.door.count(wanted).await,
    }
}

/// Where the list opens for somebody who asked for nothing in particular; nothing where it opens as it is.
pub(crate) fn start(views: &Views) -> Option<(ViewId, String)> {
    views.start().map(|(id, view)| (id, sought(view).page("")))
}

/// What a list is narrowed by that is not there any more. It still opens, and finds what is as it was.
pub(crate) fn gone(seat: &Seat, sought: &Sought) -> Vec<String> {
    let office = seat.door.office();
    let owner = match sought.wanted.owner {
        Some(OwnedBy::Person(id)) if office.person(id).is_none() => Some(left(seat, id)),
        _ => None,
    };
    let in_force = office.active();
    let is_offered = |code: &String| in_force.catalogue.offered("service").any(|one| one.code == *code);
    let service = sought
        .wanted
        .service
        .as_ref()
        .filter(|code| !is_offered(code))
        .map(|code| {
            let name = in_force.catalogue.name_or_code("service", code);
            format!("The service {name} is not in the procedure any more. You see the cases that were put under it.")
        });
    owner.into_iter().chain(service).collect()
}

fn left(seat: &Seat, id: StaffId) -> String {
    match seat.door.office().person_ever(id) {
        Some(person) => format!("{} has left. You see what is still with them.", person.name),
        None => "The person whose cases this asks for is not known here.".to_owned(),
    }
}
