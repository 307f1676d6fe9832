//! What the steps need that is not ours: found, installed where that is ours to do, or named.

use std::path::Path;

use crate::services;
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

/// The Node release that the page styles, the test mail server and the browser journeys are written for.
const NODE_AT_LEAST: u32 = 20;

pub(super) fn check(workspace: &Workspace) -> Outcome<()> {
    let root = &workspace.root;
    for part in ["fmt", "clippy"] {
        shell::read(&mut shell::command(root, &format!("cargo {part} --version"))).map_err(|_| {
            Failure::new(format!(
                "cargo {part} is missing: `rustup component add rustfmt clippy` installs it"
            ))
        })?;
    }
    println!("{}", shell::read(&mut shell::command(root, "cargo --version"))?.trim());
    println!("node {}", node(root)?);
    services::smtp::prepare(workspace)?;
    println!("the test mail server is installed");
    Ok(())
}

/// The version of Node, when it is new enough and npm stands beside it.
fn node(root: &Path) -> Outcome<String> {
    let advice = format!("install Node {NODE_AT_LEAST} or newer with npm (Debian 12's own package is too old)");
    let said = shell::read(&mut shell::command(root, "node --version"))
        .map_err(|_| Failure::new(format!("Node is missing: {advice}")))?;
    let version = said.trim();
    match major(version) {
        Some(major) if major >= NODE_AT_LEAST => {}
        _ => return Err(Failure::new(format!("Node {version} is too old: {advice}"))),
    }
    shell::read(&mut shell::command(root, "npm --version"))
        .map_err(|_| Failure::new(format!("npm is missing: {advice}")))?;
    Ok(version.to_owned())
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::major;

    #[test]
    fn the_major_release_is_read_from_what_node_says() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("v8.1"), Some(8));
        assert_eq!(major("nonsense"), None);
    }
}
