//! Letting somebody in who knows reference and code.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use casework::{ActError, Passing};
use tracing::error;

use super::{TrackStartPage, Wait, track_start};
use crate::http::{Caller, Carried, Posted, Sender, Site, in_minutes, later, once};
use crate::page::form::Errors;
use crate::public::answer::{complainant, failed, page, see_with_case, with_case};
use crate::public::kept::{carried, kept_carried};
use crate::public::paths;
use crate::public::trouble::{Trouble, TroublePage, trouble};

/// The page that asks for reference and code.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    page(track_start(
        &site.institution(),
        &TrackStartPage {
            key: once::key(),
            ..TrackStartPage::default()
        },
    ))
}

/// Somebody sent a form about their complaint: if this browser is not let in to it any more, the page, which carries the form.
pub(crate) fn locked_out(site: &Site, sender: Sender, fault: &ActError, form: Carried) -> Response {
    let kept = kept_carried(&form, site);
    let form = carried(sender, form).filter(|_| matches!(fault, ActError::NotFound));
    let Some((form, reference)) = form else {
        return failed(site, fault, kept);
    };
    let shown = TrackStartPage {
        key: once::key(),
        reference,
        carried: form.along(),
        without: form.files,
        ..TrackStartPage::default()
    };
    answered(site, StatusCode::FORBIDDEN, &shown)
}

/// Reference and code, and perhaps a form that waits for them.
pub(crate) async fn enter(
    State(site): State<Site>,
    caller: Caller,
    sender: Sender,
    headers: HeaderMap,
    posted: Posted,
) -> Response {
    let form = Carried::through(&posted).and_then(|form| carried(sender, form));
    if let Some((form, reference)) = &form
        && complainant(&site, &headers, reference).await.is_ok()
    {
        // They followed the link of a letter meanwhile.
        return waited(&site, form);
    }
    let form = form.map(|(form, _)| form);
    let shown = TrackStartPage {
        key: once::key(),
        reference: posted.get("ref").to_owned(),
        carried: form.as_ref().map(Carried::along).unwrap_or_default(),
        without: form.as_ref().map(|form| form.files.clone()).unwrap_or_default(),
        ..TrackStartPage::default()
    };
    let entered = async {
        let who = site
            .public()
            .enter(posted.get("ref"), posted.get("code"), &caller.0)
            .await?;
        let file = site.public().case(&who).await?;
        Ok::<_, ActError>((who.reference().to_string(), file.case.received.link_token))
    };
    match (entered.await, form) {
        (Ok((reference, token)), None) => see_with_case(&paths::complaint(&reference), &reference, &token, &site),
        (Ok((reference, token)), Some(form)) => with_case(waited(&site, &form), &reference, &token, &site),
        (Err(fault), _) => refused(&site, &fault, shown),
    }
}

/// The page again, with what is in the way.
fn refused(site: &Site, fault: &ActError, shown: TrackStartPage) -> Response {
    match fault {
        ActError::NotFound => {
            let errors = Errors::none().with(
                "ref",
                "That reference and code do not match. Check both, or let us send you your link again",
            );
            answered(
                site,
                StatusCode::UNPROCESSABLE_ENTITY,
                &TrackStartPage { errors, ..shown },
            )
        }
        ActError::Throttled { tries, minutes } => {
            let wait = Some(Wait {
                tries: u32::try_from(*tries).unwrap_or(u32::MAX),
                how_long: format!("{minutes} minutes"),
            });
            let again = answered(site, StatusCode::TOO_MANY_REQUESTS, &TrackStartPage { wait, ..shown });
            in_minutes(again, *minutes)
        }
        fault if !shown.carried.is_empty() => {
            error!(%fault, "nobody can be let in to a complaint");
            let errors = Errors::none().with("ref", "We could not look this up just now. Try again in a minute");
            let again = answered(
                site,
                StatusCode::SERVICE_UNAVAILABLE,
                &TrackStartPage { errors, ..shown },
            );
            later(again, Passing::Trouble)
        }
        fault => failed(site, fault, None),
    }
}

/// The form that waited, with what they wrote and a button that sends it.
fn waited(site: &Site, form: &Carried) -> Response {
    let kept = kept_carried(form, site);
    let what = Trouble::TimedOut;
    page(trouble(&site.institution(), &TroublePage { what, kept }))
}

fn answered(site: &Site, status: StatusCode, shown: &TrackStartPage) -> Response {
    (status, page(track_start(&site.institution(), shown))).into_response()
}
