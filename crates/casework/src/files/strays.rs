//! Files in the store that no row knows. They are kept for a month: where a database was put back from an older backup, they are what came
//! after it, and a newer backup may still be found.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use storage::{files, settings};

use crate::kept::kept;
use crate::{ActError, Office};

/// Where it is kept what was seen.
const SEEN: &str = "files.strays";

/// How long a stray is kept after it was first seen, and how often it must have been seen meanwhile: a clock that jumps ages nothing.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
const SEEN_TIMES: u32 = 14;

/// A trial that broke off holds nothing: it goes when it is seen for the second time, a day after the first.
const TRIAL_SEEN_TIMES: u32 = 2;

/// How often is looked: to list a large bucket costs money.
const LOOKS: SignedDuration = SignedDuration::from_hours(24);

/// How many are remembered at once; more are seen to when these are gone.
const MOST: usize = 10_000;

/// What was done about strays.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Strays {
    /// Seen for the first time.
    pub new: usize,
    /// Kept too long and removed.
    pub removed: usize,
}

/// What was seen, and when.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Seen {
    looked_at: Option<Timestamp>,
    strays: BTreeMap<String, Stray>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Stray {
    since: Timestamp,
    times: u32,
}

/// Looks once a day for files that no row knows, and removes those that have been there for a month. Only names that we give count: what
/// somebody else put there is told by the doctor and stays.
pub(super) async fn sweep(office: &Office) -> Result<Strays, ActError> {
    let now = office.now();
    let seen: Seen = office
        .store
        .read(|tx| Box::pin(async move { kept(tx, SEEN).await }))
        .await?;
    if seen.looked_at.is_some_and(|at| at <= now && now - LOOKS < at) {
        return Ok(Strays::default());
    }
    let there = unknown(office).await?;
    let mut done = Strays::default();
    let mut strays = BTreeMap::new();
    for name in there {
        let before = seen.strays.get(&name).cloned();
        let is_trial = files::is_trial(&name);
        done.new += usize::from(before.is_none() && !is_trial);
        let before = before.unwrap_or(Stray { since: now, times: 0 });
        let times = before.times + 1;
        let is_old = match is_trial {
            true => times >= TRIAL_SEEN_TIMES,
            false => times >= SEEN_TIMES && before.since + KEPT <= now,
        };
        if is_old {
            office.store.files().remove(&name).await?;
            done.removed += usize::from(!is_trial);
        } else {
            strays.insert(name, Stray { times, ..before });
        }
    }
    let seen = Seen {
        looked_at: Some(now),
        strays,
    };
    let json = serde_json::to_string(&seen)?;
    office
        .store
        .write(move |tx| Box::pin(async move { settings::put(tx, SEEN, &json, now).await }))
        .await?;
    Ok(done)
}

/// The names of files that no row knows. The rows are read last: whatever arrives has its row before its bytes.
async fn unknown(office: &Office) -> Result<Vec<String>, ActError> {
    let lying = office.store.files().list().await?;
    let names = lying.into_iter().map(|one| one.name);
    let there = names.filter(|name| files::is_id(name) || files::is_trial(name));
    let rows = office.store.read(|tx| Box::pin(files::states(tx))).await?;
    let known: BTreeSet<&str> = rows.iter().map(|(id, _)| id.as_str()).collect();
    let unknown = there.filter(|name| !known.contains(name.as_str()));
    Ok(unknown.take(MOST).collect())
}
