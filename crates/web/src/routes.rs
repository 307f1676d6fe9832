//! Every route in one place: the table that a golden file keeps.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::header::CONTENT_DISPOSITION;
use axum::http::{Extensions, HeaderMap, StatusCode, Version};
use axum::middleware::from_fn;
use axum::routing::get;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, Predicate};
use tower_http::csrf::CsrfLayer;
use tower_http::trace::TraceLayer;

use crate::http::posted::LARGEST_FORM;
use crate::http::{Site, assets, brand, headers, patience};
use crate::{public, staff};

/// The site as a service.
pub fn router(site: Site) -> Router {
    Router::new()
        .merge(public::routes())
        .merge(staff::routes())
        .route("/assets/{*path}", get(assets::serve))
        .route(brand::PATH, get(brand::serve))
        .route("/health", get(|| async { "ok" }))
        .fallback(public::not_found)
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(CsrfLayer::new())
        .layer(from_fn(headers::guard))
        // Assets come compressed already and pass through as they are.
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_shown)))
        .layer(from_fn(patience::wait))
        .layer(TraceLayer::new_for_http())
        .with_state(site)
}

/// What is saved and not shown travels as it is: its length is promised.
fn is_shown(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    !headers.contains_key(CONTENT_DISPOSITION)
}
