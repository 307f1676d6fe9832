//! How much room there is where something is written.

use std::path::Path;

use super::finding::Finding;
use crate::command::size;
use crate::config::{Config, Place};

/// Below this, or below a twentieth of the disk, somebody should make room.
const LITTLE: u64 = 2_000_000_000;
/// Below this the next large file may not fit.
const NONE: u64 = 200_000_000;

/// Looks at the folders of the database, the files and the backups.
pub(super) fn look(config: &Config) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Place::File(path) = &config.storage.database {
        let folder = path.parent().unwrap_or(Path::new("."));
        found.extend(room("the database", folder));
        // A backup first copies the database beside itself.
        let length = std::fs::metadata(path).map_or(0, |about| about.len());
        if config.backup.is_some()
            && let Some(space) = space(folder)
            && space.free < length
        {
            let says = format!(
                "A backup needs {} beside the database for a moment, and {} are free.",
                size(length),
                size(space.free)
            );
            found.push(Finding::fault("disk", says, "Make room, or no backup can be made."));
        }
    }
    found.extend(room("the files", &config.storage.files));
    if let Some(backup) = &config.backup {
        found.extend(room("the backups", &backup.repository));
    }
    found
}

struct Space {
    free: u64,
    whole: u64,
}

fn room(what: &str, folder: &Path) -> Option<Finding> {
    let space = space(folder)?;
    Some(judged(what, folder, &space))
}

fn judged(what: &str, folder: &Path, space: &Space) -> Finding {
    let says = format!(
        "{} of {} are free for {what} ({}).",
        size(space.free),
        size(space.whole),
        folder.display()
    );
    let todo = "Make room: when it is full nothing is saved, and whoever complains is told to come back.";
    match space.free {
        free if free < NONE => Finding::fault("disk", says, todo),
        free if free < LITTLE.min(space.whole / 2) || free < space.whole / 20 => Finding::warning("disk", says, todo),
        _ => Finding::well("disk", says),
    }
}

/// The room on the disk of a folder, or of the one that it will be made in.
#[cfg(unix)]
fn space(folder: &Path) -> Option<Space> {
    let there = folder
        .ancestors()
        .find(|path| path.exists() || path.as_os_str().is_empty())?;
    let there = if there.as_os_str().is_empty() {
        Path::new(".")
    } else {
        there
    };
    let said = rustix::fs::statvfs(there).ok()?;
    Some(Space {
        free: said.f_bavail.saturating_mul(said.f_frsize),
        whole: said.f_blocks.saturating_mul(said.f_frsize),
    })
}

#[cfg(not(unix))]
fn space(_folder: &Path) -> Option<Space> {
    None
}

#[cfg(test)]
mod tests {
    use super::super::finding::State;
    use super::*;

    #[test]
    fn little_room_is_told_before_there_is_none() {
        let state = |free, whole| judged("the files", Path::new("files"), &Space { free, whole }).state;
        let terabyte = 1_000_000_000_000;
        assert_eq!(state(500_000_000_000, terabyte), State::Well);
        assert_eq!(state(40_000_000_000, terabyte), State::Warning);
        assert_eq!(state(1_500_000_000, 10_000_000_000), State::Warning);
        assert_eq!(
            state(1_500_000_000, 2_500_000_000),
            State::Well,
            "a small disk that is half empty"
        );
        assert_eq!(state(100_000_000, terabyte), State::Fault);
    }

    #[test]
    fn the_room_of_a_folder_that_is_not_there_is_that_of_its_disk() {
        let space = space(&std::env::temp_dir().join("not-there/deeper")).expect("a disk");
        assert!(space.whole > 0 && space.free <= space.whole);
    }
}
