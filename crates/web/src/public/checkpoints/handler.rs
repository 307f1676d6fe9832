//! Serving the published checkpoints: as a page, and each as the text that is checked.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use casework::evidence::PublishedCheckpoint;
use rules::clock::full_date;
use rules::review::Month;

use super::{CheckpointsPage, PublishedMonth};
use crate::http::Site;
use crate::public::answer::{failed, page};
use crate::public::paths;
use crate::public::routes::not_found;

/// The steps by which a receipt and the proof of a case are checked, as the manual has them.
const STEPS: &str = concat!(
    include_str!("../../../../../docs/manual/checking-a-receipt.md"),
    "\n",
    include_str!("../../../../../docs/manual/proving-a-case.md")
);

/// What the address of the latest one says in the place of a month.
const LATEST: &str = "latest";

/// The page.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    match site.public().checkpoints().await {
        Ok(published) => page(super::checkpoints(&site.institution(), &shown(&site, &published))),
        Err(fault) => failed(&site, &fault, None),
    }
}

fn shown(site: &Site, published: &[PublishedCheckpoint]) -> CheckpointsPage {
    let today = site.public().procedure().setting(site.public().now()).today();
    let month = |one: &PublishedCheckpoint| PublishedMonth {
        month: one.month.words(),
        entries: one.entries,
        href: paths::checkpoint(&one.month.to_string()),
    };
    CheckpointsPage {
        key: site.public().public_key(),
        latest: published.first().map(|one| one.note.clone()),
        months: published.iter().map(month).collect(),
        next: format!("after {}", full_date(Month::of(today).period().last)),
    }
}

/// The text of one: of a month, or the latest.
pub(crate) async fn of_month(State(site): State<Site>, Path(asked): Path<String>) -> Response {
    let found = match asked.parse::<Month>() {
        Ok(month) => site.public().checkpoint(month).await,
        Err(_) if asked == LATEST => site.public().checkpoints().await.map(|all| all.into_iter().next()),
        Err(_) => Ok(None),
    };
    match found {
        Ok(Some(one)) => text(one.note),
        Ok(None) => not_found(State(site)).await,
        Err(fault) => failed(&site, &fault, None),
    }
}

/// The public key.
pub(crate) async fn key(State(site): State<Site>) -> Response {
    text(format!("{}\n", site.public().public_key()))
}

/// The steps.
pub(crate) async fn how_to_check() -> Response {
    text(STEPS.to_owned())
}

fn text(of: String) -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], of).into_response()
}
