//! The access log: who of staff saw which case or took what along, when, by which way. Numbered without a gap, hashed one by one, sealed in runs.

use aws_lc_rs::digest::{self, SHA256};
use jiff::Timestamp;
use rules::confidential::Reach;

use crate::cases::reach::within;
use crate::database::{Arguments, Row, statements};
use crate::keys::hex;
use crate::{Keys, StorageError, Tx, counters};

statements! {
    PUT = "INSERT INTO looks (number, at, reference, staff_id, way, about, salt, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    LAST = "SELECT COALESCE(MAX(number), 0) FROM looks";
    RUN = "SELECT number, at, reference, staff_id, way, about, salt, hash FROM looks
           WHERE number >= $1 AND number <= $2 ORDER BY number LIMIT $3";
    WHO_SAW = "SELECT DISTINCT staff_id FROM looks WHERE reference = $1 AND staff_id IS NOT NULL AND way <> 'outline' ORDER BY staff_id";
    EMPTY_OF_CASE = "UPDATE looks SET staff_id = NULL, way = NULL, about = NULL, salt = NULL WHERE reference = $1";
    EMPTY_BEFORE = "UPDATE looks SET staff_id = NULL, way = NULL, about = NULL, salt = NULL
                    WHERE reference IS NULL AND staff_id IS NOT NULL AND at < $1";
    LISTS = "SELECT number, at, reference, staff_id, way, about FROM looks
             WHERE way = 'list' AND (at, number) < ($1, $2) ORDER BY at DESC, number DESC LIMIT $3";
}

/// Under this name the numbers are given out: each writer in its turn, so that there are no gaps.
const COUNTER: &str = "looks";

/// An entry that is about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLook {
    /// When; kept to the microsecond.
    pub at: Timestamp,
    /// The case by its reference; none for what is about no single case.
    pub reference: Option<String>,
    /// Who.
    pub staff_id: i64,
    /// The code of the way.
    pub way: String,
    /// The opaque name of a file, or how a list was narrowed, in codes: never words of a case, never words that were searched for.
    pub about: Option<String>,
}

/// An entry as it was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookRow {
    /// Its number.
    pub number: i64,
    /// When.
    pub at: Timestamp,
    /// The case.
    pub reference: Option<String>,
    /// Who.
    pub staff_id: i64,
    /// The code of the way.
    pub way: String,
    /// What of it.
    pub about: Option<String>,
}

/// Where a page of the log begins: entries before this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    /// Its instant.
    pub at: Timestamp,
    /// Its number.
    pub number: i64,
}

impl Before {
    /// From the newest on.
    pub const NEWEST: Before = Before {
        at: Timestamp::MAX,
        number: i64::MAX,
    };
}

/// Which entries are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LooksWanted {
    /// Of this case.
    pub reference: Option<String>,
    /// By this person.
    pub staff_id: Option<i64>,
    /// From this instant.
    pub from: Option<Timestamp>,
    /// To before this one.
    pub until: Option<Timestamp>,
}

/// Keeps an entry and answers its number.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, look: &NewLook) -> Result<i64, StorageError> {
    let number = counters::next(tx, COUNTER, 1).await?;
    let salt: [u8; 16] = Keys::random()?;
    let at = look.at.as_microsecond();
    let hash = Hashed {
        number,
        at,
        reference: look.reference.as_deref(),
        staff_id: look.staff_id,
        way: &look.way,
        about: look.about.as_deref(),
        salt: &salt,
    }
    .hash();
    let NewLook {
        reference,
        staff_id,
        way,
        about,
        ..
    } = look;
    let (salt, hash) = (salt.to_vec(), hash.to_vec());
    tx.put(PUT, &[&number, &at, reference, staff_id, way, about, &salt, &hash])
        .await?;
    Ok(number)
}

/// A page of the entries that are wanted, the newest first, as far as somebody reaches: those about a case that is not there for them are left out,
/// and of a sealed one all but the looks at its stub.
///
/// # Errors
/// When the database cannot be read.
pub async fn page(
    tx: &mut Tx<'_>,
    wanted: &LooksWanted,
    reach: &Reach,
    (before, limit): (Before, u32),
) -> Result<Vec<LookRow>, StorageError> {
    let mut arguments = Arguments::default();
    let mut tests = vec!["l.staff_id IS NOT NULL".to_owned()];
    let (at, number) = (arguments.add(before.at.as_microsecond()), arguments.add(before.number));
    tests.push(format!("(l.at, l.number) < ({at}, {number})"));
    if let Some(reference) = &wanted.reference {
        tests.push(format!("l.reference = {}", arguments.add(reference.clone())));
    }
    if let Some(staff_id) = wanted.staff_id {
        tests.push(format!("l.staff_id = {}", arguments.add(staff_id)));
    }
    if let Some(from) = wanted.from {
        tests.push(format!("l.at >= {}", arguments.add(from.as_microsecond())));
    }
    if let Some(until) = wanted.until {
        tests.push(format!("l.at < {}", arguments.add(until.as_microsecond())));
    }
    let within = within("c", reach, tx.keys, &mut arguments);
    tests.push(format!(
        "(c.reference IS NULL OR ({within} AND (c.lane <> 'sealed' OR l.way = 'outline')))"
    ));
    let limit = arguments.add(i64::from(limit));
    let sql = format!(
        "SELECT l.number, l.at, l.reference, l.staff_id, l.way, l.about
         FROM looks l LEFT JOIN cases c ON c.reference = l.reference
         WHERE {} ORDER BY l.at DESC, l.number DESC LIMIT {limit}",
        tests.join(" AND ")
    );
    tx.all(&sql, &arguments.values(), row).await
}

/// The latest lists that were saved as a file, the newest first: which cases they held stands in each.
///
/// # Errors
/// When the database cannot be read.
pub async fn lists(tx: &mut Tx<'_>, before: Before, limit: u32) -> Result<Vec<LookRow>, StorageError> {
    let (at, number) = (before.at.as_microsecond(), before.number);
    tx.all(LISTS, &[&at, &number, &i64::from(limit)], row).await
}

/// Everybody who saw a case or took something of it along: not those who saw no more than its outline.
///
/// # Errors
/// When the database cannot be read.
pub async fn who_saw(tx: &mut Tx<'_>, reference: &str) -> Result<Vec<i64>, StorageError> {
    tx.all(WHO_SAW, &[&reference], |row| row.get(0)).await
}

/// Empties every entry about a case: who looked goes with the case, and that somebody did stays. The hashes stay, so that the seals hold.
pub(crate) async fn empty_of_case(tx: &mut Tx<'_>, reference: &str) -> Result<(), StorageError> {
    tx.put(EMPTY_OF_CASE, &[&reference]).await
}

/// Empties the entries about no case that are older than an instant, and tells how many there were.
///
/// # Errors
/// When the database cannot be written.
pub async fn empty_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StorageError> {
    tx.exec(EMPTY_BEFORE, &[&before.as_microsecond()]).await
}

/// The number of the latest entry; 0 where there is none.
///
/// # Errors
/// When the database cannot be read.
pub async fn last(tx: &mut Tx<'_>) -> Result<u64, StorageError> {
    tx.one(LAST, &[], |row| row.natural(0)).await
}

/// How many entries a step of a run reads.
const STEP: u32 = 1000;

/// What a run of entries is found to be.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Run {
    /// SHA-256 over the hashes of its entries, in hexadecimal digits.
    pub digest: String,
    /// The numbers of entries that do not say what their hash was made of.
    pub altered: Vec<u64>,
    /// Numbers that have no entry.
    pub missing: Vec<u64>,
    /// The emptied ones: number, instant and case.
    pub emptied: Vec<(u64, Timestamp, Option<String>)>,
}

/// Reads a run of entries and holds each against its hash.
///
/// # Errors
/// When the database cannot be read.
pub async fn run(tx: &mut Tx<'_>, first: u64, last: u64) -> Result<Run, StorageError> {
    let mut whole = digest::Context::new(&SHA256);
    let mut run = Run::default();
    let mut next = first;
    while next <= last {
        let (from, until) = (natural(next)?, natural(last)?);
        let rows = tx.all(RUN, &[&from, &until, &i64::from(STEP)], kept).await?;
        if rows.is_empty() {
            run.missing.push(next);
            break;
        }
        for kept in rows {
            if kept.number > next {
                run.missing.push(next);
            }
            next = kept.number + 1;
            whole.update(&kept.hash);
            kept.judge(&mut run)?;
        }
    }
    run.digest = hex(whole.finish().as_ref());
    Ok(run)
}

fn natural(number: u64) -> Result<i64, StorageError> {
    i64::try_from(number).map_err(|_| StorageError::Corrupt(format!("{number} is no number of an entry")))
}

fn row(row: &Row<'_>) -> Result<LookRow, StorageError> {
    Ok(LookRow {
        number: row.get(0)?,
        at: row.instant(1)?,
        reference: row.get(2)?,
        staff_id: row.get(3)?,
        way: row.get(4)?,
        about: row.get(5)?,
    })
}

/// An entry with what proves it.
struct Kept {
    number: u64,
    at: i64,
    reference: Option<String>,
    said: Option<(i64, String, Option<String>, Vec<u8>)>,
    hash: Vec<u8>,
}

fn kept(row: &Row<'_>) -> Result<Kept, StorageError> {
    let (staff_id, way, salt): (Option<i64>, Option<String>, Option<Vec<u8>>) = (row.get(3)?, row.get(4)?, row.get(6)?);
    let about = row.get(5)?;
    let said = match (staff_id, way, salt) {
        (Some(staff_id), Some(way), Some(salt)) => Some((staff_id, way, about, salt)),
        _ => None,
    };
    Ok(Kept {
        number: row.natural(0)?,
        at: row.get(1)?,
        reference: row.get(2)?,
        said,
        hash: row.get(7)?,
    })
}

impl Kept {
    fn judge(self, run: &mut Run) -> Result<(), StorageError> {
        let Some((staff_id, way, about, salt)) = &self.said else {
            let at = Timestamp::from_microsecond(self.at).map_err(|error| StorageError::Corrupt(error.to_string()))?;
            run.emptied.push((self.number, at, self.reference));
            return Ok(());
        };
        let hashed = Hashed {
            number: natural(self.number)?,
            at: self.at,
            reference: self.reference.as_deref(),
            staff_id: *staff_id,
            way,
            about: about.as_deref(),
            salt,
        };
        if hashed.hash().as_slice() != self.hash {
            run.altered.push(self.number);
        }
        Ok(())
    }
}

/// What the hash of an entry is made of.
struct Hashed<'a> {
    number: i64,
    at: i64,
    reference: Option<&'a str>,
    staff_id: i64,
    way: &'a str,
    about: Option<&'a str>,
    salt: &'a [u8],
}

impl Hashed<'_> {
    fn hash(&self) -> [u8; 32] {
        let mut context = digest::Context::new(&SHA256);
        let mut add = |part: Option<&[u8]>| {
            // Nothing is not the same as no words; and no part can take a byte from the next.
            let length = part.map_or(u64::MAX, |part| part.len() as u64);
            context.update(&length.to_le_bytes());
            context.update(part.unwrap_or_default());
        };
        add(Some(b"redress look 1"));
        add(Some(self.salt));
        for number in [self.number, self.at, self.staff_id] {
            add(Some(&number.to_le_bytes()));
        }
        for words in [self.reference, Some(self.way), self.about] {
            add(words.map(str::as_bytes));
        }
        let mut hash = [0; 32];
        hash.copy_from_slice(context.finish().as_ref());
        hash
    }
}
