//! Serving the search: a reference or a job number goes straight to its page, everything else to a list.

use axum::response::Response;
use casework::ActError;
use casework::desk::DeskLine;
use casework::desk::lists::PAGE;
use rules::case::Reference;
use rules::people::Act;

use super::SearchResults;
use crate::http::asked::address;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Done, Fault, Seat, rows};
use crate::staff::jobs::handler::find;
use crate::staff::parts::panel::Empty;
use crate::staff::parts::queue::QueueTable;
use crate::staff::paths;

/// What was found.
pub async fn show(seat: Seat, asked: Asked) -> Response {
    let query = asked.get("q").trim();
    match found(&seat, query).await {
        Ok(Found::Page(path)) => Done::see(&path),
        Ok(Found::Lines(lines)) => seat.page(&shown(&seat, query, &lines)).await,
        Err(fault) => Fault::from(fault).into_response(&seat, &Posted::default()).await,
    }
}

/// What a search leads to.
enum Found {
    Page(String),
    Lines(Vec<DeskLine>),
}

async fn found(seat: &Seat, query: &str) -> Result<Found, ActError> {
    if let Ok(reference) = query.parse::<Reference>()
        && seat.may(Act::SeeCases)
        && seat.door.sight_of(&reference).await?.is_some()
    {
        return Ok(Found::Page(from_search(&paths::case(&reference.to_string()))));
    }
    if is_like_a_job(query) && seat.may(Act::SeeJobs) {
        match find(seat, query).await {
            Ok((number, _)) => return Ok(Found::Page(paths::job(&number))),
            Err(ActError::NotFound) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(Found::Lines(seat.door.find(query).await?))
}

/// A single word with a digit in it, as job numbers are written.
fn is_like_a_job(query: &str) -> bool {
    let plain = query.len() <= 20 && query.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain && query.bytes().any(|byte| byte.is_ascii_digit())
}

fn shown(seat: &Seat, query: &str, lines: &[DeskLine]) -> SearchResults {
    let mut table = rows::flat(seat, "Cases with these words, the best match first", lines);
    for row in table.groups.iter_mut().flat_map(|group| &mut group.rows) {
        row.href = from_search(&row.href);
    }
    SearchResults {
        query: query.to_owned(),
        summary: summary(query, lines.len()),
        table: if lines.is_empty() {
            QueueTable {
                groups: Vec::new(),
                ..table
            }
        } else {
            table
        },
        empty: Empty::new("No cases match. Try fewer words, a reference such as FC-10482, or a name."),
        next: None,
    }
}

/// The access log tells that the case was opened from a search, and not what was searched for.
fn from_search(path: &str) -> String {
    address(path, &[("by", "search")])
}

fn summary(query: &str, found: usize) -> String {
    let words = match query.split_whitespace().count() {
        0 => return "Type a reference, a name or words of a complaint.".to_owned(),
        1 => "this word",
        _ => "these words",
    };
    match found {
        0 => String::new(),
        1 => format!("1 case has {words}. Closed cases are included."),
        n if n < PAGE as usize => format!("{n} cases have {words}. Closed cases are included."),
        n => format!("The {n} cases that match {words} best. Closed cases are included. Add a word to find fewer."),
    }
}
