//! Whether the keys are there, are keys, and can be read by nobody else.

use std::path::Path;

use storage::key_fit::{self, KeyFit};
use storage::{BackupKey, Keys, StorageError, Store};

use super::finding::Finding;
use crate::config::Config;

/// Looks at the folder of keys and at the key of backups.
pub(super) fn look(config: &Config) -> Vec<Finding> {
    let folder = &config.storage.keys;
    let mut found = Vec::new();
    match Keys::load(folder) {
        Err(error) => found.push(Finding::fault(
            "keys",
            format!("{error}."),
            "Without it nothing can be read.",
        )),
        Ok(keys) => {
            found.push(Finding::well("keys", format!("The keys are in {}.", folder.display())));
            if !keys.can_seal() {
                found.push(Finding::warning(
                    "keys",
                    "There is no key of sealed cases, so no complaint about a member of staff can be handed over to a line manager.",
                    "If there was one, put sealed.key back from where the keys are kept apart; else make it with `redress keys sealed`.",
                ));
            }
        }
    }
    found.extend(open_to_others(folder));
    let Some(backup) = &config.backup else { return found };
    if let Err(error) = BackupKey::load(&backup.key) {
        let todo =
            "Put it back from where the keys are kept apart, or make a new repository with `redress backup init`.";
        found.push(Finding::fault("keys", format!("{error}."), todo));
    }
    if folder.starts_with(&backup.repository) || backup.key.starts_with(&backup.repository) {
        let says = format!(
            "Keys lie within the repository of backups {}.",
            backup.repository.display()
        );
        found.push(Finding::fault(
            "keys",
            says,
            "Move them elsewhere: whoever gets the backups could read them.",
        ));
    }
    found
}

/// Whether they are the keys with which the database was written: each is tried on what it must open. No word is read.
pub(super) async fn fit(store: &Store) -> Result<Vec<Finding>, StorageError> {
    let fit: KeyFit = store.read(|tx| Box::pin(key_fit::look(tx))).await?;
    if fit.misfits.is_empty() {
        return Ok(vec![Finding::well("keys", "Each key opens what it has to open.")]);
    }
    Ok(fit.misfits.iter().map(|misfit| said_of(misfit, &fit)).collect())
}

/// A sentence names the file and no case: that a sealed case is there is not for everybody who reads what a monitor says.
fn said_of(misfit: &StorageError, fit: &KeyFit) -> Finding {
    let KeyFit { sealed, shut, .. } = fit;
    match misfit {
        StorageError::NoSealedKey => Finding::fault(
            "keys",
            format!("The key of sealed cases (sealed.key) is not there, and {sealed} sealed records need it."),
            "Put it back from where the keys are kept apart (`redress backup keys open`). Do not make a new one: it would open none of them. Nothing is lost meanwhile.",
        ),
        StorageError::OtherSealedKey { .. } => Finding::fault(
            "keys",
            format!(
                "The key of sealed cases (sealed.key) is another than the one with which cases were sealed: {shut} of {sealed} sealed records do not open under it."
            ),
            "Put the right sealed.key back from where the keys are kept apart (`redress backup keys open`) and restart. Nothing was changed, nothing is sealed under the wrong one, and no word was shown.",
        ),
        other => Finding::fault("keys", format!("{other}."), "Restart when it is back."),
    }
}

/// The folder itself, when others may look into it.
#[cfg(unix)]
fn open_to_others(folder: &Path) -> Option<Finding> {
    use std::os::unix::fs::PermissionsExt as _;
    let mode = std::fs::metadata(folder).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then(|| {
        let says = format!("Others may look into {} (mode {mode:04o}).", folder.display());
        Finding::warning("keys", says, format!("Run: chmod 700 {}", folder.display()))
    })
}

#[cfg(not(unix))]
fn open_to_others(_folder: &Path) -> Option<Finding> {
    None
}
