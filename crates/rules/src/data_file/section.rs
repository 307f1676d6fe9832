//! A table of a data file that is asked for its keys: what is missing, misspelt, of the wrong kind or unknown is noted.

use std::cell::RefCell;

use jiff::civil::{Date, Time};
use toml::de::{DeTable, DeValue};

use super::{Reading, date_value};
use crate::coded::Coded;

impl Reading {
    /// The outermost table.
    pub(crate) fn root<'a>(&'a self, table: &'a DeTable<'a>) -> Section<'a> {
        Section {
            reading: self,
            path: String::new(),
            line: 1,
            table,
            asked: RefCell::default(),
        }
    }
}

/// One table. When it is dropped, keys that nobody asked for are noted as unknown.
pub(crate) struct Section<'a> {
    reading: &'a Reading,
    path: String,
    line: usize,
    table: &'a DeTable<'a>,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Section<'a> {
    /// A text that must be there.
    pub(crate) fn text(&self, key: &'static str) -> String {
        self.required(key, self.text_if(key))
    }

    /// A text that may be there. An empty one is a fault.
    pub(crate) fn text_if(&self, key: &'static str) -> Option<String> {
        let (value, line) = self.value(key)?;
        match value {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.trim().to_owned()),
            DeValue::String(_) => self.wrong(key, line, "must not be empty"),
            _ => self.wrong(key, line, "must be a text in quotes"),
        }
    }

    /// A list of texts; empty if it is not there.
    pub(crate) fn texts(&self, key: &'static str) -> Vec<String> {
        let Some((value, line)) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value else {
            self.wrong::<()>(key, line, "must be a list of texts: [\"one\", \"two\"]");
            return Vec::new();
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::String(text) => texts.push(text.to_string()),
                _ => {
                    self.wrong::<()>(
                        key,
                        self.reading.line_at(item.span().start),
                        "must hold only texts in quotes",
                    );
                }
            }
        }
        texts
    }

    /// A whole number that must be there.
    pub(crate) fn whole(&self, key: &'static str) -> u32 {
        self.required(key, self.whole_if(key))
    }

    /// A whole number that may be there.
    pub(crate) fn whole_if(&self, key: &'static str) -> Option<u32> {
        let (value, line) = self.value(key)?;
        number(value).or_else(|| self.wrong(key, line, "must be a whole number, 0 or more"))
    }

    /// A list of whole numbers; empty if it is not there.
    pub(crate) fn wholes(&self, key: &'static str) -> Vec<u32> {
        let Some((value, line)) = self.value(key) else {
            return Vec::new();
        };
        let numbers = match value {
            DeValue::Array(items) => items.iter().map(|item| number(item.get_ref())).collect(),
            _ => None,
        };
        let numbers = numbers.or_else(|| self.wrong(key, line, "must be a list of whole numbers: [3, 6]"));
        numbers.unwrap_or_default()
    }

    /// A day that must be there.
    pub(crate) fn date(&self, key: &'static str) -> Date {
        let found = self.value(key).and_then(|(value, line)| {
            date_value::date(value).or_else(|| self.wrong(key, line, "must be a day: 2026-06-13"))
        });
        self.required(key, found)
    }

    /// A time of day that may be there.
    pub(crate) fn time_if(&self, key: &'static str) -> Option<Time> {
        let (value, line) = self.value(key)?;
        date_value::time(value).or_else(|| self.wrong(key, line, "must be a time of day in quotes: \"17:00\""))
    }

    /// A member of a closed list that must be there. After a fault the first member stands in.
    pub(crate) fn code<T: Coded>(&self, key: &'static str) -> T {
        if self.value(key).is_none() {
            self.missing(key);
        }
        self.code_if(key).unwrap_or(T::MEMBERS[0])
    }

    /// A member of a closed list, or this one if nothing is said.
    pub(crate) fn code_or<T: Coded>(&self, key: &'static str, otherwise: T) -> T {
        self.code_if(key).unwrap_or(otherwise)
    }

    /// A member of a closed list that may be there.
    pub(crate) fn code_if<T: Coded>(&self, key: &'static str) -> Option<T> {
        let text = self.text_if(key)?;
        self.member(key, &text)
    }

    /// A list of members of a closed list.
    pub(crate) fn codes<T: Coded>(&self, key: &'static str) -> Vec<T> {
        self.texts(key)
            .iter()
            .filter_map(|text| self.member(key, text))
            .collect()
    }

    /// A text that a function reads, such as a condition; the function says what is wrong.
    pub(crate) fn read_if<T>(&self, key: &'static str, read: impl FnOnce(&str) -> Result<T, String>) -> Option<T> {
        let text = self.text_if(key)?;
        read(&text).map_err(|reason| self.fault(key, reason)).ok()
    }

    /// A table that may be there.
    pub(crate) fn section(&self, key: &'static str) -> Option<Section<'a>> {
        let (value, line) = self.value(key)?;
        match value {
            DeValue::Table(table) => Some(self.below(self.path_of(key), line, table)),
            _ => self.wrong(key, line, "must be a table"),
        }
    }

    /// The tables `[[key]]`; empty if there are none. Each is called by its `naming` text where it has one.
    pub(crate) fn sections(&self, key: &'static str, naming: &str) -> Vec<Section<'a>> {
        let Some((value, line)) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value else {
            self.wrong::<()>(key, line, "must be a list of tables");
            return Vec::new();
        };
        let mut sections = Vec::with_capacity(items.len());
        for (place, item) in items.iter().enumerate() {
            let line = self.reading.line_at(item.span().start);
            let DeValue::Table(table) = item.get_ref() else {
                self.wrong::<()>(key, line, "must hold only tables");
                continue;
            };
            let name = named(table, naming).unwrap_or_else(|| (place + 1).to_string());
            sections.push(self.below(format!("{}.{name}", self.path_of(key)), line, table));
        }
        sections
    }

    /// The tables `[key.NAME]` with their names; empty if there are none.
    pub(crate) fn named_sections(&self, key: &'static str) -> Vec<(String, Section<'a>)> {
        let Some((value, line)) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Table(tables) = value else {
            self.wrong::<()>(key, line, "must be a table of tables");
            return Vec::new();
        };
        let mut sections = Vec::with_capacity(tables.len());
        for (name, value) in tables {
            let line = self.reading.line_at(name.span().start);
            let path = format!("{}.{}", self.path_of(key), name.get_ref());
            match value.get_ref() {
                DeValue::Table(table) => sections.push((name.get_ref().to_string(), self.below(path, line, table))),
                _ => self.reading.note(line, &path, "must be a table".to_owned()),
            }
        }
        sections
    }

    /// The keys and texts of `[key]` or `key = { a = "...", b = "..." }`, in the order of the file.
    pub(crate) fn pairs(&self, key: &'static str) -> Vec<(String, String)> {
        let Some((value, line)) = self.value(key) else {
            return Vec::new();
        };
        let DeValue::Table(table) = value else {
            self.wrong::<()>(key, line, "must be a table of codes and names");
            return Vec::new();
        };
        let mut pairs = Vec::with_capacity(table.len());
        for (name, value) in table {
            let line = self.reading.line_at(name.span().start);
            let path = format!("{}.{}", self.path_of(key), name.get_ref());
            self.reading.remember(path.clone(), line);
            match value.get_ref() {
                DeValue::String(text) => {
                    pairs.push((name.span().start, (name.get_ref().to_string(), text.to_string())))
                }
                _ => self.reading.note(line, &path, "must be a text in quotes".to_owned()),
            }
        }
        pairs.sort_by_key(|(place, _)| *place);
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    /// A text, or else the keys and texts of a table.
    pub(crate) fn text_or_pairs(&self, key: &'static str) -> Result<String, Vec<(String, String)>> {
        match self.value(key) {
            Some((DeValue::Table(_), _)) | None => Err(self.pairs(key)),
            Some(_) => Ok(self.text(key)),
        }
    }

    /// Whether the key is there at all.
    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.value(key).is_some()
    }

    /// Notes a fault at this key.
    pub(crate) fn fault(&self, key: &str, reason: impl Into<String>) {
        self.reading.fault_at(&self.path_of(key), reason);
    }

    fn below(&self, path: String, line: usize, table: &'a DeTable<'a>) -> Section<'a> {
        self.reading.remember(path.clone(), line);
        Section {
            reading: self.reading,
            path,
            line,
            table,
            asked: RefCell::default(),
        }
    }

    fn value(&self, key: &'static str) -> Option<(&'a DeValue<'a>, usize)> {
        self.asked.borrow_mut().push(key);
        let (name, value) = self.table.get_key_value(key)?;
        let line = self.reading.line_at(name.span().start);
        self.reading.remember(self.path_of(key), line);
        Some((value.get_ref(), line))
    }

    fn member<T: Coded>(&self, key: &'static str, text: &str) -> Option<T> {
        let found = T::MEMBERS.iter().copied().find(|member| member.as_code() == text);
        if found.is_none() {
            let known: Vec<&str> = T::MEMBERS.iter().map(|member| member.as_code()).collect();
            self.fault(
                key,
                format!("there is no \"{text}\" here; choose one of: {}", known.join(", ")),
            );
        }
        found
    }

    fn required<T: Stand>(&self, key: &'static str, found: Option<T>) -> T {
        if found.is_none() && !self.table.contains_key(key) {
            self.missing(key);
        }
        found.unwrap_or_else(T::stand_in)
    }

    fn missing(&self, key: &str) {
        self.reading
            .note(self.line, &self.path_of(key), format!("\"{key}\" is missing here"));
    }

    fn wrong<T>(&self, key: &str, line: usize, what: &str) -> Option<T> {
        self.reading.note(line, &self.path_of(key), format!("\"{key}\" {what}"));
        None
    }

    fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.path)
        }
    }
}

impl Drop for Section<'_> {
    fn drop(&mut self) {
        let asked = self.asked.borrow();
        for name in self.table.keys() {
            if !asked.contains(&name.get_ref().as_ref()) {
                let line = self.reading.line_at(name.span().start);
                let mut known = asked.clone();
                known.sort_unstable();
                known.dedup();
                let reason = format!(
                    "nothing here is called \"{}\"; known are: {}",
                    name.get_ref(),
                    known.join(", ")
                );
                self.reading.note(line, &self.path_of(name.get_ref()), reason);
            }
        }
    }
}

/// What stands in for a value that is missing, so that reading can go on to the next fault.
trait Stand {
    fn stand_in() -> Self;
}

impl Stand for String {
    fn stand_in() -> Self {
        Self::new()
    }
}

impl Stand for u32 {
    fn stand_in() -> Self {
        1
    }
}

impl Stand for Date {
    fn stand_in() -> Self {
        jiff::civil::date(2000, 1, 1)
    }
}

fn named(table: &DeTable<'_>, naming: &str) -> Option<String> {
    match table.get(naming)?.get_ref() {
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    }
}

fn number(value: &DeValue<'_>) -> Option<u32> {
    match value {
        DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
        _ => None,
    }
}
