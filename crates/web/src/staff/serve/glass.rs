//! Serving the opening of a sealed case, and taking what is asked and answered about it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;
use casework::handling::Hand;
use casework::sealing::glass::{self, AskedToOpen, Glass};
use casework::sealing::record::SealedRecord;
use rules::case::Reference;
use rules::case::event::Ground;
use rules::confidential::sealing::glass::AskToOpen;
use rules::people::{Act, StaffId};
use rules::sentence::capital;

use super::CasePath;
use crate::http::{Posted, download, once};
use crate::page::record::{Manner, RecordText};
use crate::staff::desk::{Done, Fault, Seat, StaffForm};
use crate::staff::glass::{AskForm, AskedFacts, Can, GlassPage, OpenedPage};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::{FormState, Pick};
use crate::staff::paths;

/// Where it stands, and what this person can do.
pub async fn show(seat: Seat, Path(path): Path<CasePath>) -> Response {
    match standing(&seat, &path.reference).await {
        Ok(glass) => seat.page(&page(&seat, &glass, fresh(&glass))).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

/// Asks, agrees or ends, as the form says.
pub async fn post(Path(path): Path<CasePath>, form: StaffForm) -> Response {
    let glass = match standing(&form.seat, &path.reference).await {
        Ok(glass) => glass,
        Err(fault) => return fault.into_response(&form.seat, &form.posted).await,
    };
    let once = form.once();
    let hand = form.seat.door.hand(&glass.reference, form.seen(), &once);
    let acted = match form.posted.get("step") {
        "agree" => glass::agree(hand).await,
        "end" => glass::end(hand).await,
        _ => glass::ask(hand, &typed(&form)).await,
    };
    let fault = match acted {
        Ok(_) => return Done::see(&paths::case_act(&glass.reference.to_string(), "opening")),
        Err(fault) => Fault::from(fault),
    };
    match super::came_back(&form, &fault, "words") {
        Some(state) => {
            let page = page(&form.seat, &glass, state);
            form.seat.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page).await
        }
        None => fault.into_response(&form.seat, &form.posted).await,
    }
}

/// The record, for whoever may read it now.
pub async fn read(seat: Seat, Path(path): Path<CasePath>) -> Response {
    let read = async {
        let glass = standing(&seat, &path.reference).await?;
        let record = glass::read(looks(&seat, &glass)).await?;
        Ok::<_, Fault>((glass, record))
    };
    match read.await {
        Ok((glass, record)) => seat.page(&opened(&seat, &glass, &record)).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

fn opened(seat: &Seat, glass: &Glass, record: &SealedRecord) -> OpenedPage {
    let here = paths::case_act(&glass.reference.to_string(), "opening");
    let wall = seat.wall();
    let manner = Manner {
        when: &|at| wall.full(at),
        name: &|id| name(seat, id),
    };
    OpenedPage {
        reference: glass.reference.to_string(),
        until: glass
            .asked
            .as_ref()
            .map(|asked| wall.full(asked.until))
            .unwrap_or_default(),
        record: RecordText::of(record, &manner, &|id| format!("{here}/files/{id}")),
        form: FormState::fresh(&once::key()),
    }
}

/// A file of the record.
pub async fn file(seat: Seat, Path((reference, id)): Path<(String, String)>) -> Response {
    let opened = async {
        let glass = standing(&seat, &reference).await?;
        Ok::<_, Fault>(glass::file(looks(&seat, &glass), &id).await?)
    };
    match opened.await {
        Ok(file) => download::answer(file),
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}

async fn standing(seat: &Seat, reference: &str) -> Result<Glass, Fault> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    seat.require(Act::SeeCases)?;
    // Whoever sees cases and not these is answered as if there were none (invariant 12).
    if !seat.may(Act::SeeSealed) {
        return Err(ActError::NotFound.into());
    }
    Ok(seat.door.glass(&reference).await?)
}

fn looks<'a>(seat: &'a Seat, glass: &'a Glass) -> Hand<'a> {
    Hand {
        office: seat.door.office(),
        by: seat.door.person(),
        reference: &glass.reference,
        seen: casework::handling::Seen::Whatever,
        once: None,
    }
}

fn typed(form: &StaffForm) -> AskToOpen {
    AskToOpen {
        ground: Ground::from_code(form.posted.get("ground")),
        words: form.posted.get("words").to_owned(),
    }
}

fn fresh(glass: &Glass) -> FormState {
    FormState::fresh(&once::key()).answered(&[("seen", &glass.sequence.to_string())])
}

fn page(seat: &Seat, glass: &Glass, form: FormState) -> GlassPage {
    let ask = glass.cannot_ask.is_none().then(|| AskForm {
        grounds: Ground::ALL
            .iter()
            .map(|ground| Pick::new(ground.code(), &capital(ground.words())))
            .collect(),
    });
    let not_now = match (&glass.asked, &glass.cannot_ask) {
        (None, Some(refused)) => Some(refused.to_string()),
        _ => None,
    };
    GlassPage {
        reference: glass.reference.to_string(),
        asked: glass.asked.as_ref().map(|asked| AskedFacts {
            facts: asked_facts(seat, asked),
            can: can(seat, glass, asked),
        }),
        ask,
        not_now,
        form,
    }
}

fn can(seat: &Seat, glass: &Glass, asked: &AskedToOpen) -> Can {
    let is_own = asked.by == seat.door.person().id;
    match (is_own, asked.agreed) {
        (true, Some(_)) => Can::Read,
        (true, None) => Can::TakeBack,
        (false, None) if glass.cannot_answer.is_none() => Can::Answer,
        _ => Can::Nothing,
    }
}

fn asked_facts(seat: &Seat, asked: &AskedToOpen) -> Vec<Fact> {
    let wall = seat.wall();
    let who = |id| name(seat, id).unwrap_or_else(|| "Somebody who has left".to_owned());
    let mut facts = vec![
        Fact::new("Who asks", &who(asked.by)),
        Fact::new("Why", &capital(asked.ground.words())),
    ];
    facts.extend(asked.words.as_ref().map(|words| Fact::new("In their words", words)));
    facts.push(Fact::new("Since", &wall.full(asked.at)));
    match asked.agreed {
        Some((by, at)) => {
            facts.push(Fact::new("Agreed", &format!("{}, {}", who(by), wall.full(at))));
            facts.push(Fact::new("Open until", &wall.full(asked.until)));
        }
        None => facts.push(Fact::new("Lapses", &wall.full(asked.until))),
    }
    facts
}

fn name(seat: &Seat, id: StaffId) -> Option<String> {
    seat.door.office().person(id).map(|person| person.name)
}
