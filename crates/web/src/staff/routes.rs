//! The routes of the office.

use axum::Router;

use crate::http::Site;

/// Every staff route.
pub fn routes() -> Router<Site> {
    Router::new()
}
