//! Serving the brand, and the colours that somebody tries out.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use casework::house::{self, House};
use rules::case::Refused;
use rules::colour::{Colour, ratio_words};
use rules::office::brand::{ACCENT, Brand, LINK, Logo, Typed, logo, read, worst};
use rules::people::Act;

use super::BrandPage;
use crate::http::asked::address;
use crate::http::brand::declared;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, StaffForm, Unsaved, form};
use crate::staff::parts::form::FormState;
use crate::staff::paths;

/// The brand.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    if let Err(fault) = seat.require(Act::EditBrand) {
        return fault.into_response(&seat, &Posted::default()).await;
    }
    let notice =
        (asked.get("done") == "saved").then(|| "The brand is saved. Pages and letters wear it from now on.".to_owned());
    let brand = current(&seat);
    let state = form::fresh().answered(&[
        ("organisation", &brand.organisation),
        ("unit", &brand.unit),
        ("accent", &brand.accent.to_string()),
        ("link", &brand.link.to_string()),
    ]);
    let page = page(&seat, state);
    seat.page(&BrandPage { notice, ..page }).await
}

/// Another brand, or how it would look.
pub async fn save(form: StaffForm) -> Response {
    let seat = &form.seat;
    if let Err(fault) = seat.require(Act::EditBrand) {
        return fault.into_response(seat, &form.posted).await;
    }
    let fault = match typed(&form) {
        Ok(_) if form.get("do") == "preview" => {
            let page = BrandPage {
                seen: form.get("made_from").to_owned(),
                ..page(seat, form.state())
            };
            return seat.page(&page).await;
        }
        Ok((brand, picture)) => {
            let seen = form.get("made_from").parse().unwrap_or_default();
            let pair = (first(seat), brand.clone());
            match house::set_brand(form.seat.hand(&form.once()), pair, picture.as_deref(), seen).await {
                Ok(_) => {
                    seat.site.wording().wear(brand.link);
                    return Done::see(&format!("{}?done=saved", paths::BRAND));
                }
                Err(fault) => fault,
            }
        }
        Err(refused) => refused.into(),
    };
    let unsaved = Unsaved::because(&fault);
    let fault = Fault::from(fault);
    let Some(errors) = fault.beside_fields("organisation") else {
        return fault.into_response(seat, &form.posted).await;
    };
    let now = current(seat);
    let now = format!(
        "{}, {}, accent {}, links {}.",
        now.organisation, now.unit, now.accent, now.link
    );
    let again = page(seat, FormState { errors, ..form.state() });
    let page = BrandPage {
        now: unsaved.compared(|| now),
        seen: unsaved
            .compared(|| again.seen.clone())
            .unwrap_or_else(|| form.get("made_from").to_owned()),
        ..again
    };
    seat.page_with(unsaved.status(), &page).await
}

/// The colours that are tried out, for the preview alone.
pub async fn preview(seat: Seat, asked: Asked) -> Response {
    if seat.require(Act::EditBrand).is_err() {
        return StatusCode::FORBIDDEN.into_response();
    }
    let colour = |name: &str, otherwise: Colour| asked.get(name).parse().unwrap_or(otherwise);
    let brand = Brand {
        accent: colour("accent", ACCENT),
        link: colour("link", LINK),
        ..current(&seat)
    };
    let sheet = format!(".fc-preview{{{}}}", declared(&brand.light()));
    ([(CONTENT_TYPE, "text/css; charset=utf-8")], sheet).into_response()
}

/// What was typed, and the bytes of a picture that is new.
fn typed(form: &StaffForm) -> Result<(Brand, Option<Vec<u8>>), Refused> {
    let kept: Option<Logo> = match form.posted.has("no_logo") {
        true => None,
        false => current(&form.seat).logo,
    };
    let picture = match form.files.in_field("logo") {
        None => None,
        Some(held) => {
            let bytes = held.bytes.clone();
            let words = "The picture is larger than 256 KB. Make it smaller: it is shown 40 pixels high";
            Some(bytes.ok_or_else(|| Refused::field("logo", words))?)
        }
    };
    let chosen = picture.as_deref().map(logo);
    let typed = Typed {
        organisation: form.get("organisation").to_owned(),
        unit: form.get("unit").to_owned(),
        accent: form.get("accent").to_owned(),
        link: form.get("link").to_owned(),
    };
    let brand = read(&typed, kept);
    match (brand, chosen) {
        (Ok(brand), None) => Ok((brand, None)),
        (Ok(brand), Some(Ok(logo))) => Ok((
            Brand {
                logo: Some(logo),
                ..brand
            },
            picture,
        )),
        (Err(Refused::Fields { mut fields }), Some(Err(Refused::Fields { fields: more }))) => {
            fields.extend(more);
            Err(Refused::Fields { fields })
        }
        (Err(refused), _) | (_, Some(Err(refused))) => Err(refused),
    }
}

/// The brand before the office ever set one.
fn first(seat: &Seat) -> Brand {
    let first = seat.site.first_institution();
    Brand {
        organisation: first.organisation.clone(),
        unit: first.unit.clone(),
        accent: ACCENT,
        link: LINK,
        logo: None,
    }
}

fn current(seat: &Seat) -> Brand {
    let house = seat.door.office().house();
    house.brand.clone().unwrap_or_else(|| first(seat))
}

fn page(seat: &Seat, state: FormState) -> BrandPage {
    let house = seat.door.office().house();
    let House { brand_times, logo, .. } = &*house;
    let colour = |name: &str| state.answers.get(name).parse::<Colour>().ok();
    let (accent, link) = (colour("accent"), colour("link"));
    let ground = accent.unwrap_or(ACCENT);
    let measured = [("Accent", accent), ("Links", link)];
    let measured = measured.into_iter().filter_map(|(name, colour)| {
        let colour = colour?;
        let (on, ratio) = worst(colour, ground);
        Some([format!("{name} {colour}"), on.to_owned(), ratio_words(ratio)])
    });
    let refused = |name| state.errors.on(name).is_some();
    let worn = accent.zip(link).filter(|_| !refused("accent") && !refused("link"));
    let sheet = worn.map(|(accent, link)| {
        let colours = [("accent", accent.to_string()), ("link", link.to_string())];
        let pairs: Vec<(&str, &str)> = colours.iter().map(|(name, value)| (*name, value.as_str())).collect();
        address(paths::BRAND_PREVIEW, &pairs)
    });
    BrandPage {
        notice: None,
        now: None,
        seen: brand_times.to_string(),
        has_logo: logo.is_some(),
        sheet,
        measured: measured.collect(),
        form: state,
    }
}
