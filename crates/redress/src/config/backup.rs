//! `[backup]`: where backups go, under which key, and how old the latest may be.

use std::path::PathBuf;

use serde::Deserialize;

/// The section; paths are relative to the configuration file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Backup {
    /// The folder of the repository, on another disk or machine.
    pub repository: PathBuf,
    /// The file of the key of backups. It is among the keys, and so in no backup.
    #[serde(default = "key_file")]
    pub key: PathBuf,
    /// After how many hours without a new backup the doctor warns.
    #[serde(default = "a_day")]
    pub warn_after_hours: u32,
}

fn key_file() -> PathBuf {
    PathBuf::from("keys/backup.key")
}

/// A day, and time for a large one to end.
fn a_day() -> u32 {
    26
}
