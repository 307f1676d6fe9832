//! One thing that tidy found, and where.

use std::fmt;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// The check fails.
    Broken,
    /// Worth a thought; the check passes.
    Warning,
}

/// One broken or bent rule in one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's name, as `xtask/exceptions.toml` writes it.
    pub rule: &'static str,
    /// The file, from the root of the project.
    pub path: String,
    /// The line, counted from 1; 0 when the whole file is meant.
    pub line: usize,
    /// What is the matter, in words.
    pub what: String,
    /// Whether the check fails for it.
    pub weight: Weight,
}

impl Finding {
    /// A broken rule about the whole file at `path`.
    pub fn broken(rule: &'static str, path: &str, what: impl Into<String>) -> Finding {
        Finding {
            rule,
            path: path.to_owned(),
            line: 0,
            what: what.into(),
            weight: Weight::Broken,
        }
    }

    /// A warning about the whole file at `path`.
    pub fn warning(rule: &'static str, path: &str, what: impl Into<String>) -> Finding {
        Finding {
            weight: Weight::Warning,
            ..Finding::broken(rule, path, what)
        }
    }

    /// The same finding at one line, counted from 1.
    pub fn at(self, line: usize) -> Finding {
        Finding { line, ..self }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let weight = match self.weight {
            Weight::Broken => "broken ",
            Weight::Warning => "warning",
        };
        match self.line {
            0 => write!(f, "{weight}  {}  {}  [{}]", self.path, self.what, self.rule),
            line => write!(f, "{weight}  {}:{line}  {}  [{}]", self.path, self.what, self.rule),
        }
    }
}
