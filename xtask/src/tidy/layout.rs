//! How files are cut and called: their length, their first line, the names of files and folders.

use super::finding::Finding;
use super::tree::{Tree, is_test};

/// Lines that a file aims to stay under, and may never pass: nine in ten files of the tidy codebases that were measured stay under 400.
const AIM: usize = 250;
const MOST: usize = 400;

/// Names that say how something is cut, not what it is about: everything ends up in such a drawer.
const DRAWERS: &[&str] = &[
    "util", "utils", "common", "helper", "helpers", "services", "service", "managers", "manager", "misc",
];

/// Sources stay short: each file over the limit hides a concept that wants a room of its own.
pub fn lengths(tree: &Tree) -> Vec<Finding> {
    let sources = tree
        .ending(&[".rs", ".mjs", ".js", ".scss"])
        .filter(|(path, _)| !is_test(path));
    sources
        .filter_map(|(path, text)| match text.lines().count() {
            lines if lines > MOST => Some(Finding::broken(
                "length",
                path,
                format!("{lines} lines; {MOST} at most"),
            )),
            lines if lines > AIM => Some(Finding::warning("length", path, format!("{lines} lines; aim at {AIM}"))),
            _ => None,
        })
        .collect()
}

/// Every Rust file opens with a sentence that says what it is for.
pub fn openings(tree: &Tree) -> Vec<Finding> {
    tree.ending(&[".rs"])
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(path, _)| Finding::broken("opening", path, "does not open with a `//!` sentence").at(1))
        .collect()
}

/// No file or folder has a name that only says "odds and ends".
pub fn names(tree: &Tree) -> Vec<Finding> {
    let sources = tree.files.iter().filter(|file| !file.path.starts_with("xtask/"));
    sources
        .filter_map(|file| {
            let drawer = file.path.split('/').map(stem).find(|name| DRAWERS.contains(name))?;
            Some(Finding::broken(
                "name",
                &file.path,
                format!("\"{drawer}\" does not say what it is about"),
            ))
        })
        .collect()
}

/// A file's name up to its first full stop; a folder's whole name.
fn stem(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::finding::Weight;

    fn of_lines(count: usize) -> String {
        "let x = 1;\n".repeat(count)
    }

    #[test]
    fn a_file_over_400_lines_is_broken_and_over_250_a_warning() {
        let (long, longer, fine) = (of_lines(251), of_lines(401), of_lines(250));
        let tree = Tree::of(&[("a/long.rs", &long), ("a/longer.scss", &longer), ("a/fine.mjs", &fine)]);
        let found: Vec<_> = lengths(&tree).into_iter().map(|f| (f.path, f.weight)).collect();
        let expected = [
            ("a/long.rs".to_owned(), Weight::Warning),
            ("a/longer.scss".to_owned(), Weight::Broken),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn tests_and_golden_files_may_run_long() {
        let long = of_lines(401);
        let tree = Tree::of(&[("crates/a/tests/story.rs", &long), ("crates/a/golden/page.js", &long)]);
        assert_eq!(lengths(&tree), []);
    }

    #[test]
    fn a_rust_file_without_an_opening_sentence_is_broken() {
        let tree = Tree::of(&[("a.rs", "use std::fmt;\n"), ("b.rs", "//! Says what it is.\n")]);
        let found = openings(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "a.rs");
    }

    #[test]
    fn drawers_are_broken_as_files_and_as_folders() {
        let tree = Tree::of(&[
            ("crates/a/src/utils.rs", ""),
            ("crates/a/src/helpers/b.rs", ""),
            ("crates/a/src/utility_bill.rs", ""),
        ]);
        let found: Vec<_> = names(&tree).into_iter().map(|f| f.path).collect();
        assert_eq!(found, ["crates/a/src/utils.rs", "crates/a/src/helpers/b.rs"]);
    }
}
