//! Whether the machine's clock can be believed: the time that it shows and the time that has really passed are compared, and so are it and
//! the record.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use storage::events;

use crate::{ActError, Office};

/// How far the clock may be from the time that has passed: a machine that slept over a night, or a clock that is set right by hours. What is
/// more turns dates that nobody missed into breaches, which no later event takes back.
const MOST: SignedDuration = SignedDuration::from_hours(48);
/// How long nothing at all is written in an office that is open, at most; beyond it somebody should look whether the clock is right.
const QUIET: SignedDuration = SignedDuration::from_hours(31 * 24);

/// When the worker began, by the machine's clock.
#[derive(Debug, Clone, Copy)]
pub struct Begun {
    at: Timestamp,
}

impl Begun {
    /// Now.
    pub fn now(office: &Office) -> Begun {
        Begun { at: office.now() }
    }

    /// By how much the clock jumped, where so much time has really passed since; nothing of a clock that can be believed.
    pub fn jump(self, now: Timestamp, passed: Duration) -> Option<SignedDuration> {
        let shown = now.duration_since(self.at);
        let passed = SignedDuration::try_from(passed).unwrap_or(SignedDuration::MAX);
        let jump = shown.checked_sub(passed).unwrap_or(SignedDuration::MAX);
        (jump.abs() > MOST).then_some(jump)
    }
}

/// How the machine's clock stands to the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The latest entry was written a while ago, as it should be, or there is none.
    Likely,
    /// The latest entry was written later than it is now: the clock is behind, or was ahead when that was written.
    BehindTheRecord {
        /// When it was written.
        latest_at: Timestamp,
    },
    /// Nothing was written for longer than an office is quiet: it was shut, or the clock is ahead.
    LongAfterTheRecord {
        /// When the latest entry was written.
        latest_at: Timestamp,
    },
}

impl Standing {
    /// What somebody should do; nothing where all is well.
    pub fn words(self) -> Option<String> {
        match self {
            Standing::Likely => None,
            Standing::BehindTheRecord { latest_at } => Some(format!(
                "The machine's clock is behind the record: the latest entry is from {latest_at}. Set the clock right before anybody works on."
            )),
            Standing::LongAfterTheRecord { latest_at } => Some(format!(
                "The latest entry of the record is from {latest_at}. If the service was not shut since, the machine's clock is ahead: set it right before anybody works on."
            )),
        }
    }
}

/// How the machine's clock stands to the record.
///
/// # Errors
/// When the store cannot be read.
pub async fn standing(office: &Office) -> Result<Standing, ActError> {
    let latest = office
        .store
        .read(|tx| Box::pin(async move { events::latest_at(tx).await }))
        .await?;
    let now = office.now();
    Ok(match latest {
        Some(latest_at) if latest_at > now => Standing::BehindTheRecord { latest_at },
        Some(latest_at) if now.duration_since(latest_at) > QUIET => Standing::LongAfterTheRecord { latest_at },
        _ => Standing::Likely,
    })
}
