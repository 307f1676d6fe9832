//! Where the columns of a table of receipts stand.

use csv::ByteRecord;

use super::deadline_batch::Fault;

/// The column that is added.
const ADDED: &str = "due_on";

/// Where the columns stand. Any others are carried along as they are.
#[derive(Debug)]
pub(super) struct Columns {
    received: usize,
    days: Option<usize>,
    count: Option<usize>,
    non_working: Option<usize>,
    calendar: Option<usize>,
}

impl Columns {
    /// Reads the first line. Names may be in capitals and `non_working` may have a hyphen; each may stand there once.
    pub(super) fn of(headers: &ByteRecord) -> Result<Columns, Fault> {
        let names: Vec<String> = headers.iter().map(name).collect();
        let place = |wanted: &str| -> Result<Option<usize>, Fault> {
            let mut places = names.iter().enumerate().filter(|(_, name)| *name == wanted);
            let first = places.next().map(|(place, _)| place);
            match places.next() {
                None => Ok(first),
                Some(_) => Err(format!("the first line names the column \"{wanted}\" twice").into()),
            }
        };
        if place(ADDED)?.is_some() {
            return Err(format!("there is a column \"{ADDED}\" already; take it out to have it computed").into());
        }
        Ok(Columns {
            received: place("received")?.ok_or("the first line must name a column \"received\"")?,
            days: place("days")?,
            count: place("count")?,
            non_working: place("non_working")?,
            calendar: place("calendar")?,
        })
    }

    /// The names of the columns that are not used, as they are spelled: one of them may be meant for another.
    pub(super) fn unused(&self, headers: &ByteRecord) -> Vec<String> {
        let used = [
            Some(self.received),
            self.days,
            self.count,
            self.non_working,
            self.calendar,
        ];
        let others = headers
            .iter()
            .enumerate()
            .filter(|(place, _)| !used.contains(&Some(*place)));
        others
            .map(|(_, header)| String::from_utf8_lossy(header).trim().to_owned())
            .collect()
    }

    /// When it was received.
    pub(super) fn received<'a>(&self, record: &'a ByteRecord) -> Result<&'a str, Fault> {
        field(record, Some(self.received))
    }

    /// How many working days; empty for those of the clock.
    pub(super) fn days<'a>(&self, record: &'a ByteRecord) -> Result<&'a str, Fault> {
        field(record, self.days)
    }

    /// How the day of receipt counts; empty for the way of the clock.
    pub(super) fn count<'a>(&self, record: &'a ByteRecord) -> Result<&'a str, Fault> {
        field(record, self.count)
    }

    /// What a receipt on a non-working day means; empty for the way of the clock.
    pub(super) fn non_working<'a>(&self, record: &'a ByteRecord) -> Result<&'a str, Fault> {
        field(record, self.non_working)
    }

    /// Which calendar; empty for that of the clock.
    pub(super) fn calendar<'a>(&self, record: &'a ByteRecord) -> Result<&'a str, Fault> {
        field(record, self.calendar)
    }
}

fn name(header: &[u8]) -> String {
    String::from_utf8_lossy(header)
        .trim()
        .to_ascii_lowercase()
        .replace('-', "_")
}

fn field(record: &ByteRecord, column: Option<usize>) -> Result<&str, Fault> {
    let bytes = column.and_then(|column| record.get(column)).unwrap_or_default();
    let text = std::str::from_utf8(bytes).map_err(|_| "a field is not UTF-8 text")?;
    Ok(text.trim())
}
