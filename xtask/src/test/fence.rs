//! The steps that hold the fences between crates.

use super::cargo::cargo;
use crate::fences::bans::Present;
use crate::fences::imports::Imports;
use crate::fences::policy::Policy;
use crate::fences::{bans, imports, licences};
use crate::shell::{self, Failure, Outcome};
use crate::workspace::Workspace;

pub(super) fn imports(workspace: &Workspace) -> Outcome<()> {
    let metadata = workspace.metadata(&Policy::read(workspace)?.graph.targets)?;
    let document = workspace.root.join("ARCHITECTURE.md");
    let architecture = std::fs::read_to_string(document).map_err(Failure::during("ARCHITECTURE.md"))?;
    let reached_by_rules = workspace.reached_by("rules")?;
    verdict(&imports::broken(&Imports {
        ours: metadata.ours(),
        reached_by_rules,
        architecture: &architecture,
    }))
}

/// Our own reading of `deny.toml` first, and cargo-deny after it where it is installed.
pub(super) fn bans(workspace: &Workspace) -> Outcome<()> {
    let policy = Policy::read(workspace)?;
    let metadata = workspace.metadata(&policy.graph.targets)?;
    let mut present = Vec::new();
    for package in metadata
        .packages
        .iter()
        .filter(|package| policy.bans.deny.iter().any(|ban| ban.package == package.name))
    {
        let parents = workspace.parents_of(package, &policy.graph.targets)?;
        present.push(Present {
            package: package.name.clone(),
            parents,
        });
    }
    let mut broken = bans::broken(&policy.bans.deny, &present);
    broken.extend(licences::broken(&policy.licenses.allow, &metadata));
    verdict(&broken)?;
    println!(
        "{} packages, {} bans: nothing is out of place",
        metadata.packages.len(),
        policy.bans.deny.len()
    );
    match shell::read(&mut cargo(workspace, "deny --version")) {
        Ok(_) => shell::show(&mut cargo(workspace, "deny --locked check bans licenses sources")),
        Err(_) => {
            println!("cargo-deny is not installed: our own reading of deny.toml stands alone");
            Ok(())
        }
    }
}

fn verdict(broken: &[String]) -> Outcome<()> {
    for sentence in broken {
        println!("{sentence}");
    }
    match broken.len() {
        0 => Ok(()),
        count => Err(Failure::new(format!(
            "{count} times the fence is broken; the first: {}",
            broken[0]
        ))),
    }
}
