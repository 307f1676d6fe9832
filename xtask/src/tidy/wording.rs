//! What the sources may not say: marks of unfinished work, registry hosts, paths of one machine.

use super::finding::Finding;
use super::tree::Tree;

/// Marks of unfinished work. Each is put together here from two parts, so that this list does not find itself.
const MARKS: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("unimplemented", "!"),
    concat!("todo", "!("),
    concat!("#[", "ignore"),
];

/// Hosts of package registries and paths of a build machine: they tie the project to one place, or lead a reader astray.
const HOSTS: &[&str] = &[
    concat!("registry.", "npmjs"),
    concat!("deb.", "debian"),
    concat!("static.", "crates"),
    concat!("files.", "pythonhosted"),
    concat!("pypi", ".org"),
    concat!("/wo", "rk/"),
    concat!("/ro", "ot/"),
    concat!("/fa", "rm/"),
    concat!("/tmp/", "brief"),
    concat!("/tmp/", "target"),
];

/// No source says that something is still to be done: it is done, or it is not there.
pub fn marks(tree: &Tree) -> Vec<Finding> {
    let sources = tree.ending(&[".rs", ".mjs", ".js", ".scss", ".html", ".toml", ".sql", ".txt", ".sh"]);
    sources
        .flat_map(|(path, text)| lines_with("mark", path, text, MARKS))
        .collect()
}

/// No file names a registry's host or a path of the machine that it was written on.
pub fn hosts(tree: &Tree) -> Vec<Finding> {
    let texts = tree
        .files
        .iter()
        .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)));
    texts
        .flat_map(|(path, text)| lines_with("host", path, text, HOSTS))
        .collect()
}

/// An npm lock file holds versions and checksums, and no addresses to download from.
pub fn lock_files(tree: &Tree) -> Vec<Finding> {
    tree.ending(&["package-lock.json"])
        .flat_map(|(path, text)| lines_with("lock-file", path, text, &["\"resolved\":"]))
        .collect()
}

fn lines_with(rule: &'static str, path: &str, text: &str, banned: &[&str]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        for word in banned.iter().filter(|word| line.contains(**word)) {
            found.push(Finding::broken(rule, path, format!("says `{word}`")).at(at + 1));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_of_unfinished_work_is_found() {
        for mark in MARKS {
            let text = format!("//! Fine.\n// {mark} later\n");
            let found = marks(&Tree::of(&[("a.rs", &text)]));
            assert_eq!(found.len(), 1, "{mark}");
            assert_eq!(found[0].line, 2);
        }
    }

    #[test]
    fn every_host_and_machine_path_is_found_in_any_text() {
        for host in HOSTS {
            let text = format!("see {host}");
            assert_eq!(hosts(&Tree::of(&[("notes.md", &text)])).len(), 1, "{host}");
        }
    }

    #[test]
    fn a_lock_file_with_addresses_is_found() {
        let tree = Tree::of(&[
            ("a/package-lock.json", "{\n \"resolved\": \"somewhere\"\n}\n"),
            ("b/package-lock.json", "{}\n"),
        ]);
        let found = lock_files(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].path, "a/package-lock.json");
    }
}
