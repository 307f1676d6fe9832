//! Serving the home page.

use axum::extract::State;
use axum::response::Response;
use tracing::error;

use super::{Change, HomePage, home};
use crate::http::Site;
use crate::public::answer::page;
use crate::public::procedure::published;

/// How many changes the home page shows.
const CHANGES: u32 = 3;

/// The home page, with the procedure in force and the latest changes.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    let door = site.public();
    let in_force = door.procedure();
    // Whoever comes to complain must get this page; the changes are an ornament to it.
    let found = door.latest_changes(CHANGES).await.unwrap_or_else(|fault| {
        error!(%fault, "the changes for the home page could not be read");
        Vec::new()
    });
    let shown = HomePage {
        procedure: published(&in_force.procedure),
        changes: found.into_iter().map(change).collect(),
        notice: None,
    };
    page(home(&site.institution(), &shown))
}

fn change(change: casework::review::Change) -> Change {
    Change {
        you_said: change.you_said,
        we_did: change.we_did,
    }
}
