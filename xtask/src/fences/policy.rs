//! What `deny.toml` says, read for our own check, so that the fence holds without cargo-deny too.

use serde::Deserialize;

use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

/// The parts of `deny.toml` that are checked here; cargo-deny reads the rest.
#[derive(Debug, Deserialize)]
pub struct Policy {
    /// The platforms that the product is built for.
    pub graph: Graph,
    /// The licences that may come in.
    pub licenses: Licences,
    /// The packages that may not, or only under others.
    pub bans: Bans,
}

/// The platforms that the product is built for.
#[derive(Debug, Deserialize)]
pub struct Graph {
    /// Target triples.
    pub targets: Vec<String>,
}

/// The licences that may come in.
#[derive(Debug, Deserialize)]
pub struct Licences {
    /// SPDX names, with `WITH` where an exception belongs to it.
    pub allow: Vec<String>,
}

/// The packages that may not come in, or only under others.
#[derive(Debug, Deserialize)]
pub struct Bans {
    /// One entry for each.
    pub deny: Vec<Ban>,
}

/// One package that is banned, wholly or but for its wrappers.
#[derive(Debug, Deserialize)]
pub struct Ban {
    /// The package's name.
    #[serde(rename = "crate")]
    pub package: String,
    /// The packages that may depend on it directly.
    #[serde(default)]
    pub wrappers: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
}

impl Policy {
    /// Reads `deny.toml` at the root of the project.
    ///
    /// # Errors
    /// When it is missing or not of this form.
    pub fn read(workspace: &Workspace) -> Outcome<Policy> {
        let text = std::fs::read_to_string(workspace.root.join("deny.toml")).map_err(Failure::during("deny.toml"))?;
        Policy::parse(&text)
    }

    /// Reads the policy from its TOML text.
    ///
    /// # Errors
    /// When the text is not of this form.
    pub fn parse(text: &str) -> Outcome<Policy> {
        toml::from_str(text).map_err(Failure::during("deny.toml"))
    }
}
