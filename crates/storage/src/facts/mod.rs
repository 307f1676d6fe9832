//! Facts of cases, as the review counts them: written with the case, read by the days that they touch (R80).

pub(crate) mod gathered;
pub(crate) mod kept;
pub(crate) mod marks;
mod parts;
mod tallies;

use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use rules::case::vocabulary::FeedbackKind;
use rules::review::facts::{Acknowledgement, CaseFacts};
use rules::review::period::Period;
use rules::review::{Mark, discuss, tally};

use self::gathered::Changes;
use crate::database::{Row, statements};
use crate::{StorageError, Tx};

pub use kept::{brought_into, count_all_once, tallied};
pub use marks::{InPeriod, candidates};
pub use tallies::{
    arrivals_by_day, arrivals_by_month, decisions_by_month, first_month, latest_alike, not_categorised,
    received_by_month,
};

/// The columns of a row, in the order that [`case`] reads them.
macro_rules! columns {
    () => {
        "number, reference, kind, counted, channel, complainant, anonymous, restricted, vip, high_risk, urgency, service,
         problem, received_on, logged_on, owned_on, untriaged_due_on, ack_timing, ack_due_on, ack_minutes, ack_failures,
         letters_lost, has_job"
    };
}

statements! {
    CLEAR = "DELETE FROM case_facts WHERE number = $1";
    CLEAR_SPELLS = "DELETE FROM case_spells WHERE number = $1";
    CLEAR_STAYS = "DELETE FROM case_stays WHERE number = $1";
    CLEAR_MOMENTS = "DELETE FROM case_moments WHERE number = $1";
    CLEAR_MARKS = marks::CLEAR;
    PUT = concat!("INSERT INTO case_facts (", columns!(), ")
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
               $23)");
    PUT_SPELL = parts::PUT_SPELL;
    PUT_STAY = parts::PUT_STAY;
    PUT_MOMENT = parts::PUT_MOMENT;
    BETWEEN = concat!("SELECT ", columns!(), " FROM case_facts WHERE number BETWEEN $1 AND $2 ORDER BY number");
    SPELLS = parts::SPELLS;
    STAYS = parts::STAYS;
    MOMENTS = parts::MOMENTS;
    TOUCHING = "SELECT number FROM case_spells WHERE opened_on BETWEEN $1 AND $3 AND closed_on >= $2
                UNION ALL SELECT number FROM case_spells WHERE closed_on IS NULL AND opened_on <= $3
                UNION ALL SELECT number FROM case_spells WHERE is_long AND closed_on >= $2 AND opened_on <= $3";
    GONE_RESTRICTED = "SELECT number FROM case_facts
                       WHERE restricted AND NOT EXISTS (SELECT 1 FROM cases WHERE cases.number = case_facts.number)";
    LATEST_ALIKE = tallies::LATEST_ALIKE;
    NOT_CATEGORISED = tallies::NOT_CATEGORISED;
    FIRST = tallies::FIRST;
}

/// Numbers that lie closer together than this are read in one go; what lies between is read past.
const NEAR: i64 = 500;
/// At most so many cases are read in one go.
const AT_ONCE: usize = 2_000;

/// The facts of a case with what marks it for discussion and what it adds to the kept tallies: made ready before the writer has its turn.
pub struct Counted {
    facts: CaseFacts,
    marks: Vec<Mark>,
    adds: Arc<Changes>,
}

impl From<CaseFacts> for Counted {
    fn from(facts: CaseFacts) -> Counted {
        let adds = Arc::new(tally::tallies(&facts));
        let marks = discuss::marks(&facts);
        Counted { facts, marks, adds }
    }
}

/// Writes the facts of a case in place of the ones before, and counts them in the kept tallies instead.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, counted: &Counted) -> Result<(), StorageError> {
    let facts = &counted.facts;
    let number = facts.reference.number();
    let before = load(tx, &[number]).await?;
    // Most acts change nothing that is counted.
    if before.first() == Some(facts) {
        return Ok(());
    }
    kept::change(tx, before.first(), &counted.adds);
    for sql in [CLEAR, CLEAR_SPELLS, CLEAR_STAYS, CLEAR_MOMENTS, CLEAR_MARKS] {
        tx.put(sql, &[&number]).await?;
    }
    write(tx, counted).await
}

/// Writes the facts of a case that has none, and counts them in the kept tallies.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, counted: &Counted) -> Result<(), StorageError> {
    kept::change(tx, None, &counted.adds);
    write(tx, counted).await
}

/// Takes the facts of a case away, and out of the kept tallies: of a class of which nothing is kept.
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, number: i64) -> Result<(), StorageError> {
    let before = load(tx, &[number]).await?;
    kept::change(tx, before.first(), &Arc::default());
    for sql in [CLEAR, CLEAR_SPELLS, CLEAR_STAYS, CLEAR_MOMENTS, CLEAR_MARKS] {
        tx.put(sql, &[&number]).await?;
    }
    Ok(())
}

async fn write(tx: &mut Tx<'_>, counted: &Counted) -> Result<(), StorageError> {
    let facts = &counted.facts;
    let number = facts.reference.number();
    put_case(tx, facts).await?;
    for (ordinal, spell) in (1_i64..).zip(&facts.spells) {
        parts::put_spell(tx, (number, ordinal), spell).await?;
    }
    for (ordinal, stay) in (1_i64..).zip(&facts.stays) {
        parts::put_stay(tx, (number, ordinal), stay, facts).await?;
    }
    for (ordinal, moment) in (1_i64..).zip(&facts.moments) {
        parts::put_moment(tx, (number, ordinal), moment).await?;
    }
    marks::put(tx, number, &counted.marks).await
}

async fn put_case(tx: &mut Tx<'_>, facts: &CaseFacts) -> Result<(), StorageError> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    let Acknowledgement {
        timing,
        due_on: ack_due_on,
        minutes,
        failures,
    } = facts.acknowledgement;
    tx.put(
        PUT,
        &[
            &facts.reference.number(),
            &facts.reference.to_string(),
            &facts.kind.code(),
            &facts.counted.code(),
            &facts.channel.code(),
            &facts.complainant.code(),
            &facts.anonymous,
            &facts.restricted,
            &facts.vip,
            &facts.high_risk,
            &facts.urgency.code(),
            &facts.service,
            &facts.problem,
            &facts.received_on.to_string(),
            &facts.logged_on.to_string(),
            &text(facts.owned_on),
            &text(facts.untriaged_due_on),
            &timing.code(),
            &text(ack_due_on),
            &minutes,
            &failures,
            &facts.letters_lost,
            &facts.has_job,
        ],
    )
    .await?;
    Ok(())
}

/// The numbers of all cases that were open on a day of the period, in order: whatever a figure counts in it happened to one of these.
///
/// # Errors
/// When the database cannot be read.
pub async fn touching(tx: &mut Tx<'_>, period: Period) -> Result<Vec<i64>, StorageError> {
    let earliest = period
        .first
        .checked_sub(SignedDuration::from_hours(24 * parts::LONG_DAYS));
    let earliest = earliest.unwrap_or(Date::MIN).to_string();
    let (first, last) = (period.first.to_string(), period.last.to_string());
    let mut numbers: Vec<i64> = tx.all(TOUCHING, &[&earliest, &first, &last], |row| row.get(0)).await?;
    // Sorted here: an ORDER BY makes the engine walk the whole table for its order instead of using the three indexes.
    numbers.sort_unstable();
    numbers.dedup();
    Ok(numbers)
}

/// The restricted cases that are erased: counted, and named in no list, as before.
///
/// # Errors
/// When the database cannot be read.
pub async fn gone_restricted(tx: &mut Tx<'_>) -> Result<Vec<i64>, StorageError> {
    tx.all(GONE_RESTRICTED, &[], |row| row.get(0)).await
}

/// Cuts ascending numbers into runs that are read together: near to each other, and not too many.
pub fn runs(numbers: &[i64]) -> Vec<&[i64]> {
    let mut runs = Vec::new();
    let mut begin = 0;
    for at in 1..=numbers.len() {
        let full = at - begin == AT_ONCE;
        let far = numbers.get(at).is_some_and(|next| next - numbers[at - 1] > NEAR);
        if at == numbers.len() || full || far {
            runs.push(&numbers[begin..at]);
            begin = at;
        }
    }
    runs
}

/// The facts of the cases of one run of [`runs`].
///
/// # Errors
/// When the database cannot be read, or a row is none that this product wrote.
pub async fn load(tx: &mut Tx<'_>, run: &[i64]) -> Result<Vec<CaseFacts>, StorageError> {
    load_with(tx, run, Moments::Read).await
}

/// The facts of the cases that were open at the end of a day, or ended on it, without their moments: how they stood then.
///
/// # Errors
/// When the database cannot be read, or a row is none that this product wrote.
pub async fn standing_on(tx: &mut Tx<'_>, day: Date) -> Result<Vec<CaseFacts>, StorageError> {
    let numbers = touching(tx, Period { first: day, last: day }).await?;
    let mut all = Vec::with_capacity(numbers.len());
    for run in runs(&numbers) {
        all.extend(load_with(tx, run, Moments::Left).await?);
    }
    Ok(all)
}

/// Whether the moments of cases are read with them.
#[derive(Clone, Copy)]
enum Moments {
    Read,
    Left,
}

async fn load_with(tx: &mut Tx<'_>, run: &[i64], with: Moments) -> Result<Vec<CaseFacts>, StorageError> {
    let (Some(first), Some(last)) = (run.first(), run.last()) else {
        return Ok(Vec::new());
    };
    let rows = tx.all(BETWEEN, &[first, last], case).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let mut spells = parts::spells(tx, *first, *last).await?.into_iter().peekable();
    let mut stays = parts::stays(tx, *first, *last).await?.into_iter().peekable();
    let mut moments = match with {
        Moments::Read => parts::moments(tx, *first, *last).await?,
        Moments::Left => Vec::new(),
    }
    .into_iter()
    .peekable();
    let mut wanted = run.iter().peekable();
    let mut all = Vec::with_capacity(run.len());
    for (number, facts) in rows {
        let facts = CaseFacts {
            spells: parts::take(&mut spells, number),
            stays: parts::take(&mut stays, number),
            moments: parts::take(&mut moments, number),
            ..facts
        };
        while wanted.next_if(|wanted| **wanted < number).is_some() {}
        if wanted.peek() == Some(&&number) {
            all.push(facts);
        }
    }
    Ok(all)
}

/// Every case's facts, for the doctor.
pub(crate) async fn load_all(tx: &mut Tx<'_>) -> Result<Vec<CaseFacts>, StorageError> {
    load_range(tx, i64::MIN, i64::MAX).await
}

async fn load_range(tx: &mut Tx<'_>, first: i64, last: i64) -> Result<Vec<CaseFacts>, StorageError> {
    let numbers: Vec<i64> = tx.all(BETWEEN, &[&first, &last], |row| row.get(0)).await?;
    let mut all = Vec::new();
    for run in runs(&numbers) {
        all.extend(load(tx, run).await?);
    }
    Ok(all)
}

fn case(row: &Row<'_>) -> Result<(i64, CaseFacts), StorageError> {
    let facts = CaseFacts {
        reference: parts::reference(&row.get::<String>(1)?)?,
        kind: parts::code(row, 2, FeedbackKind::from_code)?,
        counted: parts::code(row, 3, rules::procedure::InFigures::from_code)?,
        channel: parts::code(row, 4, rules::case::vocabulary::Channel::from_code)?,
        complainant: parts::code(row, 5, rules::case::vocabulary::ComplainantKind::from_code)?,
        anonymous: row.get(6)?,
        restricted: row.get(7)?,
        vip: row.get(8)?,
        high_risk: row.get(9)?,
        urgency: parts::code(row, 10, rules::case::vocabulary::Urgency::from_code)?,
        service: row.get(11)?,
        problem: row.get(12)?,
        received_on: row.date(13)?,
        logged_on: row.date(14)?,
        owned_on: row.date_if_any(15)?,
        untriaged_due_on: row.date_if_any(16)?,
        acknowledgement: Acknowledgement {
            timing: parts::code(row, 17, rules::review::facts::AckTiming::from_code)?,
            due_on: row.date_if_any(18)?,
            minutes: row.get(19)?,
            failures: row.get(20)?,
        },
        letters_lost: row.get(21)?,
        has_job: row.get(22)?,
        spells: Vec::new(),
        stays: Vec::new(),
        moments: Vec::new(),
    };
    Ok((row.get(0)?, facts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_numbers_lie_apart_and_never_hold_too_many() {
        let near: Vec<i64> = (1..=2_500).collect();
        assert_eq!(
            runs(&near).iter().map(|run| run.len()).collect::<Vec<_>>(),
            [2_000, 500]
        );
        assert_eq!(
            runs(&[1, 2, 400_000, 400_001]),
            [&[1_i64, 2][..], &[400_000, 400_001][..]]
        );
        assert!(runs(&[]).is_empty());
    }
}
