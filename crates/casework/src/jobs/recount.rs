//! After a change of the calendars every open date is counted again, before anybody reads or acts (A42).

use jiff::civil::Date;
use rules::case::{Case, Reference, Setting};
use rules::deadlines::Duty;
use rules::handling::recount::recount;
use storage::deadlines::{self, DeadlineRow};
use storage::published::CALENDARS;
use storage::{StorageError, Tx, settings};

use crate::office::version_of;
use crate::record::{Batch, change_by_itself, load_within};
use crate::{ActError, Office};

/// The setting that says by which calendars the rows of dates were counted.
const COUNTED_WITH: &str = "dates_counted_with";

/// How many cases are read at a time.
const PAGE: u32 = 500;

/// Counts all dates that still run again if the calendars are not those by which they were counted, and answers how many moved. What
/// they were counted with is kept last: after a crash it begins anew, and what moved already does not move twice.
///
/// # Errors
/// When the store cannot be read or written. A case that cannot be read is reported and left as it is.
pub(crate) async fn after_a_new_calendar(office: &Office) -> Result<usize, ActError> {
    let (in_force, counted_with) = office
        .store
        .read(|tx| {
            Box::pin(async move { Ok::<_, StorageError>((names(tx).await?, settings::get(tx, COUNTED_WITH).await?)) })
        })
        .await?;
    if counted_with.as_ref() == Some(&in_force) {
        return Ok(0);
    }
    let moved = match counted_with {
        Some(_) => every_running_case(office).await?,
        None => 0,
    };
    let now = office.now();
    office
        .store
        .write(move |tx| Box::pin(async move { settings::put(tx, COUNTED_WITH, &in_force, now).await }))
        .await?;
    Ok(moved)
}

/// The calendars in force, as JSON: a list of names with their versions.
async fn names(tx: &mut Tx<'_>) -> Result<String, StorageError> {
    let rows = CALENDARS.list(tx).await?;
    let mut names: Vec<String> = rows
        .into_iter()
        .filter(|row| row.active)
        .map(|row| format!("{} {}", row.id, row.version))
        .collect();
    names.sort();
    serde_json::to_string(&names).map_err(|error| StorageError::Corrupt(error.to_string()))
}

async fn every_running_case(office: &Office) -> Result<usize, ActError> {
    let (mut moved, mut after) = (0, String::new());
    loop {
        let references = running_cases(office, &after).await?;
        for reference in &references {
            match one(office, reference).await {
                Ok(has_moved) => moved += usize::from(has_moved),
                // One case that cannot be read keeps neither the others nor the office.
                Err(fault) => tracing::error!(%reference, %fault, "the dates of a case could not be counted again"),
            }
        }
        match references.into_iter().last() {
            Some(last) => after = last,
            None => return Ok(moved),
        }
    }
}

/// The next page of cases that a calendar can touch, after a reference.
pub(crate) async fn running_cases(office: &Office, after: &str) -> Result<Vec<String>, StorageError> {
    let (now, after) = (office.now(), after.to_owned());
    office
        .store
        .read(move |tx| Box::pin(async move { deadlines::cases_running(tx, now, &after, PAGE).await }))
        .await
}

/// Counts the dates of one case again; answers whether its decision date moved or was kept against the new calendar.
async fn one(office: &Office, reference: &str) -> Result<bool, ActError> {
    let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
    let promised = promised(office, &reference).await?;
    let mut recorded = 0;
    if let Some(promised) = promised {
        let rule = |case: &Case, setting: &Setting<'_>| Ok(recount(case, promised, setting));
        (_, recorded) = change_by_itself(office, &reference, rule).await?;
    }
    refresh(office, reference).await?;
    Ok(recorded > 0)
}

/// The open decision date as it stood with the calendars before.
async fn promised(office: &Office, reference: &Reference) -> Result<Option<Date>, ActError> {
    let stream = reference.to_string();
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { deadlines::of_case(tx, &stream).await }))
        .await?;
    let open = |row: &&DeadlineRow| row.kind == Duty::Decision.code() && !row.met;
    Ok(rows.iter().find(open).and_then(|row| row.due_on))
}

/// The other dates are in no event: their rows are made again.
async fn refresh(office: &Office, reference: Reference) -> Result<(), ActError> {
    let (versions, keys) = (office.versions_by_name(), office.store.keys().clone());
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let loaded = load_within(tx, &reference).await?;
                let in_force = version_of(&versions, &loaded.case)?;
                Ok(Batch::rebuilt(loaded, &in_force, &keys)?.write_derived(tx).await?)
            })
        })
        .await
}
