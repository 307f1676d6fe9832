//! Cases whose period is over, on the timetable: announced once a day, erased a few an hour; and nothing at all while the clock is not believed.

use jiff::SignedDuration;
use jiff::civil::Date;
use storage::keeping::{After, FROM_THE_BEGINNING};
use storage::leases::Lease;
use tracing::{error, info, warn};

use super::steady::{self, Standing};
use crate::retention::{self, Done, round};
use crate::{ActError, Office};

/// What one worker knows of it.
#[derive(Debug)]
pub struct Going {
    /// Whether the clock agreed with the record when the worker began, before it wrote anything by that clock itself.
    agreed: bool,
    /// The day of the latest announcement by this worker.
    announced_on: Option<Date>,
    /// Where the next round goes on.
    after: After,
}

impl Going {
    /// Compares the machine's clock with the record, before anything is written by it.
    pub async fn begin(office: &Office) -> Going {
        let agreed = match steady::standing(office).await.map(Standing::words) {
            Ok(None) => true,
            Ok(Some(words)) => {
                warn!("{words} Until the service is started again nothing is erased whose period is over");
                false
            }
            Err(fault) => {
                error!(%fault, "the clock could not be compared with the record, so nothing is erased until the service is started again");
                false
            }
        };
        Going {
            agreed,
            announced_on: None,
            after: FROM_THE_BEGINNING,
        }
    }

    /// Announces what goes, once a day, and erases what was announced for long enough. While the machine's clock jumped or disagrees with the record
    /// neither is done: destroying a key is the one act that no later event takes back.
    pub async fn look(&mut self, office: &Office, lease: &Lease, jump: Option<SignedDuration>) -> Done {
        if !self.agreed || jump.is_some() {
            return Done::default();
        }
        match self.look_now(office, lease).await {
            Ok(done) => {
                if done.erased > 0 {
                    info!(erased = done.erased, "cases whose period was over are erased");
                }
                if done.kept > 0 {
                    info!(kept = done.kept, "cases whose period is over are kept by something");
                }
                done
            }
            Err(fault) => {
                error!(%fault, "cases whose period is over could not be looked at; the next round tries again");
                Done::default()
            }
        }
    }

    async fn look_now(&mut self, office: &Office, lease: &Lease) -> Result<Done, ActError> {
        if let Some(words) = round::not_believed(office).await? {
            warn!("{words} Nothing is erased until then");
            return Ok(Done::default());
        }
        let (today, _) = round::today(office);
        if self.announced_on != Some(today) {
            retention::announce(office).await?;
            self.announced_on = Some(today);
        }
        let (done, after) = retention::erase_due(office, lease, self.after).await?;
        self.after = after;
        Ok(done)
    }
}
