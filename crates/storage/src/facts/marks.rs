//! What marks cases for discussion, kept beside their facts: the list of a month is made without reading the cases of the month (R80).

use jiff::civil::Date;
use rules::case::vocabulary::FeedbackKind;
use rules::review::discuss::reasons;
use rules::review::{Candidate, Mark, Reckoning, Why};

use super::{parts, runs};
use crate::database::{Row, statements};
use crate::{Param, StorageError, Tx};

pub(super) const CLEAR: &str = "DELETE FROM case_marks WHERE number = $1";

/// The columns of a row, in the order that [`mark`] reads them.
macro_rules! columns {
    () => {
        "number, why, on_day, once, until_day"
    };
}

statements! {
    PUT = "INSERT INTO case_marks (number, ordinal, why, on_day, once, until_day) VALUES ($1, $2, $3, $4, $5, $6)";
    HAPPENED = concat!("SELECT ", columns!(), " FROM case_marks WHERE why <> 'overdue' AND on_day BETWEEN $1 AND $2");
    STILL = concat!("SELECT ", columns!(), " FROM case_marks
             WHERE why = 'overdue' AND until_day IS NULL AND once <= $1 AND on_day <= $2");
    THEN = concat!("SELECT ", columns!(), " FROM case_marks
            WHERE why = 'overdue' AND until_day IS NOT NULL AND until_day > $2 AND once <= $1 AND on_day <= $2");
    CAME = "SELECT number FROM case_facts WHERE received_on BETWEEN $1 AND $2";
    OPENED = "SELECT number FROM case_spells WHERE opened_on BETWEEN $1 AND $2";
    CLOSED = "SELECT number FROM case_spells WHERE NOT is_long AND closed_on BETWEEN $1 AND $2
              UNION ALL SELECT number FROM case_spells WHERE is_long AND closed_on BETWEEN $1 AND $2";
    CASES = "SELECT number, reference, kind, restricted FROM case_facts WHERE number BETWEEN $1 AND $2 ORDER BY number";
    ALL = concat!("SELECT ", columns!(), ", ordinal FROM case_marks ORDER BY number, ordinal");
}

/// A case as the list of a period has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InPeriod {
    /// What picks it for discussion.
    pub candidate: Candidate,
    /// Whether it stands in the list of the period: received, taken up again or closed in it (R80).
    pub belongs: bool,
}

/// Writes the marks of a case that has none.
pub(super) async fn put(tx: &mut Tx<'_>, number: i64, marks: &[Mark]) -> Result<(), StorageError> {
    let text = |day: Option<Date>| day.map(|day| day.to_string());
    for (ordinal, mark) in (1_i64..).zip(marks) {
        let Mark { why, on, once, until } = mark;
        let params: [&dyn Param; 6] = [
            &number,
            &ordinal,
            &why.code(),
            &on.to_string(),
            &text(*once),
            &text(*until),
        ];
        tx.put(PUT, &params).await?;
    }
    Ok(())
}

/// What brings a case into a look at a period.
#[derive(Debug, Clone, Copy)]
enum Brought {
    By(Mark),
    CameOrWent,
    Opened,
}

/// Every case that belongs to a period or is to be discussed in it, in the order of their numbers: what [`Candidate::of`] says of the facts of
/// each.
///
/// # Errors
/// When the database cannot be read, or a row is none that this product wrote.
pub async fn candidates(tx: &mut Tx<'_>, at: &Reckoning<'_>) -> Result<Vec<InPeriod>, StorageError> {
    let brought = brought(tx, at).await?;
    let mut numbers: Vec<i64> = brought.iter().map(|(number, _)| *number).collect();
    numbers.dedup();
    let mut brought = brought.into_iter().peekable();
    let mut found = Vec::with_capacity(numbers.len());
    for run in runs(&numbers) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else {
            continue;
        };
        for (number, candidate) in tx.all(CASES, &[first, last], case).await? {
            while brought.next_if(|(other, _)| *other < number).is_some() {}
            let mut case = InPeriod {
                candidate,
                belongs: false,
            };
            let mut marks = Vec::new();
            while let Some((_, by)) = brought.next_if(|(other, _)| *other == number) {
                case.belongs |= !matches!(by, Brought::By(_));
                case.candidate.came_or_went |= matches!(by, Brought::CameOrWent);
                if let Brought::By(mark) = by {
                    marks.push(mark);
                }
            }
            case.candidate.reasons = reasons(&marks, at);
            if case.belongs || !case.candidate.reasons.is_empty() {
                found.push(case);
            }
        }
    }
    Ok(found)
}

/// The numbers of the cases of a period, in order, each as often as something brings it there.
async fn brought(tx: &mut Tx<'_>, at: &Reckoning<'_>) -> Result<Vec<(i64, Brought)>, StorageError> {
    let (first, last, settled_on) = (
        at.period.first.to_string(),
        at.period.last.to_string(),
        at.settled_on.to_string(),
    );
    let mut brought = Vec::new();
    let looks: [(&str, [&dyn Param; 2]); 3] = [
        (HAPPENED, [&first, &last]),
        (STILL, [&settled_on, &last]),
        (THEN, [&settled_on, &last]),
    ];
    for (sql, params) in looks {
        let marks = tx.all(sql, &params, mark).await?;
        brought.extend(marks.into_iter().map(|(number, mark)| (number, Brought::By(mark))));
    }
    for (sql, by) in [
        (CAME, Brought::CameOrWent),
        (CLOSED, Brought::CameOrWent),
        (OPENED, Brought::Opened),
    ] {
        let numbers = tx.all(sql, &[&first, &last], |row| row.get::<i64>(0)).await?;
        brought.extend(numbers.into_iter().map(|number| (number, by)));
    }
    brought.sort_by_key(|(number, _)| *number);
    Ok(brought)
}

/// Every mark with its key, for the doctor.
pub(crate) async fn all(tx: &mut Tx<'_>) -> Result<Vec<(String, Mark)>, StorageError> {
    tx.all(ALL, &[], |row| {
        let (number, mark) = mark(row)?;
        Ok((format!("{number}/{}", row.get::<i64>(5)?), mark))
    })
    .await
}

fn mark(row: &Row<'_>) -> Result<(i64, Mark), StorageError> {
    let mark = Mark {
        why: parts::code(row, 1, Why::from_code)?,
        on: row.date(2)?,
        once: row.date_if_any(3)?,
        until: row.date_if_any(4)?,
    };
    Ok((row.get(0)?, mark))
}

fn case(row: &Row<'_>) -> Result<(i64, Candidate), StorageError> {
    let candidate = Candidate {
        reference: parts::reference(&row.get::<String>(1)?)?,
        kind: parts::code(row, 2, FeedbackKind::from_code)?,
        restricted: row.get(3)?,
        came_or_went: false,
        reasons: Vec::new(),
    };
    Ok((row.get(0)?, candidate))
}
