//! The directory from a file of comma-separated values (RFC 4180), as a personnel system exports it every night.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::pin::Pin;

use casework::directory::{Reading, Source, Unread};
use csv::{ErrorKind, ReaderBuilder, StringRecord};
use rules::directory::{Away, DirectoryPerson, Finding, Kind};

use crate::person::{Cut, Values};

/// The largest file, in bytes: some hundred thousand people.
const LARGEST: u64 = 64 * 1024 * 1024;

/// The columns that are known, by the names in the first line. `name`, or `given` and `family`; and `username` or `email` must be there; others are
/// passed over.
const COLUMNS: [&str; 9] = [
    "username", "email", "name", "given", "family", "unit", "manager", "groups", "away",
];

/// Words in the column `away` for somebody whose account is closed; any other word but these and "no" is somebody who is away.
const CLOSED: [&str; 3] = ["closed", "left", "disabled"];

/// A file.
#[derive(Debug, Clone)]
pub struct CsvFile {
    path: PathBuf,
}

impl CsvFile {
    /// A file that is read anew each time.
    pub fn at(path: PathBuf) -> CsvFile {
        CsvFile { path }
    }

    async fn bytes(&self) -> Result<Vec<u8>, Unread> {
        let cannot = |error: std::io::Error| Unread(format!("{} cannot be read: {error}.", self.path.display()));
        let length = tokio::fs::metadata(&self.path).await.map_err(cannot)?.len();
        if length > LARGEST {
            let words = format!("{} is larger than {} MB.", self.path.display(), LARGEST / 1024 / 1024);
            return Err(Unread(words));
        }
        tokio::fs::read(&self.path).await.map_err(cannot)
    }
}

impl Source for CsvFile {
    fn place(&self) -> String {
        self.path.display().to_string()
    }

    fn read(&self) -> Pin<Box<dyn Future<Output = Result<Reading, Unread>> + Send + '_>> {
        Box::pin(async move { read(&self.bytes().await?, &self.path) })
    }
}

/// Reads the bytes of a file. Managers are named by their username or e-mail address; several stand in one field with semicolons between, as addresses,
/// usernames and groups do.
fn read(bytes: &[u8], path: &Path) -> Result<Reading, Unread> {
    let wrong = |why: String| Unread(format!("{}: {why}", path.display()));
    let mut reader = ReaderBuilder::new().from_reader(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let header = reader.headers().map_err(|error| wrong(words(&error)))?.clone();
    let columns = Columns::of(&header).map_err(wrong)?;
    let (mut people, mut skipped, mut cut) = (Vec::new(), Vec::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(|error| wrong(words(&error)))?;
        let line = record.position().map_or(0, csv::Position::line);
        let mut was_cut = Cut::default();
        match columns.values(&record).person(&mut was_cut) {
            Some(person) => people.push(person),
            None => skipped.push(format!("line {line}")),
        }
        if was_cut.0 {
            cut.push(format!("line {line}"));
        }
    }
    resolve(&mut people);
    let findings = [Finding::of(Kind::Skipped, skipped), Finding::of(Kind::Cut, cut)];
    Ok(Reading {
        people,
        findings: findings.into_iter().flatten().collect(),
    })
}

/// Why a line cannot be read, without a word of what stands in it.
fn words(error: &csv::Error) -> String {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        ErrorKind::Utf8 { .. } => format!("line {line} is not in UTF-8. Save the file in that encoding."),
        ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!(
                "line {line} has {len} fields, and the first line has {expected_len}. Is a field with a comma in quotes?"
            )
        }
        _ => format!("line {line} is not one of comma-separated values."),
    }
}

/// Where each column stands.
struct Columns(HashMap<&'static str, usize>);

impl Columns {
    fn of(header: &StringRecord) -> Result<Columns, String> {
        let mut places = HashMap::new();
        for (place, name) in header.iter().enumerate() {
            let name = name.trim().to_lowercase();
            let Some(known) = COLUMNS.iter().find(|known| **known == name) else {
                continue;
            };
            if places.insert(*known, place).is_some() {
                return Err(format!("two columns are called {known}."));
            }
        }
        let has = |name| places.contains_key(name);
        if !(has("name") || (has("given") && has("family"))) || !(has("username") || has("email")) {
            return Err(format!(
                "the first line names the columns, and needs name (or given and family) and username or email. Known are {}.",
                COLUMNS.join(", ")
            ));
        }
        Ok(Columns(places))
    }

    fn values(&self, record: &StringRecord) -> Values {
        let field = |name: &str| {
            self.0
                .get(name)
                .and_then(|place| record.get(*place))
                .unwrap_or_default()
                .trim()
        };
        let several = |name: &str| {
            let values = field(name).split(';').map(|value| value.trim().to_owned());
            values.filter(|value| !value.is_empty()).collect::<Vec<_>>()
        };
        let (usernames, emails) = (several("username"), several("email"));
        let key = usernames.first().or(emails.first()).map(|key| key.to_lowercase());
        Values {
            key: key.unwrap_or_default(),
            name: field("name").to_owned(),
            given: field("given").to_owned(),
            family: field("family").to_owned(),
            usernames,
            emails,
            unit: field("unit").to_owned(),
            managers: several("manager")
                .iter()
                .map(|manager| manager.to_lowercase())
                .collect(),
            groups: several("groups"),
            away: away(field("away")),
        }
    }
}

fn away(written: &str) -> Option<Away> {
    let written = written.to_lowercase();
    match &*written {
        "" | "no" | "0" | "false" => None,
        word if CLOSED.contains(&word) => Some(Away::Closed),
        _ => Some(Away::Absent),
    }
}

/// Managers by their keys, where somebody is known by what was written. What nobody is known by stays as it is, and is a gap; where two are, it is not
/// guessed who is meant.
fn resolve(people: &mut [DirectoryPerson]) {
    let mut keys: HashMap<String, Option<String>> = HashMap::new();
    for person in people.iter() {
        for word in person.usernames.iter().chain(&person.emails) {
            keys.entry(word.clone())
                .and_modify(|key| {
                    if key.as_ref() != Some(&person.key) {
                        *key = None;
                    }
                })
                .or_insert_with(|| Some(person.key.clone()));
        }
    }
    for person in people {
        for manager in &mut person.managers {
            match keys.get(manager) {
                Some(Some(key)) => manager.clone_from(key),
                Some(None) => manager.insert_str(0, "not one person: "),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests;
