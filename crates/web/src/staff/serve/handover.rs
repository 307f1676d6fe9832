//! Serving and taking the handover of a case: to whom, the letter before it goes, sending it, taking it back.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::handling::Hand;
use casework::letter::without_way_back;
use casework::sealing::hand_over::{self, ToHolder};
use casework::sealing::view::{Handover, OnItsWay as Waiting};
use rules::case::event::Holder;
use rules::case::{Reference, Refused};
use rules::letters::{Compose as _, LetterKind};
use rules::people::Act;
use rules::sentence::capital;

use super::CasePath;
use crate::http::once;
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::handover::{HandoverPage, Now, OnItsWay};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// Where it stands, and the form.
pub async fn show(seat: Seat, Path(path): Path<CasePath>) -> Response {
    match opened(&seat, &path.reference).await {
        Ok(handover) => {
            let page = page(&seat, &handover, fresh(&handover));
            seat.page(&page).await
        }
        Err(fault) => fault.into_response(&seat, &crate::http::Posted::default()).await,
    }
}

/// Looks at the letter, sends it, or takes it back, as the form says.
pub async fn post(Path(path): Path<CasePath>, form: StaffForm) -> Response {
    let handover = match opened(&form.seat, &path.reference).await {
        Ok(handover) => handover,
        Err(fault) => return fault.into_response(&form.seat, &form.posted).await,
    };
    let acted = match form.posted.get("step") {
        "send" => send(&form, &handover.reference).await,
        "back" => back(&form, &handover.reference).await,
        "chase" => chase(&form, &handover.reference).await,
        _ => return preview(&form, &handover).await,
    };
    match acted {
        Ok(()) => Done::see(&paths::case_act(&handover.reference.to_string(), "handover")),
        Err(fault) => again(&form, &handover, fault).await,
    }
}

async fn opened(seat: &Seat, reference: &str) -> Result<Handover, Fault> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let handover = seat.door.handover(&reference).await?;
    // Whoever sees the outline and may not hand over has nothing to do here: the outline says where it stands.
    seat.require(Act::Seal)?;
    Ok(handover)
}

async fn send(form: &StaffForm, reference: &Reference) -> Result<(), Fault> {
    let once = form.once();
    hand_over::ask(hand(form, reference, &once), &typed(form)).await?;
    Ok(())
}

async fn back(form: &StaffForm, reference: &Reference) -> Result<(), Fault> {
    let once = form.once();
    hand_over::take_back(hand(form, reference, &once), form.posted.get("reason")).await?;
    Ok(())
}

async fn chase(form: &StaffForm, reference: &Reference) -> Result<(), Fault> {
    let once = form.once();
    hand_over::chase(hand(form, reference, &once)).await?;
    Ok(())
}

fn hand<'a>(form: &'a StaffForm, reference: &'a Reference, once: &'a str) -> Hand<'a> {
    form.seat.door.hand(reference, form.seen(), once)
}

fn typed(form: &StaffForm) -> ToHolder {
    ToHolder {
        to: Holder {
            name: form.posted.get("holder_name").trim().to_owned(),
            email: form.posted.get("holder_email").trim().to_owned(),
        },
        why: form.posted.get("why").to_owned(),
    }
}

/// The letter as it would go. What is wrong with name or address is said before anybody reads it.
async fn preview(form: &StaffForm, handover: &Handover) -> Response {
    let shown = async {
        hand_over::check(hand(form, &handover.reference, ""), &typed(form)).await?;
        let (facts, carried) = form
            .seat
            .door
            .handover_letter(&handover.reference, &typed(form))
            .await?;
        let wording = form.seat.site.wording();
        let words = wording.compose(LetterKind::Handover, &facts).map_err(Refused::NotNow)?;
        // The one who reads it here is not the one whom the link lets in.
        let text = without_way_back(&words.text, &facts);
        Ok::<_, Fault>((words.subject, text, capital(&carried.words_with_key())))
    };
    match shown.await {
        Ok((subject, text, carried)) => {
            let shown = HandoverPage {
                now: Now::Preview { subject, text, carried },
                ..page(&form.seat, handover, form.state())
            };
            form.seat.page(&shown).await
        }
        Err(fault) => again(form, handover, fault).await,
    }
}

async fn again(form: &StaffForm, handover: &Handover, fault: Fault) -> Response {
    match super::came_back(form, &fault, "holder_email") {
        Some(state) => {
            let page = page(&form.seat, handover, state);
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        None => fault.into_response(&form.seat, &form.posted).await,
    }
}

fn fresh(handover: &Handover) -> FormState {
    let seen = handover.sequence.to_string();
    let form = FormState::fresh(&once::key());
    match &handover.suggested {
        None => form.answered(&[("seen", &seen)]),
        Some(suggested) => form.answered(&[
            ("seen", &seen),
            ("holder_name", &suggested.to.name),
            ("holder_email", &suggested.to.email),
            ("why", &suggested.words.join(" ")),
        ]),
    }
}

fn page(seat: &Seat, handover: &Handover, form: FormState) -> HandoverPage {
    HandoverPage {
        reference: handover.reference.to_string(),
        is_sealed: handover.is_sealed,
        held: held(seat, handover),
        can_chase: handover.can_chase,
        on_its_way: handover.on_its_way.as_ref().map(|way| on_its_way(seat, way)),
        suggested: handover
            .suggested
            .as_ref()
            .map(|suggested| suggested.words.clone())
            .unwrap_or_default(),
        now: match &handover.not_now {
            Some(refused) => Now::Nothing(refused.to_string()),
            None => Now::Ask {
                because: because(handover),
            },
        },
        form,
    }
}

fn because(handover: &Handover) -> Option<String> {
    let words = match (handover.wants_another, &handover.held) {
        (true, _) => "They asked for stage 2: somebody who has not dealt with it before has to have it.",
        (false, Some(held)) if held.finished_at.is_none() => {
            "If whoever has it cannot deal with it, hand it over to somebody else. Their link ends then."
        }
        _ => return None,
    };
    Some(words.to_owned())
}

fn held(seat: &Seat, handover: &Handover) -> Vec<Fact> {
    let Some(held) = &handover.held else { return Vec::new() };
    let wall = seat.wall();
    let when = |at: Option<jiff::Timestamp>| at.map_or_else(|| "not yet".to_owned(), |at| wall.full(at));
    let mut facts = vec![Fact::new(
        "A line manager has it",
        &format!("since {}", wall.full(held.since)),
    )];
    if let Some(carried) = &held.carried {
        facts.push(Fact::new("It went as", &carried.words()));
    }
    facts.extend([
        Fact::new("They said that they have it", &when(held.taken_at)),
        Fact::new("They said that they have finished", &when(held.finished_at)),
    ]);
    if held.reminded_at.is_some() {
        facts.push(Fact::new("Last reminded", &when(held.reminded_at)));
    }
    facts
}

fn on_its_way(seat: &Seat, way: &Waiting) -> OnItsWay {
    let trouble = way.trouble.as_ref().map(|(reason, given_up)| {
        let next = match given_up {
            true => "Nobody tries again: take it back and check the address.",
            false => "We try again by ourselves.",
        };
        format!(
            "{} {next} Nothing was taken away.",
            reason.trim_end_matches('.').to_owned() + "."
        )
    });
    OnItsWay {
        to: format!("{}, {}", way.name, way.email),
        since: seat.wall().full(way.since),
        trouble,
    }
}
