//! The parts of a case's facts, a row each: when it was open, where it stayed, what else happened.

use std::iter::Peekable;
use std::vec::IntoIter;

use jiff::SignedDuration;
use jiff::civil::Date;
use rules::case::Reference;
use rules::case::vocabulary::{Ending, LearningAnswer, Outcome, Satisfaction, StageReason};
use rules::procedure::StageEntryWay;
use rules::review::facts::{CaseFacts, Happened, Moment, OpenedBy, Promptness, SignedOff, Spell, Stay, Timing};

use crate::database::Row;
use crate::{StorageError, Tx};

pub(super) const PUT_SPELL: &str =
    "INSERT INTO case_spells (number, ordinal, opened_on, opened_by, closed_on, ending, decided_stage, days, satisfaction,
         updates_owed, updates_made, root_cause, learning, is_long)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
pub(super) const PUT_STAY: &str =
    "INSERT INTO case_stays (number, ordinal, stage, way, reason, entered_on, due_on, last_day, extended, told_on, timing,
         days, outcome, earlier_outcome, satisfaction, first_contact, sign_off, same_decider, vip, in_figures)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
pub(super) const PUT_MOMENT: &str =
    "INSERT INTO case_moments (number, ordinal, what, happens_on, stage, code, days, due_on, promptness)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const SPELLS: &str =
    "SELECT number, opened_on, opened_by, closed_on, ending, decided_stage, days, satisfaction, updates_owed, updates_made,
         root_cause, learning
     FROM case_spells WHERE number BETWEEN $1 AND $2 ORDER BY number, ordinal";
pub(super) const STAYS: &str =
    "SELECT number, stage, way, reason, entered_on, due_on, last_day, extended, told_on, timing, days, outcome,
         earlier_outcome, satisfaction, first_contact, sign_off, same_decider, vip
     FROM case_stays WHERE number BETWEEN $1 AND $2 ORDER BY number, ordinal";
pub(super) const MOMENTS: &str = "SELECT number, what, happens_on, stage, code, days, due_on, promptness
     FROM case_moments WHERE number BETWEEN $1 AND $2 ORDER BY number, ordinal";

/// A spell longer than this many days is in the index of long ones: what touches a period need not be looked for further back.
pub(super) const LONG_DAYS: i64 = 92;

fn is_long(spell: &Spell) -> bool {
    let open_for = spell
        .closed_on
        .map(|closed_on| closed_on.duration_since(spell.opened_on));
    open_for.is_some_and(|open_for| open_for > SignedDuration::from_hours(24 * LONG_DAYS))
}

fn text(day: Option<Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// Writes a spell; whether it was long is for the index alone.
pub(super) async fn put_spell(
    tx: &mut Tx<'_>,
    (number, ordinal): (i64, i64),
    spell: &Spell,
) -> Result<(), StorageError> {
    tx.put(
        PUT_SPELL,
        &[
            &number,
            &ordinal,
            &spell.opened_on.to_string(),
            &spell.opened_by.code(),
            &text(spell.closed_on),
            &spell.ending.map(Ending::code),
            &spell.decided_stage,
            &spell.days,
            &spell.satisfaction.map(Satisfaction::code),
            &spell.updates_owed,
            &spell.updates_made,
            &spell.root_cause,
            &spell.learning.map(LearningAnswer::code),
            &is_long(spell),
        ],
    )
    .await?;
    Ok(())
}

/// Writes a stay; whether its case is in the figures stands in its row so that months can be summed from an index.
pub(super) async fn put_stay(
    tx: &mut Tx<'_>,
    (number, ordinal): (i64, i64),
    stay: &Stay,
    facts: &CaseFacts,
) -> Result<(), StorageError> {
    tx.put(
        PUT_STAY,
        &[
            &number,
            &ordinal,
            &stay.stage,
            &stay.way.code(),
            &stay.reason.code(),
            &stay.entered_on.to_string(),
            &text(stay.due_on),
            &text(stay.last_day),
            &stay.extended,
            &text(stay.told_on),
            &stay.timing.map(Timing::code),
            &stay.days,
            &stay.outcome.map(Outcome::code),
            &stay.earlier_outcome.map(Outcome::code),
            &stay.satisfaction.map(Satisfaction::code),
            &stay.first_contact,
            &stay.sign_off.code(),
            &stay.same_decider,
            &stay.vip,
            &facts.is_counted_complaint(),
        ],
    )
    .await?;
    Ok(())
}

/// Writes a moment.
pub(super) async fn put_moment(
    tx: &mut Tx<'_>,
    (number, ordinal): (i64, i64),
    moment: &Moment,
) -> Result<(), StorageError> {
    tx.put(
        PUT_MOMENT,
        &[
            &number,
            &ordinal,
            &moment.what.code(),
            &moment.on.to_string(),
            &moment.stage,
            &moment.code,
            &moment.days,
            &text(moment.due_on),
            &moment.promptness.map(Promptness::code),
        ],
    )
    .await?;
    Ok(())
}

/// Spells of cases between two numbers, with the number of each.
pub(super) async fn spells(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Vec<(i64, Spell)>, StorageError> {
    tx.all(SPELLS, &[&first, &last], |row| {
        let spell = Spell {
            opened_on: row.date(1)?,
            opened_by: code(row, 2, OpenedBy::from_code)?,
            closed_on: row.date_if_any(3)?,
            ending: code_if_any(row, 4, Ending::from_code)?,
            decided_stage: row.get(5)?,
            days: row.get(6)?,
            satisfaction: code_if_any(row, 7, Satisfaction::from_code)?,
            updates_owed: row.get(8)?,
            updates_made: row.get(9)?,
            root_cause: row.get(10)?,
            learning: code_if_any(row, 11, LearningAnswer::from_code)?,
        };
        Ok((row.get(0)?, spell))
    })
    .await
}

/// Stays of cases between two numbers.
pub(super) async fn stays(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Vec<(i64, Stay)>, StorageError> {
    tx.all(STAYS, &[&first, &last], |row| {
        let stay = Stay {
            stage: row.get(1)?,
            way: code(row, 2, StageEntryWay::from_code)?,
            reason: code(row, 3, StageReason::from_code)?,
            entered_on: row.date(4)?,
            due_on: row.date_if_any(5)?,
            last_day: row.date_if_any(6)?,
            extended: row.get(7)?,
            told_on: row.date_if_any(8)?,
            timing: code_if_any(row, 9, Timing::from_code)?,
            days: row.get(10)?,
            outcome: code_if_any(row, 11, Outcome::from_code)?,
            earlier_outcome: code_if_any(row, 12, Outcome::from_code)?,
            satisfaction: code_if_any(row, 13, Satisfaction::from_code)?,
            first_contact: row.get(14)?,
            sign_off: code(row, 15, SignedOff::from_code)?,
            same_decider: row.get(16)?,
            vip: row.get(17)?,
        };
        Ok((row.get(0)?, stay))
    })
    .await
}

/// Moments of cases between two numbers.
pub(super) async fn moments(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Vec<(i64, Moment)>, StorageError> {
    tx.all(MOMENTS, &[&first, &last], |row| {
        let moment = Moment {
            what: code(row, 1, Happened::from_code)?,
            on: row.date(2)?,
            stage: row.get(3)?,
            code: row.get(4)?,
            days: row.get(5)?,
            due_on: row.date_if_any(6)?,
            promptness: code_if_any(row, 7, Promptness::from_code)?,
        };
        Ok((row.get(0)?, moment))
    })
    .await
}

/// The parts that belong to a case, from rows in the order of numbers.
pub(super) fn take<T>(rows: &mut Peekable<IntoIter<(i64, T)>>, number: i64) -> Vec<T> {
    let mut mine = Vec::new();
    while let Some((of, part)) = rows.next_if(|(of, _)| *of <= number) {
        if of == number {
            mine.push(part);
        }
    }
    mine
}

/// A case by its name.
pub(super) fn reference(text: &str) -> Result<Reference, StorageError> {
    text.parse()
        .map_err(|_| StorageError::Corrupt(format!("{text} is no reference")))
}

/// A member of a closed list by its code.
pub(super) fn code<T>(row: &Row<'_>, index: usize, from_code: fn(&str) -> Option<T>) -> Result<T, StorageError> {
    let code: String = row.get(index)?;
    from_code(&code).ok_or_else(|| StorageError::Corrupt(format!("no list has the code {code:?}")))
}

/// A member of a closed list that may be absent.
pub(super) fn code_if_any<T>(
    row: &Row<'_>,
    index: usize,
    from_code: fn(&str) -> Option<T>,
) -> Result<Option<T>, StorageError> {
    let code: Option<String> = row.get(index)?;
    code.map(|code| from_code(&code).ok_or_else(|| StorageError::Corrupt(format!("no list has the code {code:?}"))))
        .transpose()
}
