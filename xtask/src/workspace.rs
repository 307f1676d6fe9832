//! Where the project stands on this machine, and what cargo knows about it.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::shell::{self, Failure, Outcome};

/// The project's folders.
#[derive(Debug, Clone)]
pub struct Workspace {
    /// The folder that holds the workspace's `Cargo.toml`.
    pub root: PathBuf,
}

/// What `cargo metadata` says about the packages.
#[derive(Debug, Deserialize)]
pub struct Metadata {
    /// Every package that the lock file could bring in.
    pub packages: Vec<Package>,
    /// The identifiers of the workspace's own packages.
    pub workspace_members: Vec<String>,
}

/// One package: ours or another's.
#[derive(Debug, Deserialize)]
pub struct Package {
    /// Cargo's own identifier of it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The SPDX expression of its licence, when it states one.
    pub license: Option<String>,
    /// What its manifest asks for.
    pub dependencies: Vec<Wanted>,
}

/// One line of a manifest's dependency tables.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// The package asked for.
    pub name: String,
    /// `dev`, `build`, or nothing for an ordinary dependency.
    pub kind: Option<String>,
}

impl Workspace {
    /// Finds the workspace from the folder that the tool runs in, upwards.
    ///
    /// # Errors
    /// When no folder above holds a `Cargo.toml` with a `[workspace]` table.
    pub fn find() -> Outcome<Workspace> {
        let here = std::env::current_dir()?;
        here.ancestors()
            .find(|folder| is_root(folder))
            .map(|folder| Workspace {
                root: folder.to_owned(),
            })
            .ok_or_else(|| Failure::new("run this inside the project: no workspace was found from here upwards"))
    }

    /// Cargo's target folder, which `CARGO_TARGET_DIR` may have moved.
    pub fn target(&self) -> PathBuf {
        match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => self.root.join(folder),
            None => self.root.join("target"),
        }
    }

    /// Asks cargo for the packages on the named platforms (all platforms when none is named).
    ///
    /// # Errors
    /// When cargo fails or answers something unexpected.
    pub fn metadata(&self, platforms: &[String]) -> Outcome<Metadata> {
        let mut command = shell::command(&self.root, "cargo metadata --format-version 1");
        for platform in platforms {
            command.args(["--filter-platform", platform]);
        }
        serde_json::from_str(&shell::read(&mut command)?).map_err(Failure::during("could not read `cargo metadata`"))
    }

    /// The names of all packages that `package` needs to be built and run, its tests left out.
    ///
    /// `cargo tree` is asked rather than `cargo metadata`, whose graph also holds optional packages that nothing switched on.
    ///
    /// # Errors
    /// When cargo fails.
    pub fn reached_by(&self, package: &str) -> Outcome<Vec<String>> {
        let words = format!("cargo tree --package {package} --edges normal,build --prefix none --format {{p}}");
        let list = shell::read(&mut shell::command(&self.root, &words))?;
        Ok(list.lines().filter_map(first_word).collect())
    }

    /// The names of the packages that depend on `package` directly, for whatever purpose, on the named platforms.
    ///
    /// # Errors
    /// When cargo fails.
    pub fn parents_of(&self, package: &Package, platforms: &[String]) -> Outcome<Vec<String>> {
        let (name, version) = (&package.name, &package.version);
        let words = format!(
            "cargo tree --workspace --edges normal,build,dev --invert {name}@{version} --depth 1 --prefix depth --format {{p}}"
        );
        let mut command = shell::command(&self.root, &words);
        for platform in platforms {
            command.args(["--target", platform]);
        }
        let tree = shell::read(&mut command)?;
        Ok(tree
            .lines()
            .filter_map(|line| line.strip_prefix('1'))
            .filter_map(first_word)
            .collect())
    }
}

impl Metadata {
    /// The workspace's own packages, by name.
    pub fn ours(&self) -> Vec<&Package> {
        let mut ours: Vec<&Package> = self
            .packages
            .iter()
            .filter(|package| self.workspace_members.contains(&package.id))
            .collect();
        ours.sort_by(|a, b| a.name.cmp(&b.name));
        ours
    }
}

fn is_root(folder: &Path) -> bool {
    std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|text| text.contains("[workspace]"))
}

fn first_word(line: &str) -> Option<String> {
    line.split_whitespace().next().map(str::to_owned)
}
