//! What is let through although a rule is broken: one list, each entry with its reason.

use serde::Deserialize;

use super::EXCEPTIONS;
use super::finding::Finding;
use crate::shell::{Failure, Outcome};

/// The whole list.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    #[serde(default)]
    allow: Vec<Exception>,
}

/// One rule that does not hold for one file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    path: String,
    rule: String,
    reason: String,
}

impl Exceptions {
    /// Reads the list from its TOML text.
    ///
    /// # Errors
    /// When the text is not TOML of this form.
    pub fn parse(text: &str) -> Outcome<Exceptions> {
        toml::from_str(text).map_err(Failure::during(EXCEPTIONS))
    }

    /// Takes out what the list lets through, and adds what is wrong with the list itself.
    pub fn apply(&self, mut found: Vec<Finding>) -> Vec<Finding> {
        let mut complaints = Vec::new();
        for exception in &self.allow {
            let name = format!("the exception for {} [{}]", exception.path, exception.rule);
            if exception.reason.trim().len() < 10 {
                complaints.push(Finding::broken(
                    "exceptions",
                    EXCEPTIONS,
                    format!("{name} gives no reason"),
                ));
            }
            let before = found.len();
            found.retain(|finding| finding.path != exception.path || finding.rule != exception.rule);
            if found.len() == before {
                complaints.push(Finding::broken(
                    "exceptions",
                    EXCEPTIONS,
                    format!("{name} is not needed any more"),
                ));
            }
        }
        found.append(&mut complaints);
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(path: &str, reason: &str) -> Exceptions {
        Exceptions::parse(&format!(
            "[[allow]]\npath = \"{path}\"\nrule = \"length\"\nreason = \"{reason}\"\n"
        ))
        .expect("a good list")
    }

    #[test]
    fn an_exception_lets_its_own_finding_through_and_no_other() {
        let found = vec![
            Finding::broken("length", "a.rs", "long"),
            Finding::broken("opening", "a.rs", "bare"),
        ];
        let left = list("a.rs", "one table that reads best whole").apply(found);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].rule, "opening");
    }

    #[test]
    fn an_exception_without_a_reason_is_a_finding() {
        let left = list("a.rs", "").apply(vec![Finding::broken("length", "a.rs", "long")]);
        assert!(left[0].what.contains("no reason"), "{left:?}");
    }

    #[test]
    fn an_exception_that_nothing_needs_is_a_finding() {
        let left = list("a.rs", "one table that reads best whole").apply(Vec::new());
        assert!(left[0].what.contains("not needed"), "{left:?}");
    }
}
