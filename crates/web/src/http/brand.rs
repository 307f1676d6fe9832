//! The brand as browsers get it: a style sheet and a picture under addresses that change with their contents, so that no page needs a style
//! of its own (the content security policy would refuse it).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use casework::house::House;
use rules::audit::Hash;
use rules::office::brand::{ACCENT, Brand, LINK, Tokens};
use rules::office::ways::{Open, Way};

use super::Site;
use crate::page::public_shell::{Desk, Institution, Social};

/// Where style sheet and picture are found.
pub const PATH: &str = "/brand/{name}";
/// How much of a hash is enough to tell contents apart, in characters.
const HASH: usize = 16;

/// The institution as it is said of, with what the office set.
pub(crate) fn dressed(first: &Institution, house: &House) -> Institution {
    let mut institution = first.clone();
    if let Some(brand) = &house.brand {
        institution.organisation.clone_from(&brand.organisation);
        institution.unit.clone_from(&brand.unit);
        institution.sheet = sheet_of(brand).map(|sheet| format!("/brand/{}", sheet_name(&sheet)));
        institution.logo = house
            .logo
            .is_some()
            .then(|| logo_name(brand))
            .flatten()
            .map(|name| format!("/brand/{name}"));
    }
    if let Some(ways) = &house.ways {
        let open = |way: &Way| way.open == Open::On;
        institution.phone.clone_from(&ways.phone);
        institution.phone_hours.clone_from(&ways.phone_hours);
        institution.email.clone_from(&ways.email.address);
        institution.email_open = ways.email.open;
        institution.chat_url = open(&ways.chat).then(|| ways.chat.address.clone());
        institution.chat_hours = open(&ways.chat).then(|| ways.chat.hours.clone());
        institution.desk = open(&ways.in_person).then(|| Desk {
            place: ways.in_person.address.clone(),
            hours: ways.in_person.hours.clone(),
        });
        institution.social = open(&ways.social_media).then(|| Social {
            network: ways.social_media.called.clone(),
            handle: ways.social_media.address.clone(),
            url: ways.social_link.clone(),
        });
        let lines = ways.post.address.lines().map(str::to_owned);
        institution.post = if open(&ways.post) { lines.collect() } else { Vec::new() };
    }
    institution
}

/// The style sheet of a brand; none where its colours are those that come with the product.
fn sheet_of(brand: &Brand) -> Option<String> {
    ((brand.accent, brand.link) != (ACCENT, LINK)).then(|| {
        let (light, dark) = (declared(&brand.light()), declared(&brand.dark()));
        format!(
            ":root{{{light}}}[data-theme=\"dark\"]{{{dark}}}@media (prefers-color-scheme:dark){{[data-theme=\"auto\"]{{{dark}}}}}"
        )
    })
}

/// Colours of a brand as declarations of the style sheet.
pub(crate) fn declared(tokens: &Tokens) -> String {
    tokens
        .iter()
        .map(|(name, colour)| format!("--fc-{name}:{colour};"))
        .collect()
}

fn sheet_name(sheet: &str) -> String {
    let hash = Hash::of(sheet.as_bytes()).to_string();
    format!("style-{}.css", &hash[..HASH])
}

fn logo_name(brand: &Brand) -> Option<String> {
    let logo = brand.logo.as_ref()?;
    Some(format!("logo-{}", logo.sha256.get(..HASH)?))
}

/// Answers with the style sheet or the picture of this name; one of an earlier brand is not there any more.
pub async fn serve(State(site): State<Site>, Path(name): Path<String>) -> Response {
    let house = site.office().house();
    let brand = house.brand.as_ref();
    let sheet = brand.and_then(sheet_of).filter(|sheet| sheet_name(sheet) == name);
    if let Some(sheet) = sheet {
        return kept("text/css; charset=utf-8", sheet.into_bytes());
    }
    let picture = brand.and_then(logo_name).filter(|known| *known == name);
    match (picture, &house.logo) {
        (Some(_), Some((kind, bytes))) => kept(kind.media_type(), bytes.clone()),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn kept(content_type: &'static str, bytes: Vec<u8>) -> Response {
    let headers = [
        (CONTENT_TYPE, content_type),
        (CACHE_CONTROL, "public, max-age=31536000, immutable"),
    ];
    (headers, bytes).into_response()
}
