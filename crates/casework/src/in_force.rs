//! The procedures and calendars in force: read from what was published, joined, ready to count.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rules::case::{Case, Setting};
use rules::clock::{Calendar, CalendarShelf, OwnCalendars};
use rules::office::OfficeEvent;
use rules::office::event;
use rules::office::next_version::{Since, in_force_on};
use rules::people::Actor;
use rules::procedure::{Catalogue, Procedure};
use storage::Store;
use storage::published::{CALENDARS, PROCEDURES};

use crate::ActError;
use crate::desk::office_log::LogLine;

/// A procedure version with its calendar, ready to count.
#[derive(Debug, Clone)]
pub struct InForce {
    /// The procedure.
    pub procedure: Procedure,
    /// Its calendar with all layers.
    pub calendar: Calendar,
    /// The calendars of clocks that count by another one.
    pub own_calendars: OwnCalendars,
    /// The text from which it was read.
    pub text: String,
    /// Every category that a case may carry, those of other versions among them.
    pub catalogue: Arc<Catalogue>,
}

/// Procedure versions by id and version.
pub(crate) type Versions = BTreeMap<(String, String), Arc<InForce>>;

/// The version under which a case was received.
///
/// # Errors
/// When it is not among them.
pub(crate) fn version_of(versions: &Versions, case: &Case) -> Result<Arc<InForce>, ActError> {
    let key = (case.received.procedure.clone(), case.received.procedure_version.clone());
    versions.get(&key).cloned().ok_or(ActError::NoProcedure {
        id: key.0,
        version: key.1,
    })
}

/// A version as it was published.
#[derive(Debug, Clone)]
pub struct Edition {
    /// What was published.
    pub published: event::Published,
    /// When.
    pub at: Timestamp,
    /// Who published it.
    pub by: Actor,
    /// Since when it can hold.
    pub since: Since,
    /// The version itself.
    pub in_force: Arc<InForce>,
}

/// Every version that a case may be under, and those of the office's procedure in the order of their publication.
pub(crate) struct Published {
    pub(crate) versions: Versions,
    pub(crate) editions: Vec<Edition>,
    first: Arc<InForce>,
}

impl Published {
    /// Reads every procedure of the store, joined with the calendars in force; `log` is all that happened in the office, `id` the procedure
    /// under which it works.
    pub(crate) async fn read(store: &Store, log: &[LogLine], id: &str) -> Result<Published, ActError> {
        let shelf = shelf(store).await?;
        let rows = store.read(|tx| Box::pin(PROCEDURES.list(tx))).await?;
        let mut read = Vec::with_capacity(rows.len());
        for row in &rows {
            read.push(read_procedure(
                &format!("{} {}", row.id, row.version),
                &row.text,
                &shelf,
            )?);
        }
        let versions = with_catalogues(read);
        let editions = editions(log, id, &versions);
        let first = editions.first().map(|edition| edition.in_force.clone());
        let first = first.ok_or_else(|| ActError::NoProcedure {
            id: id.to_owned(),
            version: "any".to_owned(),
        })?;
        Ok(Published {
            versions,
            editions,
            first,
        })
    }

    /// The version under which cases are received at an instant.
    pub(crate) fn active(&self, now: Timestamp) -> Arc<InForce> {
        let today = self.first.calendar.time_zone().to_datetime(now).date();
        let since: Vec<Since> = self.editions.iter().map(|edition| edition.since).collect();
        let place = in_force_on(&since, today).unwrap_or_default();
        let edition = self.editions.get(place);
        edition.map_or_else(|| self.first.clone(), |edition| edition.in_force.clone())
    }
}

/// Versions that know what every other calls its categories. The rows come with the newest first.
fn with_catalogues(read: Vec<InForce>) -> Versions {
    let mut versions = Versions::new();
    for one in &read {
        let others = read.iter().map(|other| &other.procedure);
        let others = others.filter(|other| other.id == one.procedure.id && other.version != one.procedure.version);
        let key = (one.procedure.id.clone(), one.procedure.version.clone());
        let knowing = InForce {
            catalogue: Arc::new(Catalogue::of(&one.procedure, others)),
            ..one.clone()
        };
        versions.insert(key, Arc::new(knowing));
    }
    versions
}

fn editions(log: &[LogLine], id: &str, versions: &Versions) -> Vec<Edition> {
    let edition = |line: &LogLine| {
        let OfficeEvent::ProcedurePublished(published) = &line.event else {
            return None;
        };
        let in_force = versions.get(&(published.id.clone(), published.version.clone()))?;
        let published_on = in_force.calendar.time_zone().to_datetime(line.at).date();
        (published.id == id).then(|| Edition {
            published: published.clone(),
            at: line.at,
            by: line.actor,
            since: Since {
                valid_from: published.valid_from,
                published_on,
            },
            in_force: in_force.clone(),
        })
    };
    log.iter().filter_map(edition).collect()
}

impl InForce {
    /// The setting of a rule at an instant.
    pub fn setting(&self, now: Timestamp) -> Setting<'_> {
        Setting {
            procedure: &self.procedure,
            calendar: &self.calendar,
            own_calendars: &self.own_calendars,
            now,
            categories: self.catalogue.axes(),
        }
    }
}

/// The calendars in force.
pub(crate) async fn shelf(store: &Store) -> Result<CalendarShelf, ActError> {
    let rows = store.read(|tx| Box::pin(CALENDARS.list(tx))).await?;
    let files: Vec<(String, String)> = rows
        .into_iter()
        .filter(|row| row.active)
        .map(|row| (row.id, row.text))
        .collect();
    read_calendars(&files)
}

/// Reads calendar files.
///
/// # Errors
/// Every fault with its file, line and reason.
pub fn read_calendars(files: &[(String, String)]) -> Result<CalendarShelf, ActError> {
    let mut calendars = Vec::new();
    for (name, text) in files {
        calendars.push(Calendar::parse(text, name).map_err(ActError::Invalid)?);
    }
    Ok(CalendarShelf::new(calendars))
}

/// Reads a procedure file and joins its calendar.
///
/// # Errors
/// Every fault with its file, line and reason; a calendar that is not there.
pub fn read_procedure(name: &str, text: &str, shelf: &CalendarShelf) -> Result<InForce, ActError> {
    let procedure = Procedure::parse(text, name).map_err(ActError::Invalid)?;
    let calendar = shelf.layered(&procedure.calendar)?;
    Ok(InForce {
        catalogue: Arc::new(Catalogue::of(&procedure, [])),
        own_calendars: OwnCalendars::of(procedure.own_calendars(), shelf),
        procedure,
        calendar,
        text: text.to_owned(),
    })
}

/// A procedure with the calendars of another shelf.
pub(crate) fn layered(in_force: &InForce, shelf: &CalendarShelf) -> Result<InForce, ActError> {
    Ok(InForce {
        procedure: in_force.procedure.clone(),
        calendar: shelf.layered(&in_force.procedure.calendar)?,
        own_calendars: OwnCalendars::of(in_force.procedure.own_calendars(), shelf),
        text: in_force.text.clone(),
        catalogue: in_force.catalogue.clone(),
    })
}
