//! Packages of Debian that a step needs: installed when we may, named when we may not.

use std::path::Path;

use crate::shell::{self, Failure, Outcome};

/// Installs packages through apt-get.
///
/// # Errors
/// When we are not root, there is no apt-get, or it fails; the words are `advice` and, where apt-get was asked, what it said.
pub fn install(packages: &str, advice: &str) -> Outcome<()> {
    if !can_install() {
        return Err(Failure::new(advice));
    }
    for words in [
        "apt-get update --quiet".to_owned(),
        format!("apt-get install --yes --quiet --no-install-recommends {packages}"),
    ] {
        let mut apt = shell::command(Path::new("/"), &words);
        shell::show(apt.env("DEBIAN_FRONTEND", "noninteractive"))
            .map_err(|failure| Failure::new(format!("{advice} ({failure})")))?;
    }
    Ok(())
}

/// True if we may install packages here.
pub fn can_install() -> bool {
    is_root() && Path::new("/usr/bin/apt-get").is_file()
}

/// True if this process may do everything on this machine.
pub fn is_root() -> bool {
    shell::read(&mut shell::command(Path::new("/"), "id -u")).is_ok_and(|id| id.trim() == "0")
}
