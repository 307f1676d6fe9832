//! The procedures and calendars in force: read from what was published, joined, ready to count.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use rules::case::{Case, Setting};
use rules::clock::{Calendar, CalendarShelf};
use rules::procedure::Procedure;
use storage::Store;
use storage::published::{CALENDARS, PROCEDURES};

use crate::ActError;

/// A procedure version with its calendar, ready to count.
#[derive(Debug)]
pub struct InForce {
    /// The procedure.
    pub procedure: Procedure,
    /// Its calendar with all layers.
    pub calendar: Calendar,
    /// The text from which it was read.
    pub text: String,
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

/// Every version that a case may be under, and the one under which new cases are received.
pub(crate) struct Published {
    pub(crate) versions: Versions,
    pub(crate) active: Arc<InForce>,
}

impl Published {
    /// Reads every procedure of the store, joined with the calendars in force.
    pub(crate) async fn read(store: &Store, active: (&str, &str)) -> Result<Published, ActError> {
        let calendars = store.read(|tx| Box::pin(CALENDARS.list(tx))).await?;
        let files: Vec<(String, String)> = calendars
            .into_iter()
            .filter(|row| row.active)
            .map(|row| (row.id, row.text))
            .collect();
        let shelf = read_calendars(&files)?;
        let mut versions = Versions::new();
        for row in store.read(|tx| Box::pin(PROCEDURES.list(tx))).await? {
            let in_force = read_procedure(&format!("{} {}", row.id, row.version), &row.text, &shelf)?;
            versions.insert((row.id, row.version), Arc::new(in_force));
        }
        let (id, version) = active;
        let active = versions.get(&(id.to_owned(), version.to_owned())).cloned();
        let active = active.ok_or_else(|| ActError::NoProcedure {
            id: id.to_owned(),
            version: version.to_owned(),
        })?;
        Ok(Published { versions, active })
    }
}

impl InForce {
    /// The setting of a rule at an instant.
    pub fn setting(&self, now: Timestamp) -> Setting<'_> {
        Setting {
            procedure: &self.procedure,
            calendar: &self.calendar,
            now,
        }
    }
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
        text: in_force.text.clone(),
    })
}
