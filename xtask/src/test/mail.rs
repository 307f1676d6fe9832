//! Reports and replies of others, where somebody has them: they are for measuring and are not part of the project.

use std::collections::BTreeSet;

use super::cargo::product;
use crate::bench::mail;
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

/// Fails where a report opens a case, or less is understood than the project promises.
pub(super) fn understood_if_messages_are_there(workspace: &Workspace) -> Outcome<()> {
    let Some(folder) = mail::folder_of(workspace) else {
        println!("no messages of others are here (REDRESS_TEST_MAIL names their folder): left out");
        return Ok(());
    };
    product(workspace)?;
    let part = mail::understood(&workspace.target().join("debug/redress"), &folder, &BTreeSet::new())?;
    let (figures, missed) = part.told();
    print!("{figures}");
    if missed.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(missed.join("\n")))
    }
}
