//! What the doctor found: one line for each thing that was looked at, what to do about it, and the same for a machine.

use std::process::ExitCode;

use serde::Serialize;

/// How something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    /// As it should be.
    Well,
    /// Somebody should do something soon.
    Warning,
    /// Something is wrong now.
    Fault,
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Finding {
    /// What it is: "letters", "disk".
    pub about: &'static str,
    /// How it is.
    pub state: State,
    /// What was found, one sentence.
    pub says: String,
    /// What to do; nothing where it is well.
    #[serde(rename = "do")]
    pub todo: Option<String>,
}

impl Finding {
    /// As it should be.
    pub(crate) fn well(about: &'static str, says: impl Into<String>) -> Finding {
        Finding {
            about,
            state: State::Well,
            says: says.into(),
            todo: None,
        }
    }

    /// Something to do soon.
    pub(crate) fn warning(about: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding::bad(about, State::Warning, (says.into(), todo.into()))
    }

    /// Something is wrong.
    pub(crate) fn fault(about: &'static str, says: impl Into<String>, todo: impl Into<String>) -> Finding {
        Finding::bad(about, State::Fault, (says.into(), todo.into()))
    }

    fn bad(about: &'static str, state: State, (says, todo): (String, String)) -> Finding {
        Finding {
            about,
            state,
            says,
            todo: Some(todo),
        }
    }

    fn line(&self) -> String {
        let state = match self.state {
            State::Well => "well",
            State::Warning => "WARNING",
            State::Fault => "FAULT",
        };
        let todo = self.todo.as_deref().map_or_else(String::new, |todo| format!(" {todo}"));
        format!("{state:<8} {:<10} {}{todo}\n", self.about, self.says)
    }
}

/// Everything that was found.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Findings {
    findings: Vec<Finding>,
}

impl Findings {
    /// Adds what a look found.
    pub(crate) fn add(&mut self, found: impl IntoIterator<Item = Finding>) {
        self.findings.extend(found);
    }

    /// The worst of it.
    pub(crate) fn state(&self) -> State {
        let states = self.findings.iter().map(|finding| finding.state);
        states.max().unwrap_or(State::Well)
    }

    /// As lines to read.
    pub(crate) fn text(&self) -> String {
        self.findings.iter().map(Finding::line).collect()
    }

    /// As one JSON object.
    pub(crate) fn json(&self) -> serde_json::Result<String> {
        #[derive(Serialize)]
        struct Said<'f> {
            state: State,
            findings: &'f [Finding],
        }
        let said = Said {
            state: self.state(),
            findings: &self.findings,
        };
        serde_json::to_string_pretty(&said).map(|text| text + "\n")
    }

    /// 0 all well, 1 something to do soon, 2 something is wrong: as Nagios and those after it read it.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self.state() {
            State::Well => ExitCode::SUCCESS,
            State::Warning => ExitCode::from(1),
            State::Fault => ExitCode::from(2),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_is_what_counts() {
        let mut findings = Findings::default();
        assert_eq!(findings.state(), State::Well);
        findings.add([Finding::well("keys", "They are there.")]);
        findings.add([Finding::warning("disk", "Little is free.", "Make room.")]);
        assert_eq!(findings.state(), State::Warning);
        findings.add([
            Finding::fault("letters", "One waits.", "Look."),
            Finding::well("files", "All."),
        ]);
        assert_eq!(findings.state(), State::Fault);
        assert_eq!(findings.text().lines().count(), 4);
        let json: serde_json::Value = serde_json::from_str(&findings.json().expect("JSON")).expect("JSON");
        assert_eq!(json["state"], "fault");
        assert_eq!(json["findings"][1]["do"], "Make room.");
    }
}
