//! Letting somebody in who knows reference and code.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use casework::ActError;

use super::{TrackStartPage, Wait, track_start};
use crate::http::{Caller, Posted, Site, once};
use crate::page::form::Errors;
use crate::public::answer::{failed, page, see_with_case, sent_wrong};
use crate::public::paths;

/// The page that asks for reference and code.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    page(track_start(
        site.institution(),
        &TrackStartPage {
            key: once::key(),
            ..TrackStartPage::default()
        },
    ))
}

/// Reference and code.
pub(crate) async fn enter(State(site): State<Site>, caller: Caller, posted: Posted) -> Response {
    let shown = TrackStartPage {
        key: once::key(),
        reference: posted.get("ref").to_owned(),
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
    match entered.await {
        Ok((reference, token)) => see_with_case(&paths::complaint(&reference), &reference, &token, &site),
        Err(ActError::NotFound) => {
            let errors = Errors::none().with(
                "ref",
                "That reference and code do not match. Check both, or let us send you your link again",
            );
            sent_wrong(track_start(site.institution(), &TrackStartPage { errors, ..shown }))
        }
        Err(ActError::Throttled { tries, minutes }) => {
            let wait = Some(Wait {
                tries: u32::try_from(tries).unwrap_or(u32::MAX),
                how_long: format!("{minutes} minutes"),
            });
            let mut response = page(track_start(site.institution(), &TrackStartPage { wait, ..shown }));
            *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
            response
        }
        Err(fault) => failed(&site, &fault, None),
    }
}
