//! The routes of the counter.

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use super::answer::troubled;
use super::trouble::Trouble;
use super::{
    about, ask_stage_2, changes, checkpoints, complain, confirmation, contact, handover, home, paths, procedure, stop,
    thanks, track, track_start,
};
use crate::http::Site;

/// Every public route.
pub fn routes() -> Router<Site> {
    Router::new()
        .route(paths::HOME, get(home::show))
        .route(paths::PROCEDURE, get(procedure::show))
        .route(paths::CHANGES, get(changes::show))
        .route(paths::COMPLAIN, get(complain::show).post(complain::send))
        .route(paths::COMPLAIN_SENT, get(confirmation::show))
        .route("/complain/sent/receipt.txt", get(confirmation::receipt))
        .route(paths::THANKS, get(thanks::show).post(thanks::send))
        .route("/thanks/sent", get(thanks::sent))
        .route(paths::TRACK, get(track_start::show).post(track_start::enter))
        .route("/track/{reference}", get(track::show))
        .route("/track/{reference}/k/{token}", get(track::follow))
        .route("/track/{reference}/files/{id}", get(track::file))
        .route("/track/{reference}/reply", get(track::show).post(track::reply))
        .route(
            "/track/{reference}/stage-2",
            get(ask_stage_2::show).post(ask_stage_2::send),
        )
        .route("/track/{reference}/points", get(track::show).post(track::answer))
        .route("/track/{reference}/contact", get(contact::show).post(contact::send))
        .route("/track/{reference}/stop", get(stop::show).post(stop::send))
        .route("/handover/{reference}/{token}", get(handover::show))
        .route(
            "/handover/{reference}/{token}/have",
            get(handover::show_have).post(handover::have),
        )
        .route(
            "/handover/{reference}/{token}/told",
            get(handover::show).post(handover::told),
        )
        .route(
            "/handover/{reference}/{token}/finished",
            get(handover::show_finished).post(handover::finished),
        )
        .route(
            "/handover/{reference}/{token}/code",
            get(handover::show).post(handover::send_code),
        )
        .route(
            "/handover/{reference}/{token}/read",
            get(handover::read).post(handover::try_code),
        )
        .route("/handover/{reference}/{token}/files/{id}", get(handover::file))
        .route(
            "/handover/{reference}/{token}/close",
            get(handover::show).post(handover::close),
        )
        .route(paths::LOST_CODE, get(about::lost_code_form).post(about::send_link))
        .route(paths::ACCESSIBILITY, get(about::serve_accessibility))
        .route(paths::PRIVACY, get(about::serve_privacy))
        .route(paths::COOKIES, get(about::serve_cookies))
        .route(paths::CHECKPOINTS, get(checkpoints::show))
        .route(paths::PUBLIC_KEY, get(checkpoints::key))
        .route(paths::HOW_TO_CHECK, get(checkpoints::how_to_check))
        .route("/checkpoints/of/{month}", get(checkpoints::of_month))
}

/// No such page.
pub async fn not_found(State(site): State<Site>) -> Response {
    troubled(&site, Trouble::NotFound, None)
}
