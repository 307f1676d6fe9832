//! The lane of a case on the write path: from whom it is kept, and what its job no longer tells (A16, invariant 12).

use rules::case::{Case, Event, Recorded};
use storage::{StorageError, Tx, cases, jobs};

use crate::derive;

/// What is written anew where other people may see a case than before.
pub(super) struct LaneRows {
    kept_from: Vec<i64>,
    job: Option<String>,
}

impl LaneRows {
    pub(super) fn of(case: &Case) -> LaneRows {
        LaneRows {
            kept_from: derive::named(case),
            job: case.job.as_ref().map(|job| job.number.clone()),
        }
    }

    /// Writes them; the updates of the job are told anew by whoever calls.
    pub(super) async fn write(&self, tx: &mut Tx<'_>, reference: &str) -> Result<(), StorageError> {
        cases::keep_from(tx, reference, &self.kept_from).await?;
        match &self.job {
            Some(number) => jobs::forget_updates(tx, number).await,
            None => Ok(()),
        }
    }
}

/// True for an event after which other people may see the case than before, or see less of it: what was told of it elsewhere is told anew.
pub(super) fn changes_lane(recorded: &Recorded) -> bool {
    matches!(
        recorded.event,
        Event::LaneRestricted(_) | Event::LaneOpened(_) | Event::StaffNamed(_) | Event::Sealed(_) | Event::Redacted(_)
    )
}
