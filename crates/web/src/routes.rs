//! Every route in one place: the table that a golden file keeps.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::from_fn;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::http::{Site, assets, headers};
use crate::{public, staff};

/// The largest form that is read, in bytes: a complaint of 200,000 characters, each of up to nine bytes when encoded, and its fields.
const LARGEST_FORM: usize = 2 * 1024 * 1024;
/// A request that takes longer has met a fault; the person is told so instead of waiting.
const LONGEST: Duration = Duration::from_secs(30);

/// The site as a service.
pub fn router(site: Site) -> Router {
    Router::new()
        .merge(public::routes())
        .merge(staff::routes())
        .route("/assets/{*path}", get(assets::serve))
        .route("/health", get(|| async { "ok" }))
        .fallback(public::not_found)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new())
        .layer(from_fn(headers::guard))
        // Assets come compressed already and pass through as they are.
        .layer(CompressionLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, LONGEST))
        .layer(TraceLayer::new_for_http())
        .with_state(site)
}
