//! Why a wording file cannot be used, in words for the person who edits it.

use std::fmt;

use minijinja::ErrorKind;

/// What is wrong with a wording file, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct WordingError {
    /// The file, as the person who edits it knows it.
    pub file: String,
    /// The line in the file, from 1; `None` where the file as a whole is meant.
    pub line: Option<usize>,
    /// What to put right.
    pub reason: String,
}

impl fmt::Display for WordingError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(formatter, "{}, line {line}: {}", self.file, self.reason),
            None => write!(formatter, "{}: {}", self.file, self.reason),
        }
    }
}

impl WordingError {
    /// About the file as a whole.
    pub(super) fn whole(file: &str, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: None,
            reason: reason.into(),
        }
    }

    /// About one line.
    pub(super) fn at(file: &str, line: usize, reason: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line: Some(line),
            reason: reason.into(),
        }
    }

    /// What the template engine found, in words for somebody who does not program.
    pub(super) fn from_template(file: &str, source: &str, error: &minijinja::Error) -> Self {
        let meant = error
            .range()
            .and_then(|range| source.get(range))
            .unwrap_or_default()
            .trim();
        let detail = error.detail().unwrap_or_default();
        let reason = match error.kind() {
            ErrorKind::UndefinedError if meant.is_empty() => "this asks for a fact that does not exist".to_owned(),
            ErrorKind::UndefinedError => format!("\"{meant}\" asks for a fact that does not exist"),
            ErrorKind::SyntaxError => format!("something between {{{{ }}}} or {{% %}} is not complete: {detail}"),
            ErrorKind::OutOfFuel => "this letter repeats itself too often".to_owned(),
            kind if detail.is_empty() => kind.to_string(),
            kind => format!("{kind}: {detail}"),
        };
        Self {
            file: file.to_owned(),
            line: error.line(),
            reason,
        }
    }
}
