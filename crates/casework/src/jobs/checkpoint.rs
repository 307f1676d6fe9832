//! Checkpoints: the log's head, signed, so that nobody can rewrite what was before it unseen (R89).

use storage::leases::{self, Lease};
use storage::{StorageError, audit};

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

/// The same for the node whose turn it is. Whether it still is, is asked in the transaction that signs: a node that slept signs nothing.
///
/// # Errors
/// When the store cannot be written.
pub async fn sign_in_turn(office: &Office, lease: &Lease) -> Result<Option<String>, ActError> {
    let (now, lease) = (office.now(), lease.clone());
    let signed: Result<Option<String>, StorageError> = office
        .store
        .write(move |tx| {
            Box::pin(async move {
                match leases::is_held(tx, &lease).await? {
                    true => audit::sign_checkpoint(tx, now).await,
                    false => Ok(None),
                }
            })
        })
        .await;
    Ok(signed?)
}
