//! The finder of names over the texts of others, where somebody has them: they are for measuring and are not part of the project.

use super::cargo::product;
use crate::bench::names;
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

/// Fails where fewer names are found, or more are found that are none, than the project promises.
pub(super) fn found_if_texts_are_there(workspace: &Workspace) -> Outcome<()> {
    let Some(folder) = names::folder_of(workspace) else {
        println!("no texts of others are here (REDRESS_TEST_NAMES names their folder): left out");
        return Ok(());
    };
    product(workspace)?;
    let f1 = names::f1_of(&workspace.target().join("debug/redress"), &folder)?;
    println!("F1 {f1:.3} for \"names a person\"");
    if f1 < names::LEAST_F1 {
        return Err(Failure::new(format!(
            "F1 is {f1:.3}, and {} is the least",
            names::LEAST_F1
        )));
    }
    Ok(())
}
