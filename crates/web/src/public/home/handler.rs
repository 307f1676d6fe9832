//! Serving the home page.

use axum::extract::State;
use axum::response::Response;

use super::{HomePage, home};
use crate::http::Site;
use crate::public::answer::page;
use crate::public::procedure::published;

/// The home page, with the procedure in force.
pub(crate) async fn show(State(site): State<Site>) -> Response {
    let in_force = site.public().procedure();
    let shown = HomePage {
        procedure: published(&in_force.procedure),
        changes: Vec::new(),
        notice: None,
    };
    page(home(site.institution(), &shown))
}
