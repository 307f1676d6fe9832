//! Serving the ways to complain.

use axum::response::Response;
use casework::house;
use rules::office::ways::{Open, Way, Ways};
use rules::people::Act;

use super::WaysPage;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Unsaved, form};
use crate::staff::office_log::saying;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// The ways.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    if let Err(fault) = seat.require(Act::EditWays) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let notice = (asked.get("done") == "saved")
        .then(|| "The channels are saved. The public pages name them so from now on.".to_owned());
    let page = WaysPage {
        notice,
        now: Vec::new(),
        seen: seat.door.office().house().ways_times.to_string(),
        form: filled(&current(&seat)),
    };
    seat.page(&page).await
}

/// Other ways.
pub async fn save(form: StaffForm) -> Response {
    let seat = &form.seat;
    let seen = form.get("made_from").parse().unwrap_or_default();
    let pair = (first(seat), typed(&form.posted));
    let fault = match house::set_ways(form.seat.hand(&form.once()), pair, seen).await {
        Ok(_) => return Done::see(&format!("{}?done=saved", paths::WAYS)),
        Err(fault) => fault,
    };
    let unsaved = Unsaved::because(&fault);
    let fault = Fault::from(fault);
    let Some(errors) = fault.beside_fields("phone") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let page = WaysPage {
        notice: None,
        now: unsaved.compared(|| saying::ways(&current(seat))).unwrap_or_default(),
        seen: unsaved
            .compared(|| seat.door.office().house().ways_times.to_string())
            .unwrap_or_else(|| form.get("made_from").to_owned()),
        form: FormState { errors, ..form.state() },
    };
    seat.page_with(unsaved.status(), &page).await
}

fn current(seat: &Seat) -> Ways {
    let house = seat.door.office().house();
    house.ways.clone().unwrap_or_else(|| first(seat))
}

/// The ways before the office ever set them: those of the configuration.
fn first(seat: &Seat) -> Ways {
    let first = seat.site.first_institution();
    let way = |address: Option<&String>, hours: &str, called: &str| Way {
        open: if address.is_some() { Open::On } else { Open::Off },
        address: address.cloned().unwrap_or_default(),
        hours: if address.is_some() {
            hours.to_owned()
        } else {
            String::new()
        },
        called: called.to_owned(),
    };
    let (desk, social) = (first.desk.as_ref(), first.social.as_ref());
    Ways {
        phone: first.phone.clone(),
        phone_hours: first.phone_hours.clone(),
        email: way(Some(&first.email), "", ""),
        chat: way(first.chat_url.as_ref(), &first.phone_hours, ""),
        in_person: way(desk.map(|desk| &desk.place), desk.map_or("", |desk| &desk.hours), ""),
        social_media: way(social.map(|one| &one.handle), "", social.map_or("", |one| &one.network)),
        social_link: social.map_or_else(String::new, |one| one.url.clone()),
        post: way(None, "", ""),
    }
}

fn typed(posted: &Posted) -> Ways {
    let offered = posted.all("open");
    let get = |name: &str| posted.get(name).to_owned();
    let way = |code: &str, address: &str, hours: &str, called: &str| Way {
        open: if offered.contains(&code) { Open::On } else { Open::Off },
        address: get(address),
        hours: get(hours),
        called: get(called),
    };
    Ways {
        phone: get("phone"),
        phone_hours: get("phone_hours"),
        email: way("email", "email", "", ""),
        chat: way("chat", "chat", "chat_hours", ""),
        in_person: way("in_person", "desk", "desk_hours", ""),
        social_media: way("social_media", "social", "", "social_called"),
        social_link: get("social_link"),
        post: way("post", "post", "", ""),
    }
}

fn filled(ways: &Ways) -> FormState {
    let mut state = form::fresh().answered(&[
        ("phone", &ways.phone),
        ("phone_hours", &ways.phone_hours),
        ("email", &ways.email.address),
        ("chat", &ways.chat.address),
        ("chat_hours", &ways.chat.hours),
        ("desk", &ways.in_person.address),
        ("desk_hours", &ways.in_person.hours),
        ("social_called", &ways.social_media.called),
        ("social", &ways.social_media.address),
        ("social_link", &ways.social_link),
        ("post", &ways.post.address),
    ]);
    let all = [
        ("email", &ways.email),
        ("chat", &ways.chat),
        ("in_person", &ways.in_person),
        ("social_media", &ways.social_media),
        ("post", &ways.post),
    ];
    for (code, _) in all.into_iter().filter(|(_, way)| way.open == Open::On) {
        state.answers = state.answers.and("open", code);
    }
    state
}
