//! What changes from one version of a procedure to the next, in words about the procedure (P22, R45).
//!
//! Each version is put into statements, one for each thing that it settles; the statements of both are then compared. So nothing can change
//! that has no words: the statements take every field of the model apart by name, and a new field does not compile until it says something.

mod clocks;
mod duties;
mod lists;
mod routing;
mod stages;
mod statement;
mod whole;

use super::Procedure;
pub use clocks::used_for as clock_words;
pub use statement::Part;
use statement::{Statement, Statements};

/// One thing that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Where in the procedure.
    pub part: Part,
    /// What: "Decision at stage 1: limit".
    pub about: String,
    /// As it was; none where it is new.
    pub before: Option<String>,
    /// As it will be; none where it is taken out.
    pub after: Option<String>,
}

/// Everything that changes, part by part. The version and the day from which it holds are left out: they always change.
#[must_use]
pub fn differences(before: &Procedure, after: &Procedure) -> Vec<Difference> {
    let (before, after) = (statements(before), statements(after));
    let mut found: Vec<Difference> = after.iter().filter_map(|new| changed(&before, new)).collect();
    found.extend(
        before
            .iter()
            .filter(|old| find(&after, old).is_none())
            .map(|old| Difference {
                part: old.part,
                about: old.about.clone(),
                before: Some(old.says.clone()),
                after: None,
            }),
    );
    found.sort_by_key(|difference| difference.part);
    found
}

fn changed(before: &[Statement], new: &Statement) -> Option<Difference> {
    let old = find(before, new).map(|old| &old.says);
    (old != Some(&new.says)).then(|| Difference {
        part: new.part,
        about: new.about.clone(),
        before: old.cloned(),
        after: Some(new.says.clone()),
    })
}

fn find<'s>(statements: &'s [Statement], like: &Statement) -> Option<&'s Statement> {
    statements
        .iter()
        .find(|statement| statement.part == like.part && statement.key == like.key)
}

fn statements(procedure: &Procedure) -> Vec<Statement> {
    let mut said = Statements::default();
    whole::say(procedure, &mut said);
    stages::say(procedure, &mut said);
    clocks::say(procedure, &mut said);
    routing::say(procedure, &mut said);
    lists::say(procedure, &mut said);
    duties::say(procedure, &mut said);
    said.into_vec()
}
