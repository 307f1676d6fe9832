//! The files of the project, as git sees them: those that are kept and those that are about to be.

use std::path::Path;

use crate::shell::{self, Outcome};

/// One file.
#[derive(Debug)]
pub struct File {
    /// Its path from the root of the project, with forward slashes.
    pub path: String,
    /// Its text; nothing for a file that is not UTF-8 text.
    pub text: Option<String>,
}

/// All files of the project.
#[derive(Debug, Default)]
pub struct Tree {
    /// In the order of their paths.
    pub files: Vec<File>,
}

impl Tree {
    /// Reads every file that git keeps or would keep under `root`.
    ///
    /// # Errors
    /// When git is missing, or the folder is not a checkout.
    pub fn read(root: &Path) -> Outcome<Tree> {
        let list = shell::read(&mut shell::command(
            root,
            "git ls-files -z --cached --others --exclude-standard",
        ))?;
        let mut paths: Vec<&str> = list.split('\0').filter(|path| !path.is_empty()).collect();
        paths.sort_unstable();
        paths.dedup();
        // A path that git still lists but that is gone from the disk is a deletion under way.
        let present = paths.into_iter().filter(|path| root.join(path).is_file());
        let files = present
            .map(|path| File {
                path: path.to_owned(),
                text: std::fs::read_to_string(root.join(path)).ok(),
            })
            .collect();
        Ok(Tree { files })
    }

    /// A tree made of the given paths and texts.
    pub fn of(files: &[(&str, &str)]) -> Tree {
        let files = files.iter().map(|(path, text)| File {
            path: (*path).to_owned(),
            text: Some((*text).to_owned()),
        });
        Tree { files: files.collect() }
    }

    /// The text of the file at `path`, if there is one.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path)?.text.as_deref()
    }

    /// Path and text of every text file whose name ends with one of `endings`.
    pub fn ending<'a>(&'a self, endings: &'a [&str]) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(|file| endings.iter().any(|ending| file.path.ends_with(ending)))
            .filter_map(|file| Some((file.path.as_str(), file.text.as_deref()?)))
    }

    /// Whether `path` is a file or a folder of the tree.
    pub fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        self.files.iter().any(|file| {
            file.path
                .strip_prefix(path)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

/// Whether the file belongs to tests or to their golden files, where stories and data may run long.
pub fn is_test(path: &str) -> bool {
    let mut folders: Vec<&str> = path.split('/').collect();
    let name = folders.pop().unwrap_or_default();
    folders.iter().any(|folder| matches!(*folder, "tests" | "golden")) || matches!(name, "tests.rs")
}
