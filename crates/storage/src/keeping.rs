//! How long cases are kept, one row a case that is over or held: what goes next is read from an index. Derived from the events; the notices beside
//! it are what the worker saw.

use jiff::civil::Date;
use rules::confidential::Reach;

use crate::cases::reach::within;
use crate::database::{Arguments, Row, statements};
use crate::{StorageError, Tx};

statements! {
    PUT = "INSERT INTO case_keeping (number, reference, class, class_name, goes_on, held) VALUES ($1, $2, $3, $4, $5, $6)
           ON CONFLICT (number) DO UPDATE SET reference = excluded.reference, class = excluded.class,
               class_name = excluded.class_name, goes_on = excluded.goes_on, held = excluded.held";
    CLEAR = "DELETE FROM case_keeping WHERE number = $1";
    GET = "SELECT number, reference, class, class_name, goes_on, held FROM case_keeping WHERE number = $1";
    ALL = "SELECT number, reference, class, class_name, goes_on, held FROM case_keeping ORDER BY number";
    NOT_YET = "SELECT number, reference FROM cases
               WHERE number > $1 AND closed_at IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM case_keeping k WHERE k.number = cases.number)
               ORDER BY number LIMIT $2";
    GOING = "SELECT number, goes_on FROM case_keeping
             WHERE goes_on <= $1 AND (goes_on, number) > ($2, $3) AND NOT held ORDER BY goes_on, number LIMIT $4";
    ANNOUNCE = "INSERT INTO case_notices (number, goes_on, since, days, seen_on) VALUES ($1, $2, $3, 1, $3)
                ON CONFLICT (number) DO UPDATE SET
                    since = CASE WHEN case_notices.goes_on = excluded.goes_on THEN case_notices.since ELSE excluded.since END,
                    days = CASE WHEN case_notices.goes_on <> excluded.goes_on THEN 1
                                WHEN case_notices.seen_on < excluded.seen_on THEN case_notices.days + 1
                                ELSE case_notices.days END,
                    seen_on = excluded.seen_on, goes_on = excluded.goes_on";
    NOTICE = "SELECT goes_on, since, days, seen_on FROM case_notices WHERE number = $1";
    TAKE_BACK = "DELETE FROM case_notices WHERE number = $1";
    DUE = "SELECT k.number, k.reference, n.goes_on, n.since
           FROM case_notices n JOIN case_keeping k ON k.number = n.number AND k.goes_on = n.goes_on
           WHERE n.goes_on <= $1 AND (n.goes_on, n.number) > ($2, $3) AND NOT k.held AND n.days >= $4 AND n.since <= $5
           ORDER BY n.goes_on, n.number LIMIT $6";
}

/// How long a case is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepingRow {
    /// The number in its reference.
    pub number: i64,
    /// `FC-10482`.
    pub reference: String,
    /// The code of its class; none where no class fits it.
    pub class: Option<String>,
    /// The words for it.
    pub class_name: Option<String>,
    /// The first local day on which it is not kept any more; none where nobody can say it yet.
    pub goes_on: Option<Date>,
    /// Whether a hold keeps it.
    pub held: bool,
}

/// That a case stands among those that go next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The day on which it goes.
    pub goes_on: Date,
    /// Since when it stands there.
    pub since: Date,
    /// On how many days it was seen there.
    pub days: i64,
    /// The latest of them.
    pub seen_on: Date,
}

/// A case that can go: its period is over, and it was announced for long enough.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// The number in its reference.
    pub number: i64,
    /// `FC-10482`.
    pub reference: String,
    /// The first day on which it is not kept any more.
    pub goes_on: Date,
    /// Since when it has been announced.
    pub since: Date,
}

/// Where a walk over days and cases stands: after this one.
pub type After = (Date, i64);

/// Before everything.
pub const FROM_THE_BEGINNING: After = (Date::MIN, 0);

/// Writes how long a case is kept. What was announced of another day, or of one that is held now, is announced no more.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &KeepingRow) -> Result<(), StorageError> {
    let KeepingRow {
        number,
        reference,
        class,
        class_name,
        goes_on,
        held,
    } = row;
    if *held || goes_on.is_none() {
        take_back(tx, *number).await?;
    }
    let goes_on = goes_on.map(|day| day.to_string());
    tx.put(PUT, &[number, reference, class, class_name, &goes_on, held])
        .await
}

/// Says that nothing keeps or ends the case: it is open and not held.
///
/// # Errors
/// When the database cannot be written.
pub async fn clear(tx: &mut Tx<'_>, number: i64) -> Result<(), StorageError> {
    take_back(tx, number).await?;
    tx.put(CLEAR, &[&number]).await
}

/// How long a case is kept, where that is known.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, number: i64) -> Result<Option<KeepingRow>, StorageError> {
    tx.optional(GET, &[&number], keeping).await
}

/// Every row, for the doctor.
pub(crate) async fn all(tx: &mut Tx<'_>) -> Result<Vec<KeepingRow>, StorageError> {
    tx.all(ALL, &[], keeping).await
}

/// Up to `limit` cases after a number that are over and of which nobody wrote down how long they are kept: they were closed by a version that did
/// not know it.
///
/// # Errors
/// When the database cannot be read.
pub async fn not_yet(tx: &mut Tx<'_>, after: i64, limit: u32) -> Result<Vec<(i64, String)>, StorageError> {
    tx.all(NOT_YET, &[&after, &i64::from(limit)], |row| {
        Ok((row.get(0)?, row.get(1)?))
    })
    .await
}

/// Which cases a preview shows.
#[derive(Debug, Clone)]
pub struct Preview {
    /// Those that go on this day or before.
    pub until: Date,
    /// Within the reach of somebody (invariant 12); without it the list is nobody's and takes in everything.
    pub reach: Option<Reach>,
}

/// So many cases of a class go on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayCount {
    /// The day.
    pub goes_on: Date,
    /// The code of the class.
    pub class: String,
    /// The words for it.
    pub class_name: String,
    /// How many go.
    pub going: i64,
    /// How many more would, if they were not held.
    pub held: i64,
}

/// How many cases go on which day, the earliest first.
///
/// # Errors
/// When the database cannot be read.
pub async fn by_day(tx: &mut Tx<'_>, preview: &Preview) -> Result<Vec<DayCount>, StorageError> {
    let mut arguments = Arguments::default();
    let tests = tests(tx, preview, &mut arguments);
    let sql = format!(
        "SELECT k.goes_on, k.class, MAX(k.class_name), CAST(SUM(CASE WHEN k.held THEN 0 ELSE 1 END) AS BIGINT),
                CAST(SUM(CASE WHEN k.held THEN 1 ELSE 0 END) AS BIGINT)
           FROM case_keeping k WHERE {tests} GROUP BY k.goes_on, k.class ORDER BY k.goes_on, k.class"
    );
    tx.all(&sql, &arguments.values(), |row| {
        Ok(DayCount {
            goes_on: row.date(0)?,
            class: row.get::<Option<String>>(1)?.unwrap_or_default(),
            class_name: row.get::<Option<String>>(2)?.unwrap_or_default(),
            going: row.get(3)?,
            held: row.get(4)?,
        })
    })
    .await
}

/// A page of the cases that go, by day, after one of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    tx: &mut Tx<'_>,
    preview: &Preview,
    after: After,
    limit: u32,
) -> Result<Vec<KeepingRow>, StorageError> {
    let mut arguments = Arguments::default();
    let tests = tests(tx, preview, &mut arguments);
    let (day, number) = (arguments.add(after.0.to_string()), arguments.add(after.1));
    let limit = arguments.add(i64::from(limit));
    let sql = format!(
        "SELECT k.number, k.reference, k.class, k.class_name, k.goes_on, k.held FROM case_keeping k
          WHERE {tests} AND (k.goes_on, k.number) > ({day}, {number}) ORDER BY k.goes_on, k.number LIMIT {limit}"
    );
    tx.all(&sql, &arguments.values(), keeping).await
}

/// The cases that are held, by number, after one of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn held(
    tx: &mut Tx<'_>,
    reach: Option<&Reach>,
    after: i64,
    limit: u32,
) -> Result<Vec<KeepingRow>, StorageError> {
    let mut arguments = Arguments::default();
    let (after, limit) = (arguments.add(after), arguments.add(i64::from(limit)));
    let within = reaching(tx, reach, &mut arguments);
    let sql = format!(
        "SELECT k.number, k.reference, k.class, k.class_name, k.goes_on, k.held FROM case_keeping k
          WHERE k.held AND k.number > {after}{within} ORDER BY k.number LIMIT {limit}"
    );
    tx.all(&sql, &arguments.values(), keeping).await
}

fn tests(tx: &Tx<'_>, preview: &Preview, arguments: &mut Arguments) -> String {
    let until = arguments.add(preview.until.to_string());
    let within = reaching(tx, preview.reach.as_ref(), arguments);
    format!("k.goes_on <= {until}{within}")
}

fn reaching(tx: &Tx<'_>, reach: Option<&Reach>, arguments: &mut Arguments) -> String {
    let Some(reach) = reach else { return String::new() };
    let within = within("c", reach, tx.keys, arguments);
    format!(" AND EXISTS (SELECT 1 FROM cases c WHERE c.number = k.number AND {within})")
}

/// Announces up to `limit` cases that go on a day or before, after one of them: that they stand among those that go next, as of today. Answers the
/// last of them; none when there are no more. Twice on one day is once.
///
/// # Errors
/// When the database cannot be written.
pub async fn announce(
    tx: &mut Tx<'_>,
    (until, today): (Date, Date),
    after: After,
    limit: u32,
) -> Result<Option<After>, StorageError> {
    let (day, limit) = (after.0.to_string(), i64::from(limit));
    let going = tx
        .all(GOING, &[&until.to_string(), &day, &after.1, &limit], |row| {
            Ok((row.date(1)?, row.get::<i64>(0)?))
        })
        .await?;
    for (goes_on, number) in &going {
        tx.put(ANNOUNCE, &[number, &goes_on.to_string(), &today.to_string()])
            .await?;
    }
    Ok(going.last().copied())
}

/// Since when a case stands among those that go next.
///
/// # Errors
/// When the database cannot be read.
pub async fn notice(tx: &mut Tx<'_>, number: i64) -> Result<Option<Notice>, StorageError> {
    tx.optional(NOTICE, &[&number], |row| {
        Ok(Notice {
            goes_on: row.date(0)?,
            since: row.date(1)?,
            days: row.get(2)?,
            seen_on: row.date(3)?,
        })
    })
    .await
}

/// Says that a case does not stand there any more.
pub(crate) async fn take_back(tx: &mut Tx<'_>, number: i64) -> Result<(), StorageError> {
    tx.put(TAKE_BACK, &[&number]).await
}

/// For how long a case has to have been announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announced {
    /// Today.
    pub today: Date,
    /// On or before this day for the first time.
    pub since: Date,
    /// And seen on so many days.
    pub days: i64,
}

/// Up to `limit` cases whose day has come, and that were announced for long enough, after one of them.
///
/// # Errors
/// When the database cannot be read.
pub async fn due(tx: &mut Tx<'_>, announced: Announced, after: After, limit: u32) -> Result<Vec<DueRow>, StorageError> {
    let Announced { today, since, days } = announced;
    let (today, since, day) = (today.to_string(), since.to_string(), after.0.to_string());
    tx.all(
        DUE,
        &[&today, &day, &after.1, &days, &since, &i64::from(limit)],
        |row| {
            Ok(DueRow {
                number: row.get(0)?,
                reference: row.get(1)?,
                goes_on: row.date(2)?,
                since: row.date(3)?,
            })
        },
    )
    .await
}

fn keeping(row: &Row<'_>) -> Result<KeepingRow, StorageError> {
    Ok(KeepingRow {
        number: row.get(0)?,
        reference: row.get(1)?,
        class: row.get(2)?,
        class_name: row.get(3)?,
        goes_on: row.date_if_any(4)?,
        held: row.get(5)?,
    })
}
