//! The register in pages: what is to be done, what is late, done or dropped, without what cases beyond a reach promised.

use jiff::civil::Date;
use rules::confidential::Reach;
use rules::follow_on::{FollowOnId, Status};
use rules::review::tally::Name;

use super::id;
use crate::database::Arguments;
use crate::facts::kept;
use crate::{StorageError, Tx, cases};

/// A part of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Proposed, accepted or in progress: by the day by which it is to be done, and what is only proposed last.
    ToDo,
    /// Accepted or in progress, with a date that has passed: the longest overdue first.
    Late,
    /// Reported done, before what somebody else has seen to be done; each the latest first.
    Done,
    /// Dropped, the latest first.
    Dropped,
}

/// How many actions stand in each part of the register.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sizes {
    /// [`Part::ToDo`].
    pub to_do: u32,
    /// [`Part::Late`].
    pub late: u32,
    /// [`Part::Done`].
    pub done: u32,
    /// [`Part::Dropped`].
    pub dropped: u32,
}

/// How many actions there are to do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OpenActions {
    /// Proposed, accepted or in progress.
    pub open: i64,
    /// Of these, with a date that has passed.
    pub overdue: i64,
}

impl Part {
    fn test(self, today: &str) -> String {
        match self {
            Part::ToDo => "status IN ('accepted', 'in_progress', 'proposed')".to_owned(),
            Part::Late => format!("status IN ('accepted', 'in_progress') AND due_on < {today}"),
            Part::Done => "status IN ('done', 'verified')".to_owned(),
            Part::Dropped => "status = 'dropped'".to_owned(),
        }
    }

    fn order(self) -> &'static str {
        match self {
            Part::ToDo => "CASE status WHEN 'proposed' THEN 1 ELSE 0 END, COALESCE(due_on, ''), id",
            Part::Late => "due_on, id",
            Part::Done => "status, done_on DESC, id DESC",
            Part::Dropped => "dropped_on DESC, id DESC",
        }
    }
}

/// The names of a part of the register, in its order: at most `limit` of them, after the first `skipped`.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    tx: &mut Tx<'_>,
    part: Part,
    (today, reach): (Date, &Reach),
    (skipped, limit): (u32, u32),
) -> Result<Vec<FollowOnId>, StorageError> {
    let mut arguments = Arguments::default();
    let test = match part {
        Part::Late => part.test(&arguments.add(today.to_string())),
        Part::ToDo | Part::Done | Part::Dropped => part.test(""),
    };
    let seen = seen(reach, tx, &mut arguments);
    let (limit, skipped) = (arguments.add(i64::from(limit)), arguments.add(i64::from(skipped)));
    let order = part.order();
    let sql = format!(
        "SELECT id FROM follow_on_actions WHERE {test} AND {seen} ORDER BY {order} LIMIT {limit} OFFSET {skipped}"
    );
    tx.all(&sql, &arguments.values(), |row| id(row, 0)).await
}

/// How large each part of the register is: what is open is counted, what is over is known from the kept tallies, less the few that a case beyond
/// the reach promised.
///
/// # Errors
/// When the database cannot be read.
pub async fn sizes(tx: &mut Tx<'_>, today: Date, reach: &Reach) -> Result<Sizes, StorageError> {
    let OpenActions { open, overdue } = count_open(tx, today, reach).await?;
    let (mut done, mut dropped) = hidden(tx, reach).await?;
    for (status, n) in kept::tallied(tx, PLACE, PLACE).await? {
        match Status::from_code(&status) {
            Some(Status::Done | Status::Verified) => done += n,
            Some(Status::Dropped) => dropped += n,
            _ => {}
        }
    }
    Ok(Sizes {
        to_do: small(open),
        late: small(overdue),
        done: small(done),
        dropped: small(dropped),
    })
}

/// What a case beyond the reach promised is not counted: how many of these are done and dropped, taken away.
async fn hidden(tx: &mut Tx<'_>, reach: &Reach) -> Result<(i64, i64), StorageError> {
    let mut arguments = Arguments::default();
    let within = cases::reach::within("c", reach, tx.keys, &mut arguments);
    let [done, dropped] = [Part::Done, Part::Dropped].map(|part| part.test(""));
    // In this order of the tables: the cases beyond a reach are few, the actions that are over are many.
    let sql = format!(
        "SELECT COUNT(CASE WHEN a.{done} THEN 1 END), COUNT(CASE WHEN a.{dropped} THEN 1 END)
         FROM cases c CROSS JOIN follow_on_actions a
         WHERE a.reference = c.reference AND c.lane <> 'open' AND NOT {within}"
    );
    tx.one(&sql, &arguments.values(), |row| {
        Ok((-row.get::<i64>(0)?, -row.get::<i64>(1)?))
    })
    .await
}

/// Where the numbers of the register are kept.
const PLACE: &str = "actions";

/// The name of the number of actions that stand somewhere.
pub(super) fn name(status: Status) -> Name {
    Name {
        place: PLACE.to_owned(),
        what: status.code().to_owned(),
    }
}

fn small(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}

/// How many are still to be done, and how many of these are overdue today; without those that a case beyond the reach promised.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_open(tx: &mut Tx<'_>, today: Date, reach: &Reach) -> Result<OpenActions, StorageError> {
    let mut arguments = Arguments::default();
    let late = Part::Late.test(&arguments.add(today.to_string()));
    let to_do = Part::ToDo.test("");
    let seen = seen(reach, tx, &mut arguments);
    let sql =
        format!("SELECT COUNT(*), COUNT(CASE WHEN {late} THEN 1 END) FROM follow_on_actions WHERE {to_do} AND {seen}");
    tx.one(&sql, &arguments.values(), |row| {
        Ok(OpenActions {
            open: row.get(0)?,
            overdue: row.get(1)?,
        })
    })
    .await
}

/// The test that an action was not promised by a case beyond a reach. Those cases are few and gathered once, from an index; asking the case of
/// each action costs as much as there are actions.
fn seen(reach: &Reach, tx: &Tx<'_>, arguments: &mut Arguments) -> String {
    let within = cases::reach::within("c", reach, tx.keys, arguments);
    // Asked for each action: open actions and those of a page are fewer than the cases beyond a reach.
    format!(
        "(reference IS NULL OR NOT EXISTS (SELECT 1 FROM cases c
              WHERE c.reference = follow_on_actions.reference AND c.lane <> 'open' AND NOT {within}))"
    )
}
