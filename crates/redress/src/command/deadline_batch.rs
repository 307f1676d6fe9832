//! `redress deadline --batch`: a table of receipts in, the same table with `due_on` out; a million rows in seconds.

use std::collections::HashMap;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::ExitCode;

use casework::office::read_calendars;
use csv::{ByteRecord, ReaderBuilder, WriterBuilder};
use jiff::civil::DateTime;
use rules::clock::{Calendar, CalendarShelf, ClockRule, Unit, due_on};

use super::{Answer, deadline, procedure};

/// Where the columns stand.
struct Columns {
    received: usize,
    days: Option<usize>,
    count: Option<usize>,
    non_working: Option<usize>,
    calendar: Option<usize>,
}

/// Runs over the table. A row that cannot be computed stops it with its line, so that nobody relies on half a table.
pub(super) fn run(file: &Path, rule: &ClockRule, calendar: &Calendar) -> Answer {
    let mut reader = ReaderBuilder::new()
        .buffer_capacity(1 << 18)
        .from_path(file)
        .map_err(|error| format!("{}: {error}", file.display()))?;
    let headers = reader.byte_headers()?.clone();
    let columns = Columns::of(&headers)?;
    let mut table = Table {
        rule: rule.clone(),
        default_days: rule.amount,
        default: calendar,
        named: HashMap::new(),
        shelf: read_calendars(&procedure::calendars(&[])?)?,
    };
    let mut writer = WriterBuilder::new().from_writer(BufWriter::with_capacity(1 << 18, std::io::stdout().lock()));
    let mut record = headers;
    record.push_field(b"due_on");
    writer.write_byte_record(&record)?;
    while reader.read_byte_record(&mut record)? {
        let line = record.position().map_or(0, csv::Position::line);
        let due = table
            .due(&record, &columns)
            .map_err(|error| format!("{}, line {line}: {error}", file.display()))?;
        record.push_field(due.as_bytes());
        writer.write_byte_record(&record)?;
    }
    writer.into_inner().map_err(|error| error.to_string())?.flush()?;
    Ok(ExitCode::SUCCESS)
}

struct Table<'a> {
    rule: ClockRule,
    default_days: u32,
    default: &'a Calendar,
    named: HashMap<String, Calendar>,
    shelf: CalendarShelf,
}

type Fault = Box<dyn std::error::Error>;

impl Table<'_> {
    fn due(&mut self, record: &ByteRecord, columns: &Columns) -> Result<String, Fault> {
        let days = field(record, columns.days)?;
        let template_unit = self.rule.unit;
        let mut rule = std::mem::replace(&mut self.rule, ClockRule::new("row", Unit::WorkingDays, 0));
        let (count, non_working) = (rule.count, rule.non_working);
        rule.amount = self.default_days;
        if !days.is_empty() {
            rule.unit = Unit::WorkingDays;
            rule.amount = days
                .parse()
                .map_err(|_| format!("\"{days}\" is not a number of days"))?;
        }
        let answer = self.with_conventions(&mut rule, record, columns);
        (rule.unit, rule.count, rule.non_working) = (template_unit, count, non_working);
        self.rule = rule;
        answer
    }

    fn with_conventions(
        &mut self,
        rule: &mut ClockRule,
        record: &ByteRecord,
        columns: &Columns,
    ) -> Result<String, Fault> {
        let count = field(record, columns.count)?;
        if !count.is_empty() {
            rule.count = deadline::count(count)?;
        }
        let non_working = field(record, columns.non_working)?;
        if !non_working.is_empty() {
            rule.non_working = deadline::non_working(non_working)?;
        }
        let text = field(record, Some(columns.received))?;
        let name = field(record, columns.calendar)?;
        let calendar = self.calendar(name)?;
        let received =
            moment(text, calendar).ok_or_else(|| format!("\"{text}\" is not a date and time like 2026-06-13T23:30"))?;
        Ok(due_on(rule, calendar, received)?.to_string())
    }

    fn calendar(&mut self, name: &str) -> Result<&Calendar, Fault> {
        if name.is_empty() {
            return Ok(self.default);
        }
        if !self.named.contains_key(name) {
            // Layers are joined with a plus sign: england-and-wales+closures-example.
            let layers: Vec<String> = name.split('+').map(str::to_owned).collect();
            let calendar = deadline::named_calendar(&layers, &self.shelf)?;
            self.named.insert(name.to_owned(), calendar);
        }
        Ok(&self.named[name])
    }
}

/// Local as written, or converted from an instant with its offset.
fn moment(text: &str, calendar: &Calendar) -> Option<DateTime> {
    let offset = text.ends_with('Z') || text.get(16..).is_some_and(|rest| rest.contains(['+', '-']));
    if offset {
        return text
            .parse::<jiff::Timestamp>()
            .ok()
            .map(|at| calendar.time_zone().to_datetime(at));
    }
    deadline::local_moment(text)
}

fn field(record: &ByteRecord, column: Option<usize>) -> Result<&str, Fault> {
    let bytes = column.and_then(|column| record.get(column)).unwrap_or_default();
    Ok(std::str::from_utf8(bytes)
        .map_err(|_| "a field is not UTF-8 text")?
        .trim())
}

impl Columns {
    fn of(headers: &ByteRecord) -> Result<Columns, Fault> {
        let at = |name: &str| {
            headers
                .iter()
                .position(|header| header.trim_ascii().eq_ignore_ascii_case(name.as_bytes()))
        };
        Ok(Columns {
            received: at("received").ok_or("the first line must name a column \"received\"")?,
            days: at("days"),
            count: at("count"),
            non_working: at("non_working"),
            calendar: at("calendar"),
        })
    }
}
