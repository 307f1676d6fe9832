//! Reading the directory: when its time has come, and what becomes of what was read.

use rules::directory::check::check;
use rules::directory::groups::vips;
use rules::directory::{Away, Directory, Finding};
use rules::office::vips::VipEntry;
use serde::{Deserialize, Serialize};
use storage::directory::{Read, State, Taken};
use storage::{StorageError, settings};

use super::standing::course;
use super::{DirectoryParts, Reading, Unread};
use crate::vips::LIST;
use crate::{ActError, Office};

/// Where the members of VIP groups lie among the settings, sealed like all of them.
pub(crate) const VIPS: &str = "directory_vips";
/// How many people are sealed together.
const A_PART: usize = 200;

/// What becomes of a reading that holds far fewer people than the copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fewer {
    /// It is refused: a filter that was mistyped, or a server that answered in part, must not take everybody's manager away.
    Refused,
    /// It is taken: somebody looked.
    Taken,
}

/// What was read and taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// How many people.
    pub people: u32,
    /// Whether they differ from those before.
    pub taken: Taken,
    /// What was odd.
    pub findings: Vec<Finding>,
}

/// What is kept of a reading beside its people.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Said {
    pub(super) findings: Vec<Finding>,
}

/// Reads the directory if its time has come; nothing where it has not, or there is none. What goes wrong is kept beside the copy, which stays.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn if_due(office: &Office) -> Result<Option<Result<Outcome, Unread>>, ActError> {
    let Some(parts) = office.directory.parts() else {
        return Ok(None);
    };
    let state = state(office).await?;
    let elsewhere = state
        .copy
        .as_ref()
        .is_some_and(|copy| copy.source != parts.source.place());
    // From another place than the copy it is read at once, and after a failure when its time has come.
    let due = (elsewhere && state.failures == 0) || course(&state).is_due(parts.pace, office.now());
    match due {
        true => Ok(Some(read(office, Fewer::Refused).await?)),
        false => Ok(None),
    }
}

/// Reads the directory now.
///
/// # Errors
/// When the store cannot be written.
pub async fn read(office: &Office, fewer: Fewer) -> Result<Result<Outcome, Unread>, ActError> {
    let Some(parts) = office.directory.parts() else {
        return Ok(Err(Unread(
            "No directory is configured: describe one in [directory].".to_owned(),
        )));
    };
    let before = state(office).await?.copy.map_or(0, |copy| copy.people);
    let read = parts.source.read().await.and_then(|reading| {
        enough(reading.people.len(), before, fewer)?;
        Ok(reading)
    });
    match read {
        Ok(reading) => take(office, parts, reading).await.map(Ok),
        Err(unread) => {
            let (now, why) = (office.now(), unread.0.clone());
            let noted = office
                .store
                .write(move |tx| Box::pin(async move { storage::directory::failed(tx, now, &why).await }));
            noted.await?;
            Ok(Err(unread))
        }
    }
}

fn enough(people: usize, before: u32, fewer: Fewer) -> Result<(), Unread> {
    let before = before as usize;
    if people == 0 {
        let words = "Nobody was found. Are base and filter right, and may the account read the people?";
        return Err(Unread(words.to_owned()));
    }
    if people * 2 < before && fewer == Fewer::Refused {
        return Err(Unread(format!(
            "Only {people} people were found, and the copy holds {before}. The copy stays. If that is right, run \
             `redress directory read --fewer`."
        )));
    }
    Ok(())
}

async fn take(office: &Office, parts: &DirectoryParts, reading: Reading) -> Result<Outcome, ActError> {
    let Reading {
        mut people,
        mut findings,
    } = reading;
    for person in &mut people {
        let is_away = parts.absent.iter().any(|who| person.is_known_as(who));
        if is_away && person.away.is_none() {
            person.away = Some(Away::Absent);
        }
    }
    let directory = Directory::new(people);
    findings.extend(check(&directory));
    let (members, empty) = vips(&directory, &parts.vip_groups);
    findings.extend(empty);
    let sealed: Result<Vec<Vec<u8>>, serde_json::Error> =
        directory.people().chunks(A_PART).map(serde_json::to_vec).collect();
    let (sealed, said) = (
        sealed?,
        serde_json::to_vec(&Said {
            findings: findings.clone(),
        })?,
    );
    let count = u32::try_from(directory.people().len()).unwrap_or(u32::MAX);
    let (now, source, members) = (office.now(), parts.source.place(), serde_json::to_string(&members)?);
    let taken = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                let read = Read {
                    at: now,
                    source: &source,
                    people: count,
                    said: &said,
                    parts: &sealed,
                };
                let taken = storage::directory::take(tx, &read).await?;
                mark_vips(tx, &members, now).await?;
                Ok::<_, StorageError>(taken)
            })
        })
        .await?;
    office.vip_list.forget();
    Ok(Outcome {
        people: count,
        taken,
        findings,
    })
}

/// Keeps the members of VIP groups, if they are others than before. The list that the office keeps is written again with them, unchanged: by its mark
/// alone a complaint that is on its way finds out that either changed, and every node asks one thing.
async fn mark_vips(tx: &mut storage::Tx<'_>, members: &str, now: jiff::Timestamp) -> Result<(), StorageError> {
    let before = settings::get(tx, VIPS).await?;
    if before.as_deref().unwrap_or("[]") == members {
        return Ok(());
    }
    settings::put(tx, VIPS, members, now).await?;
    let list = settings::get(tx, LIST).await?;
    let none = || serde_json::to_string::<[VipEntry]>(&[]).unwrap_or_default();
    settings::put(tx, LIST, &list.unwrap_or_else(none), now).await
}

/// How the copy stands.
pub(super) async fn state(office: &Office) -> Result<State, ActError> {
    let read = office
        .store
        .read(|tx| Box::pin(async move { storage::directory::state(tx).await }));
    Ok(read.await?)
}
