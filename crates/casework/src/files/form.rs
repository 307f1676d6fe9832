//! The form that files wait for, and what waits for it.

use jiff::Timestamp;
use rules::case::Reference;
use rules::files::{Brought, Scanned};
use rules::people::StaffId;
use storage::{StorageError, Tx, files};

use crate::{ActError, Office};

/// The form that files wait for: whose it is, and its random key. Kept as a keyed hash only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Form(String);

impl Form {
    /// A form of the public site that begins a case; none for a form without a key.
    pub(crate) fn public(key: &str) -> Option<Form> {
        Form::of("public", key)
    }

    /// The reply form of a case.
    pub(crate) fn reply(reference: &Reference, key: &str) -> Option<Form> {
        Form::of(&format!("reply {reference}"), key)
    }

    /// A form of a member of staff.
    pub(crate) fn staff(person: StaffId, key: &str) -> Option<Form> {
        Form::of(&format!("staff {}", person.0), key)
    }

    /// What waits for a message that came by e-mail: by the opaque name of its raw bytes.
    pub(crate) fn mail(file: &str) -> Form {
        Form(format!("mail {file}"))
    }

    /// The files that came with such a message, until it is taken.
    pub(crate) fn mail_files(file: &str) -> Form {
        Form(format!("mail files {file}"))
    }

    fn of(whose: &str, key: &str) -> Option<Form> {
        (!key.is_empty()).then(|| Form(format!("{whose} {key}")))
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// What waits for a form, in the order in which it came; nothing for a form without a key.
pub(crate) async fn waiting(office: &Office, form: Option<&Form>) -> Result<Vec<Brought>, ActError> {
    let Some(form) = form.cloned() else {
        return Ok(Vec::new());
    };
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { files::waiting(tx, form.as_str()).await }))
        .await?;
    rows.iter().map(|row| Ok(serde_json::from_slice(&row.facts)?)).collect()
}

/// Makes a file that waits one of a case. What nobody said anything of yet is looked into later.
pub(crate) async fn attach(
    tx: &mut Tx<'_>,
    (id, scanned): (&str, &Scanned),
    stream: &str,
    at: Timestamp,
) -> Result<(), StorageError> {
    files::attach(tx, id, stream, at).await?;
    match scanned.is_known() {
        true => files::scans::said(tx, id, at).await,
        false => Ok(()),
    }
}

/// Throws away what still waits for a form that was taken with files: a second press brought the same ones once more.
pub(crate) async fn clear(office: &Office, form: Option<Form>, taken: &[Brought]) {
    let Some(form) = form.filter(|_| !taken.is_empty()) else {
        return;
    };
    let cleared = office
        .store
        .write(move |tx| Box::pin(async move { files::drop_waiting_of(tx, form.as_str()).await }))
        .await;
    if let Err(fault) = cleared {
        // The act is done and must not be called a failure for this: the sweep of tomorrow takes them.
        tracing::warn!(%fault, "files of a form that was sent twice are thrown away later");
    }
}
