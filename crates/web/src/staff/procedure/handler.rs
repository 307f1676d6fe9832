//! Serving the procedure in force, as staff see it.

use axum::response::Response;
use rules::people::Act;

use super::shown::shown;
use crate::http::Posted;
use crate::staff::desk::Seat;

/// The page.
pub async fn show(seat: Seat) -> Response {
    match seat.require(Act::SeeProcedure) {
        Ok(()) => seat.page(&shown(seat.door.office())).await,
        Err(fault) => fault.into_response(&seat, &Posted::default()).await,
    }
}
