//! One thing that a procedure settles, and how its parts are called.

use crate::coded::coded;

coded! {
    /// A part of a procedure, in the order in which people read about a change.
    pub enum Part {
        /// Limits: how long something may take, how it is counted, who is warned.
        Limits = "limits", "Limits and how they are counted";
        /// Stages and what belongs to them.
        Stages = "stages", "Stages";
        /// How a case moves: straight to a stage, after a decision, out and back in.
        Ways = "ways", "How a complaint moves";
        /// Who has which role.
        Roles = "roles", "Roles";
        /// What letters must say, and where else to turn.
        Letters = "letters", "Letters";
        /// Categories.
        Categories = "categories", "Categories";
        /// The other lists.
        Lists = "lists", "Outcomes and other lists";
        /// Reviews, keeping, figures.
        Duties = "duties", "Reviews, keeping and figures";
        /// What the public reads in the department's own words.
        Words = "words", "Words on the public page";
        /// What it is called, where it comes from, which calendar it counts with.
        Whole = "whole", "The procedure as a whole";
    }
}

/// One thing that a procedure settles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) part: Part,
    /// By which it is found in another version.
    pub(super) key: String,
    pub(super) about: String,
    pub(super) says: String,
}

/// Statements as they are collected.
#[derive(Debug, Default)]
pub(super) struct Statements(Vec<Statement>);

impl Statements {
    pub(super) fn into_vec(self) -> Vec<Statement> {
        self.0
    }

    /// What is said under a heading that is the same in every version.
    pub(super) fn say(&mut self, part: Part, about: impl Into<String>, says: impl Into<String>) {
        let about = about.into();
        self.keyed(part, &about.clone(), about, says);
    }

    /// What is said under a heading that may be worded otherwise in another version.
    pub(super) fn keyed(&mut self, part: Part, key: &str, about: impl Into<String>, says: impl Into<String>) {
        self.0.push(Statement {
            part,
            key: key.to_owned(),
            about: about.into(),
            says: says.into(),
        });
    }

    /// The same, if there is something to say.
    pub(super) fn keyed_if(&mut self, part: Part, key: &str, about: impl Into<String>, says: Option<String>) {
        if let Some(says) = says {
            self.keyed(part, key, about, says);
        }
    }
}

/// "a, b, c", or "none".
pub(super) fn listed(items: impl IntoIterator<Item = impl Into<String>>) -> String {
    let items: Vec<String> = items.into_iter().map(Into::into).collect();
    if items.is_empty() {
        "none".to_owned()
    } else {
        items.join(", ")
    }
}
