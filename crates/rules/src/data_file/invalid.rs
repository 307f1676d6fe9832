//! A fault in a data file: where it is and what is wrong.

use std::path::PathBuf;

/// Something wrong in a procedure or calendar file, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; 0 if the fault is in no line, such as a missing part.
    pub line: usize,
    /// Where in the data: `stage.s1.extension.approver`.
    pub path: String,
    /// What is wrong and what to do, in plain words.
    pub reason: String,
}

impl std::fmt::Display for Invalid {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.file.display())?;
        if self.line > 0 {
            write!(formatter, ", line {}", self.line)?;
        }
        if !self.path.is_empty() {
            write!(formatter, ", {}", self.path)?;
        }
        write!(formatter, ": {}", self.reason)
    }
}
