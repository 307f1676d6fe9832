//! Putting files where a form finds them, before its words are sent.

use casework::files::Tray;
use casework::{PublicDoor, StaffDoor};

use super::{DemoError, Stage, Step, Story, What};
use crate::demo::files::brought;

impl Stage<'_> {
    /// Puts what comes with a step into the tray of its form, and answers the key of the form; none where nothing comes.
    pub(super) async fn bring(&self, case: usize, story: &Story, step: &Step) -> Result<Option<String>, DemoError> {
        let files = brought(&story.text, &step.what);
        let key = match &step.what {
            What::Arrives => arrival_key(case),
            _ => format!("demo{case}at{}", step.at.as_microsecond()),
        };
        let tray = match &step.what {
            What::Arrives => PublicDoor::of(self.office.clone()).tray(&key),
            What::Note { by, .. } | What::Update { by, .. } => {
                StaffDoor::of(self.office.clone(), self.staff.get(by)?.clone()).tray(&key)
            }
            _ => None,
        };
        let Some(tray) = tray.filter(|_| !files.is_empty()) else {
            return Ok(None);
        };
        for (name, bytes) in files {
            put(&tray, name, &bytes).await?;
        }
        Ok(Some(key))
    }
}

/// The key of the form with which a case begins.
pub(super) fn arrival_key(case: usize) -> String {
    format!("demo{case}")
}

async fn put(tray: &Tray, name: &str, bytes: &[u8]) -> Result<(), DemoError> {
    let refused = |not_taken: casework::files::NotTaken| DemoError::File(not_taken.refused().words());
    let mut arrival = tray.begin(name).await.map_err(refused)?;
    arrival.write(bytes).await;
    arrival.finish().await.map_err(refused)?;
    Ok(())
}
