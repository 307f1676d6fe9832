//! Who of our own crates may import whom; the manifests are the fence, and this is the gatekeeper.

use std::collections::BTreeSet;

use crate::workspace::Package;

/// Our crates and what each may import of ours. ARCHITECTURE.md shows the same table, and must agree.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("rules", &[]),
    ("storage", &["rules"]),
    ("casework", &["rules", "storage"]),
    ("documents", &["rules"]),
    ("mail", &["rules"]),
    ("channels", &["rules", "casework", "documents", "mail"]),
    ("directory", &["rules", "casework"]),
    ("web", &["rules", "casework", "documents"]),
    (
        "redress",
        &[
            "rules",
            "storage",
            "casework",
            "channels",
            "directory",
            "documents",
            "mail",
            "web",
        ],
    ),
    ("testkit", &["rules", "storage", "casework"]),
    ("xtask", &[]),
];

/// For tests only: nothing that ships may depend on it.
const TESTS_ONLY: &str = "testkit";

/// What the rules may use of others: types, parsing and hashing, and nothing that could do IO.
const RULES_MAY_USE: &[&str] = &[
    "base64",
    "jiff",
    "serde",
    "serde_json",
    "sha2",
    "thiserror",
    "toml",
    "toml_edit",
    "unicode-normalization",
];

/// What must not be reachable from the rules by any path: runtimes, databases, the network, logging, chance.
const RULES_NEVER_REACH: &[&str] = &[
    "tokio",
    "rusqlite",
    "tokio-postgres",
    "axum",
    "hyper",
    "lettre",
    "tracing",
    "log",
    "rand",
    "getrandom",
    "aws-lc-rs",
];

/// What is looked at.
#[derive(Debug)]
pub struct Imports<'a> {
    /// The workspace's own packages.
    pub ours: Vec<&'a Package>,
    /// The names of all packages that `rules` needs to be built and run.
    pub reached_by_rules: Vec<String>,
    /// The text of ARCHITECTURE.md.
    pub architecture: &'a str,
}

/// Every import that the table does not allow, as sentences.
pub fn broken(imports: &Imports<'_>) -> Vec<String> {
    let mut found: Vec<String> = imports
        .ours
        .iter()
        .flat_map(|package| upward_imports(package))
        .collect();
    found.extend(impure_rules(imports));
    found.extend(disagreements(imports.architecture));
    found
}

fn upward_imports(package: &Package) -> Vec<String> {
    let Some((_, allowed)) = MAY_IMPORT.iter().find(|(name, _)| *name == package.name) else {
        return vec![format!(
            "{} is not in the table of crates (ARCHITECTURE.md and xtask/src/fences/imports.rs)",
            package.name
        )];
    };
    let ours = package
        .dependencies
        .iter()
        .filter(|wanted| MAY_IMPORT.iter().any(|(name, _)| *name == wanted.name));
    ours.filter(|wanted| {
        let in_tests = wanted.kind.as_deref() == Some("dev") && wanted.name == TESTS_ONLY;
        !in_tests && !allowed.contains(&wanted.name.as_str())
    })
    .map(|wanted| format!("{} must not import {}", package.name, wanted.name))
    .collect()
}

fn impure_rules(imports: &Imports<'_>) -> Vec<String> {
    let mut found = Vec::new();
    let rules = imports.ours.iter().filter(|package| package.name == "rules");
    for wanted in rules
        .flat_map(|rules| &rules.dependencies)
        .filter(|wanted| wanted.kind.is_none())
    {
        if !RULES_MAY_USE.contains(&wanted.name.as_str()) {
            found.push(format!(
                "rules must not use {}: it knows no IO, no clock and no chance",
                wanted.name
            ));
        }
    }
    for never in RULES_NEVER_REACH
        .iter()
        .filter(|name| imports.reached_by_rules.iter().any(|reached| reached == *name))
    {
        found.push(format!(
            "rules reaches {never} (`cargo tree -p rules -i {never}` shows the way)"
        ));
    }
    found
}

/// Where the table printed in ARCHITECTURE.md differs from the one that is enforced.
///
/// A row there reads: the crate's name in backticks, what it is, what it may import in backticks, what it must never do.
fn disagreements(architecture: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (name, allowed) in MAY_IMPORT {
        let Some(row) = architecture
            .lines()
            .find(|line| line.starts_with(&format!("| `{name}` |")))
        else {
            found.push(format!("ARCHITECTURE.md has no row for the crate {name}"));
            continue;
        };
        let cell = row.split('|').nth(3).unwrap_or_default();
        let printed: BTreeSet<&str> = cell.split('`').skip(1).step_by(2).collect();
        if printed != allowed.iter().copied().collect() {
            found.push(format!(
                "ARCHITECTURE.md says that {name} may import {printed:?}; enforced is {allowed:?}"
            ));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::Wanted;

    /// What is said when the packages are as given: each with what it depends on, and in which way.
    fn found(packages: &[(&str, &str, Option<&str>)], reached: &[&str], architecture: &str) -> Vec<String> {
        let packages: Vec<Package> = packages
            .iter()
            .map(|(name, wanted, kind)| Package {
                id: (*name).to_owned(),
                name: (*name).to_owned(),
                version: "0".to_owned(),
                license: None,
                dependencies: vec![Wanted {
                    name: (*wanted).to_owned(),
                    kind: kind.map(str::to_owned),
                }],
            })
            .collect();
        let reached_by_rules = reached.iter().map(|name| (*name).to_owned()).collect();
        broken(&Imports {
            ours: packages.iter().collect(),
            reached_by_rules,
            architecture,
        })
    }

    fn agreeing() -> String {
        MAY_IMPORT.iter().fold(String::new(), |mut text, (name, allowed)| {
            let cells: Vec<String> = allowed.iter().map(|name| format!("`{name}`")).collect();
            text.push_str(&format!("| `{name}` | words | {} | never |\n", cells.join(", ")));
            text
        })
    }

    #[test]
    fn the_table_as_it_stands_passes() {
        let fine = [("rules", "jiff", None), ("storage", "rules", None)];
        assert_eq!(found(&fine, &["rules", "jiff"], &agreeing()), [""; 0]);
    }

    #[test]
    fn an_upward_import_is_found() {
        let upward = [("storage", "casework", None)];
        assert_eq!(found(&upward, &[], &agreeing()), ["storage must not import casework"]);
    }

    #[test]
    fn the_test_kit_may_be_imported_by_tests_only() {
        assert_eq!(
            found(&[("web", "testkit", None)], &[], &agreeing()),
            ["web must not import testkit"]
        );
        assert_eq!(found(&[("web", "testkit", Some("dev"))], &[], &agreeing()), [""; 0]);
    }

    #[test]
    fn rules_with_a_runtime_are_found_however_it_comes_in() {
        let direct = found(&[("rules", "tokio", None)], &["rules", "tokio"], &agreeing());
        assert_eq!(direct.len(), 2);
        let hidden = found(&[("rules", "jiff", None)], &["rules", "jiff", "tokio"], &agreeing());
        assert_eq!(
            hidden,
            ["rules reaches tokio (`cargo tree -p rules -i tokio` shows the way)"]
        );
    }

    #[test]
    fn what_the_tests_of_rules_use_is_not_counted() {
        assert_eq!(
            found(&[("rules", "proptest", Some("dev"))], &["rules"], &agreeing()),
            [""; 0]
        );
    }

    #[test]
    fn a_document_that_says_otherwise_is_found() {
        let lying = agreeing().replace(
            "| `storage` | words | `rules` |",
            "| `storage` | words | `rules`, `web` |",
        );
        let found = found(&[], &[], &lying);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("storage may import"), "{found:?}");
    }

    #[test]
    fn a_crate_that_nobody_placed_is_found() {
        let found = found(&[("stray", "rules", None)], &[], &agreeing());
        assert!(found[0].starts_with("stray is not in the table"), "{found:?}");
    }
}
