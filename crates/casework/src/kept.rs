//! What is kept among the settings, as JSON; sealed like all of them.

use serde::de::DeserializeOwned;
use storage::{StorageError, Tx, settings};

/// What is kept under a key; the default before anything was.
pub(crate) async fn kept<T: Default + DeserializeOwned>(tx: &mut Tx<'_>, key: &str) -> Result<T, StorageError> {
    match settings::get(tx, key).await? {
        Some(json) => {
            serde_json::from_str(&json).map_err(|error| StorageError::Corrupt(format!("the setting {key}: {error}")))
        }
        None => Ok(T::default()),
    }
}
