//! `[backup]`: where backups go, under which key, and how old the latest may be.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use serde::Deserialize;

/// The section; paths are relative to the configuration file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Backup {
    /// The folder of the repository, on another disk or machine.
    pub repository: PathBuf,
    /// The folder of the repository of keys, apart from the other: another disk or machine, kept for less long. Beside the repository, with `-keys` at
    /// its end, where it is left out.
    pub keys_repository: Option<PathBuf>,
    /// How many parts of keys are kept: the newest opens every backup, so that few are enough. What is erased is gone for good once the oldest of
    /// them is younger.
    #[serde(default = "a_week")]
    pub keep_keys: NonZeroUsize,
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

/// One a night for a week.
fn a_week() -> NonZeroUsize {
    NonZeroUsize::new(7).unwrap_or(NonZeroUsize::MIN)
}

impl Backup {
    /// Every path of the section.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        [&mut self.repository, &mut self.key]
            .into_iter()
            .chain(self.keys_repository.as_mut())
    }

    /// Where the parts of keys lie.
    pub(crate) fn keys(&self) -> PathBuf {
        self.keys_repository.clone().unwrap_or_else(|| {
            let mut beside = self.repository.clone().into_os_string();
            beside.push("-keys");
            PathBuf::from(beside)
        })
    }
}

/// A day, and time for a large one to end.
fn a_day() -> u32 {
    26
}
