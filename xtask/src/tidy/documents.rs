//! Documents that tell the truth: the paths they name exist, and they stay short enough to be read.

use super::finding::Finding;
use super::tree::Tree;

/// A map that is longer than this is a territory.
const MOST_ARCHITECTURE_LINES: usize = 300;

/// The four questions that every decision record answers.
const DECISION_HEADINGS: &[&str] = &[
    "## Context",
    "## Decision",
    "## What gets easier",
    "## What gets harder",
];

/// Every path in backticks, and every link to a file, leads somewhere.
pub fn paths(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for (document, text) in tree.ending(&[".md"]) {
        for (at, line) in prose_lines(text) {
            let named = quoted(line).into_iter().filter(|words| looks_like_path(tree, words));
            for path in named.filter(|path| !leads_somewhere(tree, document, path)) {
                found.push(
                    Finding::broken("document", document, format!("names `{path}`, which does not exist")).at(at),
                );
            }
            for link in links(line).into_iter().filter(|link| !link_holds(tree, document, link)) {
                found.push(
                    Finding::broken("document", document, format!("links to {link}, which does not exist")).at(at),
                );
            }
        }
    }
    found
}

/// ARCHITECTURE.md fits in one sitting.
pub fn architecture(tree: &Tree) -> Vec<Finding> {
    let lines = tree.text("ARCHITECTURE.md").map_or(0, |text| text.lines().count());
    match lines > MOST_ARCHITECTURE_LINES {
        true => vec![Finding::broken(
            "document-length",
            "ARCHITECTURE.md",
            format!("{lines} lines; {MOST_ARCHITECTURE_LINES} at most"),
        )],
        false => Vec::new(),
    }
}

/// Every decision record is numbered and answers the four questions.
pub fn decisions(tree: &Tree) -> Vec<Finding> {
    let records = tree.ending(&[".md"]).filter_map(|(path, text)| {
        let name = path.strip_prefix("docs/decisions/")?;
        (name != "README.md").then_some((path, name, text))
    });
    let mut found = Vec::new();
    let mut numbers: Vec<&str> = Vec::new();
    for (path, name, text) in records {
        let number = name.split('-').next().unwrap_or_default();
        if number.len() != 4 || number.parse::<u16>().is_err() {
            found.push(Finding::broken(
                "decision",
                path,
                "the name does not begin with four digits and a dash",
            ));
        } else if numbers.contains(&number) {
            found.push(Finding::broken(
                "decision",
                path,
                format!("the number {number} is taken"),
            ));
        }
        numbers.push(number);
        for heading in DECISION_HEADINGS
            .iter()
            .filter(|heading| !text.lines().any(|line| line.trim_end() == **heading))
        {
            found.push(Finding::broken(
                "decision",
                path,
                format!("lacks the heading \"{heading}\""),
            ));
        }
    }
    found
}

/// The lines outside fenced blocks, which hold examples rather than statements.
fn prose_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((at + 1, line))
    })
}

fn quoted(line: &str) -> Vec<&str> {
    line.split('`').skip(1).step_by(2).collect()
}

/// Something in backticks is taken for a path when it has a slash and either begins at a folder of ours or ends like a file or folder.
fn looks_like_path(tree: &Tree, words: &str) -> bool {
    let plain = words
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "._-/*{},".contains(c));
    let first = words.split('/').next().unwrap_or_default();
    let last = words.rsplit('/').next().unwrap_or_default();
    let file_like = last.is_empty()
        || [".rs", ".toml", ".md", ".sql", ".mjs", ".json", ".scss"]
            .iter()
            .any(|end| last.ends_with(end));
    plain
        && words.contains('/')
        && !words.starts_with('/')
        && first != "target"
        && (file_like || (!first.is_empty() && tree.has(first)))
}

fn leads_somewhere(tree: &Tree, document: &str, path: &str) -> bool {
    alternatives(path).iter().all(|path| {
        let path = path.trim_end_matches('/');
        let beside = beside(document, path);
        tree.files.iter().any(|file| {
            [path, beside.as_str()]
                .iter()
                .any(|wanted| begins_like(&file.path, wanted))
                || ends_like(&file.path, path)
        })
    })
}

/// `a/{b,c}` as `a/b` and `a/c`.
fn alternatives(path: &str) -> Vec<String> {
    let Some((before, rest)) = path.split_once('{') else {
        return vec![path.to_owned()];
    };
    let Some((inside, after)) = rest.split_once('}') else {
        return vec![path.to_owned()];
    };
    inside
        .split(',')
        .flat_map(|choice| alternatives(&format!("{before}{choice}{after}")))
        .collect()
}

/// The path as seen from the folder of the document.
fn beside(document: &str, path: &str) -> String {
    let mut parts: Vec<&str> = document.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

fn begins_like(file: &str, wanted: &str) -> bool {
    let (file, wanted): (Vec<&str>, Vec<&str>) = (file.split('/').collect(), wanted.split('/').collect());
    file.len() >= wanted.len() && wanted.iter().zip(&file).all(|(pattern, name)| matches(pattern, name))
}

fn ends_like(file: &str, wanted: &str) -> bool {
    let (file, wanted): (Vec<&str>, Vec<&str>) = (file.split('/').collect(), wanted.split('/').collect());
    (0..file.len()).any(|from| {
        let rest = &file[from..];
        rest.len() >= wanted.len() && wanted.iter().zip(rest).all(|(pattern, name)| matches(pattern, name))
    })
}

/// Whether one name fits a pattern with at most one star.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
        None => pattern == name,
    }
}

/// The targets of Markdown links in the line that are meant to be files here.
fn links(line: &str) -> Vec<&str> {
    line.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .filter(|link| !link.contains("://") && !link.starts_with('#') && !link.starts_with("mailto:"))
        .collect()
}

fn link_holds(tree: &Tree, document: &str, link: &str) -> bool {
    let path = link.split('#').next().unwrap_or_default();
    tree.has(&beside(document, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn what_is_wrong_with(document: &str) -> Vec<String> {
        let tree = Tree::of(&[
            ("docs/notes.md", document),
            ("crates/rules/src/lib.rs", ""),
            ("crates/storage/migrations/sqlite/0001-start.sql", ""),
        ]);
        paths(&tree).into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn a_path_that_does_not_exist_is_found() {
        assert_eq!(
            what_is_wrong_with("See `crates/rules/src/gone.rs`."),
            ["names `crates/rules/src/gone.rs`, which does not exist"]
        );
        assert_eq!(
            what_is_wrong_with("See `crates/gone`."),
            ["names `crates/gone`, which does not exist"]
        );
        assert_eq!(
            what_is_wrong_with("See `src/gone/`."),
            ["names `src/gone/`, which does not exist"]
        );
    }

    #[test]
    fn paths_that_exist_pass_in_every_spelling() {
        let fine = "`crates/rules`, `crates/rules/src/lib.rs`, `rules/src/`, `src/lib.rs`, `crates/{rules,storage}`, `migrations/sqlite/*.sql`";
        assert_eq!(what_is_wrong_with(fine), [""; 0]);
    }

    #[test]
    fn routes_and_other_words_with_a_slash_are_not_paths() {
        assert_eq!(
            what_is_wrong_with("`/staff/me`, `text/html`, `and/or`, `cargo run --bin a/b`, `target/screenshots/`"),
            [""; 0]
        );
    }

    #[test]
    fn examples_in_fenced_blocks_are_left_alone() {
        assert_eq!(what_is_wrong_with("```\n`crates/gone`\n```\n"), [""; 0]);
    }

    #[test]
    fn a_dead_link_is_found_and_a_live_one_passes() {
        assert_eq!(
            what_is_wrong_with("[gone](gone.md)"),
            ["links to gone.md, which does not exist"]
        );
        assert_eq!(
            what_is_wrong_with("[here](../crates/rules/src/lib.rs#L1) and [site](https://example.org/)"),
            [""; 0]
        );
    }

    #[test]
    fn a_long_architecture_document_is_found() {
        assert_eq!(
            architecture(&Tree::of(&[("ARCHITECTURE.md", &"x\n".repeat(301))])).len(),
            1
        );
        assert_eq!(
            architecture(&Tree::of(&[("ARCHITECTURE.md", &"x\n".repeat(300))])).len(),
            0
        );
    }

    #[test]
    fn a_decision_must_answer_all_four_questions_under_a_number_of_its_own() {
        let good = DECISION_HEADINGS.join("\n\nWords.\n\n");
        let tree = Tree::of(&[
            ("docs/decisions/0001-a.md", &good),
            ("docs/decisions/0001-b.md", &good),
            ("docs/decisions/0002-c.md", "## Context\n"),
            ("docs/decisions/three.md", &good),
            ("docs/decisions/README.md", "A list."),
        ]);
        let found: Vec<_> = decisions(&tree).into_iter().map(|finding| finding.path).collect();
        assert_eq!(
            found,
            [
                "docs/decisions/0001-b.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/0002-c.md",
                "docs/decisions/three.md"
            ]
        );
    }
}
