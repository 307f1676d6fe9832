//! You said, we did: what complaints changed, and the figures of the last twelve months, for everybody (R39).

mod handler;
mod sample;
mod template;

pub(super) use handler::show;
pub use template::changes;

use crate::page::chart::Chart;

/// The page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangesPage {
    /// The changes, by service.
    pub areas: Vec<Area>,
    /// "November": when the first ones come, while there are none.
    pub first_in: String,
    /// The figures; none before the first month is over.
    pub figures: Option<Figures>,
}

/// A service and what changed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Its name.
    pub name: String,
    /// The latest first.
    pub changes: Vec<DatedChange>,
}

/// A change with its month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedChange {
    /// What people said, without naming anybody.
    pub you_said: String,
    /// What changed.
    pub we_did: String,
    /// "September 2026".
    pub when: String,
}

/// The figures of up to twelve months.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// Complaints received.
    pub received: Chart,
    /// "92% of stage 1 decisions came on time (403 of 438)".
    pub on_time: String,
    /// A row for each month: its name, decisions told, how many of them late.
    pub months: Vec<[String; 3]>,
}
