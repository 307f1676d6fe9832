//! Reading the directory when its time has come, beside the timetable: a server that is slow holds up no clock.

use std::sync::Arc;

use tokio::task::JoinHandle;
use tracing::{error, info, warn};

use crate::Office;
use crate::directory::{keep, standing};

/// The reading that is under way, if any.
#[derive(Default)]
pub(super) struct Readings(Option<JoinHandle<()>>);

impl Readings {
    /// Begins a reading if its time has come and none is under way. Should another node take the turn meanwhile and read too, both put the same in place.
    pub(super) fn begin(&mut self, office: &Arc<Office>) {
        if office.directory.parts().is_none() || self.0.as_ref().is_some_and(|under_way| !under_way.is_finished()) {
            return;
        }
        let office = office.clone();
        self.0 = Some(tokio::spawn(async move { read(&office).await }));
    }

    /// Leaves it: what was not read whole is not kept, and the next start reads again.
    pub(super) fn end(self) {
        if let Some(under_way) = self.0 {
            under_way.abort();
        }
    }
}

async fn read(office: &Office) {
    match keep::if_due(office).await {
        Ok(None) => {}
        Ok(Some(Ok(outcome))) => info!(people = outcome.people, taken = ?outcome.taken, "the directory was read"),
        Ok(Some(Err(unread))) => tell(office, &unread.0).await,
        Err(fault) => error!(%fault, "the directory could not be kept; the next round tries again"),
    }
}

async fn tell(office: &Office, why: &str) {
    match standing(office).await {
        Ok(Some(standing)) if standing.is_old => error!(
            hours = standing.age.map(|age| age.as_hours()),
            "the directory could not be read, and its copy is old: {why}"
        ),
        _ => warn!("the directory could not be read; its last copy stays: {why}"),
    }
}
