//! Stored forms that may not change silently: every event has a golden file, every migration a number and a place in the code.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::tree::Tree;

/// Where events are declared, one a line (`Received(…) = "case.received", 1;`), and where their golden files lie.
const EVENTS: &[(&str, &str)] = &[
    ("crates/rules/src/case/event.rs", "crates/rules/tests/golden/events/"),
    (
        "crates/rules/src/office/event.rs",
        "crates/rules/tests/golden/office_events/",
    ),
    (
        "crates/rules/src/review/event.rs",
        "crates/rules/tests/golden/review_events/",
    ),
    (
        "crates/rules/src/follow_on/event.rs",
        "crates/rules/tests/golden/follow_on_events/",
    ),
    (
        "crates/rules/src/subject/record.rs",
        "crates/rules/tests/golden/subject_events/",
    ),
];
const MIGRATIONS: &str = "crates/storage/migrations/";

/// Every stored event has a golden file that shows its payload: a release must be able to read what an older one wrote.
pub fn events(tree: &Tree) -> Vec<Finding> {
    EVENTS
        .iter()
        .flat_map(|(sources, folder)| events_of(tree, sources, folder))
        .collect()
}

fn events_of(tree: &Tree, sources: &str, folder: &str) -> Vec<Finding> {
    let Some(text) = tree.text(sources) else {
        return Vec::new();
    };
    let golden: Vec<&str> = tree
        .files
        .iter()
        .filter_map(|file| file.path.strip_prefix(folder))
        .collect();
    let declared = text
        .lines()
        .enumerate()
        .filter_map(|(at, line)| Some((at + 1, stored_name(line)?)));
    declared
        .filter(|(_, kind)| !golden.iter().any(|name| names(name, kind)))
        .map(|(at, kind)| {
            Finding::broken(
                "golden",
                sources,
                format!("the event {kind} has no file under {folder}"),
            )
            .at(at)
        })
        .collect()
}

/// `case.received` out of `Received(Received) = "case.received", 1;`.
fn stored_name(line: &str) -> Option<&str> {
    let (before, after) = line.trim().split_once(" = \"")?;
    let (kind, version) = after.split_once("\", ")?;
    let counted = version.strip_suffix(';')?.chars().all(|c| c.is_ascii_digit());
    (before.ends_with(')') && counted).then_some(kind)
}

/// Whether the file is the event's: its name is the kind, then something that is not part of a longer kind.
fn names(file: &str, kind: &str) -> bool {
    file.strip_prefix(kind)
        .is_some_and(|rest| rest.starts_with('.') || rest.starts_with('@'))
}

/// Migrations are numbered without gaps, bear the same names for every database, and are embedded by a source of storage.
pub fn migrations(tree: &Tree) -> Vec<Finding> {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for path in tree
        .files
        .iter()
        .map(|file| file.path.as_str())
        .filter(|path| path.ends_with(".sql"))
    {
        if let Some((folder, name)) = path.strip_prefix(MIGRATIONS).and_then(|rest| rest.split_once('/')) {
            folders.entry(folder).or_default().push(name);
        }
    }
    let mut found = Vec::new();
    let longest = folders
        .values()
        .max_by_key(|names| names.len())
        .cloned()
        .unwrap_or_default();
    for (folder, names) in &folders {
        // A database that came later begins with its whole schema, under the number of the step at which it came.
        let begins = names.first().and_then(|name| number(name)).unwrap_or(1);
        for (at, name) in names.iter().enumerate() {
            let path = format!("{MIGRATIONS}{folder}/{name}");
            if number(name) != Some(at + begins) {
                found.push(Finding::broken(
                    "migration",
                    &path,
                    format!("the number should be {:04}", at + begins),
                ));
            }
            if !tree
                .ending(&[".rs"])
                .any(|(source, text)| source.starts_with("crates/storage/") && text.contains(*name))
            {
                found.push(Finding::broken(
                    "migration",
                    &path,
                    "no source of storage names it, so it never runs",
                ));
            }
        }
        let steps_of = |names: &[&str]| -> Vec<String> {
            let later = names.iter().filter(|name| number(name) > Some(begins));
            later.map(|name| (*name).to_owned()).collect()
        };
        if steps_of(names) != steps_of(&longest) {
            found.push(Finding::broken(
                "migration",
                &format!("{MIGRATIONS}{folder}"),
                "the names differ from the other database's",
            ));
        }
    }
    found
}

fn number(name: &str) -> Option<usize> {
    name.get(..4)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DECLARED: &str = "events! {\n    /// It came.\n    Received(Received) = \"case.received\", 1;\n    Closed(Closed) = \"case.closed\", 2;\n}\n";

    #[test]
    fn an_event_without_a_golden_file_is_found_in_every_list() {
        for (sources, folder) in EVENTS {
            let golden = format!("{folder}case.received.1.json");
            let tree = Tree::of(&[(sources, DECLARED), (&golden, "{}")]);
            let found = events(&tree);
            assert_eq!(found.len(), 1);
            assert!(found[0].what.contains("case.closed"), "{found:?}");
            assert_eq!((found[0].path.as_str(), found[0].line), (*sources, 4));
        }
    }

    #[test]
    fn a_longer_name_does_not_stand_in_for_a_shorter_one() {
        assert!(names("case.received.1.json", "case.received"));
        assert!(!names("case.received_again.1.json", "case.received"));
    }

    #[test]
    fn a_gap_in_the_numbers_is_found() {
        let source = ("crates/storage/src/migrate.rs", "0001_log.sql 0003_more.sql");
        let tree = Tree::of(&[
            ("crates/storage/migrations/sqlite/0001_log.sql", ""),
            ("crates/storage/migrations/sqlite/0003_more.sql", ""),
            source,
        ]);
        let found = migrations(&tree);
        assert_eq!(found.len(), 1);
        assert!(found[0].what.contains("0002"), "{found:?}");
    }

    #[test]
    fn a_migration_that_nothing_embeds_is_found() {
        let found = migrations(&Tree::of(&[("crates/storage/migrations/sqlite/0001_log.sql", "")]));
        assert!(found[0].what.contains("never runs"), "{found:?}");
    }

    #[test]
    fn databases_with_different_migrations_are_found() {
        let source = (
            "crates/storage/src/migrate.rs",
            "0001_log.sql 0002_whole.sql 0002_more.sql 0003_last.sql 0003_other.sql",
        );
        let found = |last: &str| {
            let tree = Tree::of(&[
                ("crates/storage/migrations/sqlite/0001_log.sql", ""),
                ("crates/storage/migrations/sqlite/0002_more.sql", ""),
                ("crates/storage/migrations/sqlite/0003_last.sql", ""),
                ("crates/storage/migrations/postgres/0002_whole.sql", ""),
                (last, ""),
                source,
            ]);
            migrations(&tree)
        };
        assert_eq!(found("crates/storage/migrations/postgres/0003_last.sql").len(), 0);
        let differ = found("crates/storage/migrations/postgres/0003_other.sql");
        assert_eq!(differ.len(), 1);
        assert!(differ[0].what.contains("differ"), "{differ:?}");
    }
}
