//! Files that the operator names: what they hold, and whether others may read what they must not.

use std::error::Error;
use std::path::Path;

/// A file's text, or words that name it.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    std::fs::read_to_string(path).map_err(|error| format!("{} cannot be read: {error}", path.display()).into())
}

/// A password or a key for something outside, without the line end after it. As with the keys of the installation, one that others can read is
/// none: better not to start than to seem safe.
///
/// # Errors
/// When it cannot be read, or others can read it.
pub(crate) fn secret(path: &Path) -> Result<String, Box<dyn Error>> {
    let held = text(path)?;
    match is_open_to_others(path)? {
        true => Err(format!(
            "others can read {0}. Make it its owner's alone: chmod 600 {0}",
            path.display()
        )
        .into()),
        false => Ok(held.trim().to_owned()),
    }
}

/// Whether somebody else than its owner may read it or write to it.
#[cfg(unix)]
pub(super) fn is_open_to_others(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt as _;
    Ok(std::fs::metadata(path)?.permissions().mode() & 0o077 != 0)
}

#[cfg(not(unix))]
pub(super) fn is_open_to_others(_path: &Path) -> std::io::Result<bool> {
    Ok(false)
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt as _;

    use super::super::{Config, Described};
    use super::*;

    /// What is done with a file of these words in this mode, in a folder of its own.
    fn in_mode<T>(words: &str, mode: u32, done: impl FnOnce(&Path) -> T) -> T {
        let name = format!("named-{}-{mode:o}-{}", std::process::id(), words.len());
        let folder = std::env::temp_dir().join(name);
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("file");
        fs::write(&path, words).expect("a file");
        fs::set_permissions(&path, Permissions::from_mode(mode)).expect("a mode");
        let done = done(&path);
        fs::remove_dir_all(&folder).expect("it can go");
        done
    }

    #[test]
    fn a_password_that_others_can_read_is_none() {
        let read = |mode| {
            in_mode("calder brook\n", mode, |path| {
                secret(path).map_err(|error| error.to_string())
            })
        };
        assert_eq!(read(0o600).expect("its owner's alone"), "calder brook");
        for mode in [0o640, 0o604, 0o622] {
            let refused = read(mode).expect_err("open to others");
            assert!(refused.contains("chmod 600"), "{refused}");
        }
    }

    #[test]
    fn a_configuration_with_a_password_in_it_is_its_owners_alone() {
        let load = |address: &str, mode| {
            let described = Described {
                database: address,
                ..Described::sample()
            };
            let text = described.to_toml();
            in_mode(&text, mode, |path| {
                Config::load(path).map(drop).map_err(|error| error.to_string())
            })
        };
        let (open, sealed) = ("postgres://redress@db/redress", "postgres://redress:calder@db/redress");
        load(open, 0o644).expect("no password");
        load(sealed, 0o600).expect("its owner's alone");
        let refused = load(sealed, 0o644).expect_err("open to others");
        assert!(refused.contains("storage.database: it holds a password"), "{refused}");
        assert!(!refused.contains("calder"), "{refused}");
        let mode = in_mode("", 0o600, |path| {
            let new = path.with_extension("toml");
            Described::sample().write(&new).expect("a file");
            fs::metadata(new).expect("it is there").permissions().mode() & 0o777
        });
        assert_eq!(mode, 0o600);
    }
}
