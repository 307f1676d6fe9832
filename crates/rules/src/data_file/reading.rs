//! One reading of a data file: its text, its lines, and the faults that were found.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::DeTable;

use super::Invalid;

/// One reading of one file: its faults so far, and the line of everything that was read.
pub(crate) struct Reading {
    file: PathBuf,
    line_starts: Vec<usize>,
    faults: RefCell<Vec<Invalid>>,
    lines: RefCell<BTreeMap<String, usize>>,
}

impl Reading {
    /// Parses the text. Faults of the TOML itself end the reading.
    pub(crate) fn open<'t>(text: &'t str, file: &Path) -> Result<(Self, Spanned<DeTable<'t>>), Vec<Invalid>> {
        let line_starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(place, _)| place + 1))
            .collect();
        let reading = Self {
            file: file.to_owned(),
            line_starts,
            faults: RefCell::default(),
            lines: RefCell::default(),
        };
        let (table, errors) = DeTable::parse_recoverable(text);
        if errors.is_empty() {
            return Ok((reading, table));
        }
        for error in errors {
            let line = error.span().map_or(0, |span| reading.line_at(span.start));
            reading.note(line, "", format!("this is not TOML: {}", error.message()));
        }
        Err(reading.into_faults())
    }

    /// Notes a fault found after reading, at the line where that path, or the nearest one above it, was read.
    pub(crate) fn fault_at(&self, path: &str, reason: impl Into<String>) {
        let line = self.line_of(path);
        self.note(line, path, reason.into());
    }

    /// A fault that is not noted: a warning.
    pub(crate) fn warning_at(&self, path: &str, reason: impl Into<String>) -> Invalid {
        Invalid {
            file: self.file.clone(),
            line: self.line_of(path),
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    /// All faults, in the order of the file.
    pub(crate) fn into_faults(self) -> Vec<Invalid> {
        let mut faults = self.faults.into_inner();
        faults.sort_by(|left, right| (left.line, &left.path).cmp(&(right.line, &right.path)));
        faults
    }

    /// Whether nothing was found wrong so far.
    pub(crate) fn is_sound(&self) -> bool {
        self.faults.borrow().is_empty()
    }

    /// Remembers at which line this path was read.
    pub(super) fn remember(&self, path: String, line: usize) {
        self.lines.borrow_mut().insert(path, line);
    }

    /// Notes a fault at this line.
    pub(super) fn note(&self, line: usize, path: &str, reason: String) {
        self.faults.borrow_mut().push(Invalid {
            file: self.file.clone(),
            line,
            path: path.to_owned(),
            reason,
        });
    }

    /// The line of this place in the text.
    pub(super) fn line_at(&self, place: usize) -> usize {
        self.line_starts.partition_point(|start| *start <= place)
    }

    fn line_of(&self, path: &str) -> usize {
        let lines = self.lines.borrow();
        let mut path = path;
        loop {
            if let Some(line) = lines.get(path) {
                return *line;
            }
            match path.rfind('.') {
                Some(end) => path = &path[..end],
                None => return 0,
            }
        }
    }
}
