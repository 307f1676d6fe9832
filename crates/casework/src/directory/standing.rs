//! How the copy of the directory stands: its age, where it came from, what is odd in it, and why the latest reading failed.

use jiff::{SignedDuration, Timestamp};
use rules::case::change::permit;
use rules::directory::Finding;
use rules::directory::when::Course;
use rules::people::{Act, Person};
use storage::directory::State;

use super::keep::{Said, state};
use crate::people::OfficeHand;
use crate::{ActError, Office};

/// How the copy stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where it is read, by the configuration.
    pub place: String,
    /// Where the copy came from, if that is elsewhere.
    pub came_from: Option<String>,
    /// When it was last read whole; none before the first time.
    pub read_at: Option<Timestamp>,
    /// Since when it says what it says.
    pub changed_at: Option<Timestamp>,
    /// How old it is.
    pub age: Option<SignedDuration>,
    /// True when it is older than it should ever be, or there is none although it was tried.
    pub is_old: bool,
    /// How many people it holds.
    pub people: u32,
    /// What is odd in it.
    pub findings: Vec<Finding>,
    /// When it was tried last.
    pub tried_at: Option<Timestamp>,
    /// How often that failed in a row, and why it did the last time.
    pub failed: Option<(u32, String)>,
    /// True when somebody asked for a reading that has not begun.
    pub is_asked: bool,
}

/// How it stands; nothing in an office without a directory.
///
/// # Errors
/// When the store cannot be read.
pub async fn standing(office: &Office) -> Result<Option<Standing>, ActError> {
    let Some(parts) = office.directory.parts() else {
        return Ok(None);
    };
    let (state, now) = (state(office).await?, office.now());
    let course = course(&state);
    let place = parts.source.place();
    let said: Said = match &state.copy {
        Some(copy) => serde_json::from_slice(&copy.said)?,
        None => Said::default(),
    };
    let copy = state.copy.as_ref();
    Ok(Some(Standing {
        came_from: copy.map(|copy| copy.source.clone()).filter(|source| *source != place),
        place,
        read_at: course.read_at,
        changed_at: copy.map(|copy| copy.changed_at),
        age: course.age(now),
        is_old: course.is_old(parts.pace, now),
        people: copy.map_or(0, |copy| copy.people),
        findings: said.findings,
        tried_at: course.tried_at,
        failed: state.fault.map(|why| (state.failures, why)),
        is_asked: state.asked_at.is_some(),
    }))
}

/// The same for the settings.
///
/// # Errors
/// When the person may not look after the directory, or the store cannot be read.
pub async fn for_settings(office: &Office, by: &Person) -> Result<Option<Standing>, ActError> {
    permit(by, Act::KeepDirectory)?;
    standing(office).await
}

/// Has it read before its time. The node that looks at the clocks does it within a minute: nothing that a page asks for waits for a server.
///
/// # Errors
/// When the person may not look after the directory, or the store cannot be written.
pub async fn read_now(hand: OfficeHand<'_>) -> Result<(), ActError> {
    permit(hand.by, Act::KeepDirectory)?;
    let now = hand.office.now();
    let asked = hand
        .office
        .store
        .write(move |tx| Box::pin(async move { storage::directory::ask(tx, now).await }));
    Ok(asked.await?)
}

pub(super) fn course(state: &State) -> Course {
    Course {
        read_at: state.copy.as_ref().map(|copy| copy.read_at),
        tried_at: state.tried_at,
        failures: state.failures,
        asked_at: state.asked_at,
    }
}
