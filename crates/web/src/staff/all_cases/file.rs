//! The list of all cases as a table for a spreadsheet: codes, days and names of staff; no word and no name of a complainant.

use axum::response::Response;
use casework::ActError;
use casework::desk::{DeskLine, Shown};
use casework::looks::ListTaken;
use rules::case::Refused;
use rules::confidential::Sight;

use super::asked::Sought;
use crate::http::{Asked, Posted};
use crate::staff::desk::{Fault, Seat};
use crate::staff::parts::table_file::{plain, table_file};

/// The most rows that one file holds.
const MOST: usize = 20_000;

/// The columns.
const COLUMNS: [&str; 13] = [
    "reference",
    "kind",
    "state",
    "stage",
    "urgency",
    "vip",
    "channel",
    "service",
    "owner",
    "received",
    "decision_due",
    "working_days_left",
    "last_contact",
];

/// The file.
pub async fn save(seat: Seat, asked: Asked) -> Response {
    let sought = Sought::of(&asked);
    let rows = match rows(&seat, &sought).await {
        Ok(rows) => rows,
        Err(fault) => return fault.into_response(&seat, &Posted::default()).await,
    };
    if let Err(fault) = on_record(&seat, &sought, &rows).await {
        return Fault::from(fault).into_response(&seat, &Posted::default()).await;
    }
    table_file("cases.csv", &COLUMNS, &rows)
}

/// Who takes which cases along stands in the access log before they have them (R31).
async fn on_record(seat: &Seat, sought: &Sought, rows: &[[String; 13]]) -> Result<(), ActError> {
    let cases = rows.iter().filter_map(|row| row[0].parse().ok());
    seat.door.takes_list(&ListTaken::of(&sought.query(), cases)).await
}

async fn rows(seat: &Seat, sought: &Sought) -> Result<Vec<[String; 13]>, Fault> {
    let list = Shown::Cases(sought.wanted.clone());
    let (mut after, mut rows): (Option<String>, Vec<_>) = (None, Vec::new());
    loop {
        let page = seat.door.list(&list, after.as_deref()).await?;
        rows.extend(page.lines.iter().map(|line| row(seat, line)));
        after = page.next;
        match after {
            None => return Ok(rows),
            Some(_) if rows.len() >= MOST => return Err(too_long()),
            Some(_) => {}
        }
    }
}

fn too_long() -> Fault {
    let words = format!(
        "This list has more than {MOST} cases. Narrow it, by the days on which they were received for example, and save each part."
    );
    Fault::from(ActError::from(Refused::Rule(words)))
}

fn row(seat: &Seat, line: &DeskLine) -> [String; 13] {
    let wall = seat.wall();
    let day = |at: jiff::Timestamp| wall.local(at).date().to_string();
    let whole = line.sight == Sight::Whole;
    let owner = line
        .owner
        .filter(|_| whole)
        .map(|owner| seat.door.office().name_of(owner));
    [
        line.reference.clone(),
        line.kind.code().to_owned(),
        line.state.clone(),
        line.stage.to_string(),
        line.urgency.code().to_owned(),
        if line.vip { "yes" } else { "no" }.to_owned(),
        line.channel.code().to_owned(),
        plain(line.service.clone().unwrap_or_default()),
        plain(owner.unwrap_or_default()),
        day(line.received_at),
        line.due.map_or_else(String::new, |due| due.on.to_string()),
        line.due.map_or_else(String::new, |due| due.left.to_string()),
        line.last_contact_at.map_or_else(String::new, day),
    ]
}
