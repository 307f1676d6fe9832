//! Reads the tree as a careful reviewer would: lengths, names, openings, documents that tell the truth.

pub mod documents;
pub mod exceptions;
pub mod finding;
pub mod functions;
pub mod golden;
pub mod layout;
pub mod records;
pub mod tree;
pub mod wording;

use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

use exceptions::Exceptions;
use finding::{Finding, Weight};
use tree::Tree;

/// The file that lists what is let through, each with its reason.
pub const EXCEPTIONS: &str = "xtask/exceptions.toml";

/// Every rule; each looks at the whole tree and says what it found.
const RULES: &[fn(&Tree) -> Vec<Finding>] = &[
    layout::lengths,
    layout::openings,
    layout::names,
    functions::check,
    wording::marks,
    wording::hosts,
    wording::lock_files,
    documents::paths,
    records::architecture,
    records::decisions,
    golden::events,
    golden::migrations,
];

/// Checks the whole tree and prints what it finds.
///
/// # Errors
/// When a rule is broken without an exception, or the tree cannot be read.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    if let Some(unknown) = arguments.first() {
        return Err(Failure::new(format!("tidy takes no arguments, and got \"{unknown}\"")));
    }
    let tree = Tree::read(&workspace.root)?;
    let exceptions = Exceptions::parse(tree.text(EXCEPTIONS).unwrap_or_default())?;
    let findings = check(&tree, &exceptions);
    for finding in &findings {
        println!("{finding}");
    }
    let broken = findings
        .iter()
        .filter(|finding| finding.weight == Weight::Broken)
        .count();
    println!(
        "tidy: {} files read, {broken} broken rules, {} warnings",
        tree.files.len(),
        findings.len() - broken
    );
    if broken == 0 {
        Ok(())
    } else {
        Err(Failure::new(format!("tidy found {broken} broken rules")))
    }
}

/// All findings that no exception lets through, and the exceptions that nothing needs any more.
pub fn check(tree: &Tree, exceptions: &Exceptions) -> Vec<Finding> {
    let found = RULES.iter().flat_map(|rule| rule(tree)).collect();
    let mut left = exceptions.apply(found);
    left.sort_by(|a, b| (&a.path, a.line, a.rule).cmp(&(&b.path, b.line, b.rule)));
    left
}
