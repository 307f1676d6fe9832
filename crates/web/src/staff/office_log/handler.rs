//! Serving the office log to those who may read it.

use axum::response::Response;
use casework::desk::office_log;

use super::saying::{Said, said};
use super::{LogRow, OfficeLog};
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::paths;

/// A page of the log; `before` in the address is the number where the page before ended.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let before = asked.get("before").parse().ok();
    let page = match office_log::page(seat.door.office(), before, seat.door.person()).await {
        Ok(page) => page,
        Err(fault) => return Fault::from(fault).into_response(&seat, &Posted::default()).await,
    };
    let wall = seat.wall();
    let row = |line: &office_log::LogLine| {
        let Said { who, what, detail } = said(seat.door.office(), line);
        LogRow {
            entry: line.position,
            when: wall.second(line.at),
            who,
            what,
            detail,
        }
    };
    let next = |before: u32| address(paths::OFFICE_LOG, &[("before", &before.to_string())]);
    seat.page(&OfficeLog {
        rows: page.lines.iter().map(row).collect(),
        next: page.next.map(next),
    })
    .await
}
