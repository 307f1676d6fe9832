//! Documents that tell the truth: the paths that they name and the files that they link to exist.

use super::finding::Finding;
use super::tree::Tree;

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
            for link in links(&without_quotes(line))
                .into_iter()
                .filter(|link| !link_holds(tree, document, link))
            {
                found.push(
                    Finding::broken("document", document, format!("links to {link}, which does not exist")).at(at),
                );
            }
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

/// The line without what stands in backticks: an example of a link is not a link.
fn without_quotes(line: &str) -> String {
    line.split('`').step_by(2).collect()
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
            what_is_wrong_with(
                "[here](../crates/rules/src/lib.rs#L1) and [site](https://example.org/), `[an](example)`"
            ),
            [""; 0]
        );
    }
}
