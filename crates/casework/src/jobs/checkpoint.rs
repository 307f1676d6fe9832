//! Checkpoints: the log's head, signed, so that nobody can rewrite what was before it unseen (R89).

use storage::audit;

use crate::{ActError, Office};

/// Signs a checkpoint if the log has grown since the last one; answers its text.
///
/// # Errors
/// When the store cannot be written.
pub async fn sign(office: &Office) -> Result<Option<String>, ActError> {
    let now = office.now();
    Ok(office
        .store
        .write(move |tx| Box::pin(async move { audit::sign_checkpoint(tx, now).await }))
        .await?)
}
