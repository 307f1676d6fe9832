//! A person sends a form on the public site: no account, one required field (R7, R12).

use std::sync::Arc;

use rules::case::vocabulary::Channel;
use rules::files::Brought;
use rules::intake::{RawFeedback, read};

use super::receive::{Incoming, Receipt, keep_with_files};
use crate::files::{Form, waiting};
use crate::{ActError, Office};

/// Takes a complaint, thanks, a suggestion or a comment from the public form, with the files that wait for it.
///
/// # Errors
/// When the words are missing or a field cannot be used (one message per field), or it could not be saved.
pub async fn complain(office: &Arc<Office>, raw: &RawFeedback, key: &str) -> Result<Receipt, ActError> {
    let files = waiting(office, Form::public(key).as_ref()).await?;
    complain_with(office, raw, key, files).await
}

/// The same with files that were looked for already.
///
/// # Errors
/// As for [`complain`].
pub async fn complain_with(
    office: &Arc<Office>,
    raw: &RawFeedback,
    key: &str,
    files: Vec<Brought>,
) -> Result<Receipt, ActError> {
    let feedback = read(raw)?;
    let form = Form::public(key);
    let incoming = Incoming {
        files,
        feedback,
        channel: Channel::Web,
        received_at: None,
        clerk: None,
        vip: None,
        set_apart_from: None,
        told: Vec::new(),
        beside: None,
        key: (!key.is_empty()).then(|| format!("public:{key}")),
    };
    keep_with_files(office, incoming, None, form).await
}
