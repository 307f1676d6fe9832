//! The mailboxes that are read: how far, and whether they can be reached.

use storage::mail::boxes;
pub use storage::mail::boxes::{Mailbox, Mark};

use crate::{ActError, Office};

/// How far a mailbox was read: everything up to this UID is durable here. Nothing for one that never was.
///
/// # Errors
/// When the store cannot be read.
pub async fn mark(office: &Office, mailbox: &str) -> Result<Option<Mark>, ActError> {
    let name = mailbox.to_owned();
    let look = office
        .store
        .read(move |tx| Box::pin(async move { boxes::mark(tx, &name).await }));
    Ok(look.await?)
}

/// Notes how far a mailbox was read.
///
/// # Errors
/// When the store cannot be written.
pub async fn move_mark(office: &Office, mailbox: &str, to: Mark) -> Result<(), ActError> {
    let name = mailbox.to_owned();
    let moved = office
        .store
        .write(move |tx| Box::pin(async move { boxes::move_mark(tx, &name, to).await }));
    Ok(moved.await?)
}

/// Notes that a mailbox was reached now, whether or not it held something new: silence is an alarm only where nobody looked.
///
/// # Errors
/// When the store cannot be written.
pub async fn reached(office: &Office, mailbox: &str) -> Result<(), ActError> {
    let (name, now) = (mailbox.to_owned(), office.now());
    let noted = office
        .store
        .write(move |tx| Box::pin(async move { boxes::reached(tx, &name, now).await }));
    Ok(noted.await?)
}

/// Notes why a mailbox cannot be reached, in words that name no person.
///
/// # Errors
/// When the store cannot be written.
pub async fn failed(office: &Office, mailbox: &str, why: &str) -> Result<(), ActError> {
    let (name, why, now) = (mailbox.to_owned(), why.to_owned(), office.now());
    let noted = office
        .store
        .write(move |tx| Box::pin(async move { boxes::failed(tx, &name, &why, now).await }));
    Ok(noted.await?)
}

/// Every mailbox that was ever reached for.
///
/// # Errors
/// When the store cannot be read.
pub async fn all(office: &Office) -> Result<Vec<Mailbox>, ActError> {
    Ok(office.store.read(|tx| Box::pin(boxes::all(tx))).await?)
}
