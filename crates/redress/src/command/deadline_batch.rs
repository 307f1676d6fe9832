//! `redress deadline --batch`: a table of receipts in, the same table with `due_on` out; a million rows in seconds.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufWriter, Cursor, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;
use std::process::ExitCode;

use casework::office::read_calendars;
use csv::{ByteRecord, Position, Reader, ReaderBuilder, WriterBuilder};
use jiff::civil::Date;
use rules::clock::{Calendar, CalendarShelf, ClockRule, Unit, due, due_on};

use super::columns::Columns;
use super::receipt::Receipt;
use super::{Answer, deadline, procedure};

/// How much is read and written at a time.
const BUFFER: usize = 1 << 18;

pub(super) type Fault = Box<dyn std::error::Error>;

/// Runs over the table. A row that cannot be computed stops it with its line, so that nobody relies on half a table. A reader that
/// has gone away, as `head` does, has read what it wanted.
pub(super) fn run(file: &Path, rule: &ClockRule, calendar: &Calendar) -> Answer {
    let table = Table {
        rule: rule.clone(),
        default_days: rule.amount,
        default: calendar,
        named: HashMap::new(),
        shelf: read_calendars(&procedure::calendars(&[])?)?,
    };
    let out = BufWriter::with_capacity(BUFFER, io::stdout().lock());
    let answered = if file == Path::new("-") {
        let mut text = Vec::new();
        io::stdin().read_to_end(&mut text)?;
        answer(Cursor::new(text), "standard input", out, table)
    } else {
        let name = file.display().to_string();
        let opened = File::open(file).map_err(|error| format!("{name}: {error}"))?;
        answer(opened, &name, out, table)
    };
    match answered {
        Err(fault) if !is_reader_gone(fault.as_ref()) => Err(fault),
        _ => Ok(ExitCode::SUCCESS),
    }
}

/// Reads rows and writes them with their dates; what is wrong is told with the name of the input and the line.
fn answer<R: Read + Seek, W: Write>(input: R, name: &str, out: W, mut table: Table<'_>) -> Result<(), Fault> {
    let mut reader = ReaderBuilder::new().buffer_capacity(BUFFER).from_reader(input);
    let headers = reader.byte_headers().map_err(|error| format!("{name}: {error}"))?;
    let columns = Columns::of(headers).map_err(|fault| format!("{name}: {fault}"))?;
    let unused = columns.unused(headers);
    if !unused.is_empty() {
        eprintln!("redress: carried along and not counted with: {}", unused.join(", "));
    }
    let mut record = headers.clone();
    let mut writer = WriterBuilder::new().from_writer(out);
    record.push_field(b"due_on");
    writer.write_byte_record(&record)?;
    loop {
        match reader.read_byte_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(unread(reader, name, &error).into()),
        }
        match table.due(&record, &columns) {
            Ok(due) => record.push_field(due.as_bytes()),
            Err(fault) => {
                let line = line_of(reader, record.position());
                return Err(format!("{name}, line {line}: {fault}").into());
            }
        }
        writer.write_byte_record(&record)?;
    }
    Ok(writer.flush()?)
}

/// What the rows are computed with.
struct Table<'a> {
    rule: ClockRule,
    default_days: u32,
    default: &'a Calendar,
    named: HashMap<String, Calendar>,
    shelf: CalendarShelf,
}

impl Table<'_> {
    fn due(&mut self, record: &ByteRecord, columns: &Columns) -> Result<String, Fault> {
        let days = columns.days(record)?;
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
        let count = columns.count(record)?;
        if !count.is_empty() {
            rule.count = deadline::count(count)?;
        }
        let non_working = columns.non_working(record)?;
        if !non_working.is_empty() {
            rule.non_working = deadline::non_working(non_working)?;
        }
        let text = columns.received(record)?;
        let receipt = Receipt::read(text)
            .ok_or_else(|| format!("\"{text}\" is not a date and time. Write it like 2026-06-13T23:30"))?;
        let calendar = self.calendar(columns.calendar(record)?)?;
        Ok(day_of(rule, calendar, receipt)?.to_string())
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

/// Days are counted on the calendar and hours from the instant, so that the answer is the one for a single date.
fn day_of(rule: &ClockRule, calendar: &Calendar, receipt: Receipt) -> Result<Date, Fault> {
    let zone = calendar.time_zone();
    if matches!(rule.unit, Unit::Minutes | Unit::Hours) {
        let at = receipt.instant(zone)?.received_at;
        return Ok(due(rule, calendar, at)?.due_on);
    }
    Ok(due_on(rule, calendar, receipt.on_the_clocks(zone)?)?)
}

/// Why a row could not be read, in words for whoever made the table.
fn unread<R: Read + Seek>(reader: Reader<R>, name: &str, error: &csv::Error) -> String {
    let csv::ErrorKind::UnequalLengths { pos, expected_len, len } = error.kind() else {
        return format!("{name}: {error}");
    };
    let line = line_of(reader, pos.as_ref());
    let plural = |many: u64| if many == 1 { "" } else { "s" };
    format!(
        "{name}, line {line}: it has {len} field{}, and the first line names {expected_len} column{}",
        plural(*len),
        plural(*expected_len)
    )
}

/// The line on which a row begins. Its position is that of the line end or of the empty lines before it.
fn line_of<R: Read + Seek>(reader: Reader<R>, position: Option<&Position>) -> u64 {
    let Some(position) = position else { return 0 };
    let mut input = reader.into_inner();
    let mut line = position.line();
    if input.seek(SeekFrom::Start(position.byte())).is_ok() {
        let before = io::BufReader::new(input).bytes().map_while(Result::ok);
        let before = before.take_while(|byte| matches!(byte, b'\n' | b'\r'));
        line += before.filter(|byte| *byte == b'\n').count() as u64;
    }
    line
}

fn is_reader_gone(fault: &(dyn std::error::Error + 'static)) -> bool {
    let kind = match fault.downcast_ref::<csv::Error>().map(csv::Error::kind) {
        Some(csv::ErrorKind::Io(error)) => Some(error.kind()),
        _ => fault.downcast_ref::<io::Error>().map(io::Error::kind),
    };
    kind == Some(ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests;
