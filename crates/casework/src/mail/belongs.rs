//! Which case a message seems to belong to: by a token that only we can have made, or by a reference that anybody can write (lesson 6).

use rules::case::{Case, Reference};
use rules::mail::{Belongs, Known, Message};
use storage::{StorageError, throttle};

use super::arrive::Envelope;
use super::ledger::Waiting;
use super::token;
use crate::record::load;
use crate::{ActError, Office};

/// For how long messages of one sender and to one case are counted.
pub(super) const WINDOW_SECONDS: i64 = 60 * 60;

/// What is known of where a message belongs.
pub(super) async fn known(office: &Office, message: &Message, waiting: &Waiting) -> Result<Known, ActError> {
    let envelope = &waiting.about.envelope;
    let by_token = match named_by_token(office, message, envelope) {
        Some(reference) => belongs(office, &reference, message).await?,
        None => None,
    };
    let tag = token::read_subject(&message.subject).filter(|_| by_token.is_none());
    let by_tag = match tag {
        Some(reference) => belongs(office, &reference, message).await?,
        None => None,
    };
    Ok(Known {
        by_token,
        by_tag,
        is_trial: message
            .message_id
            .as_ref()
            .is_some_and(|id| token::is_trial(office, id, waiting.arrived_at)),
        cases_lately: lately(office, sender_key(message)).await?,
    })
}

/// The key under which the cases that a sender begins are counted.
pub(super) fn sender_key(message: &Message) -> String {
    let address = message.from.as_ref().map(|from| from.address.to_lowercase());
    format!("mail:from:{}", address.unwrap_or_default())
}

/// The key under which the messages to a case are counted.
pub(super) fn case_key(reference: &Reference) -> String {
    format!("mail:case:{reference}")
}

fn named_by_token(office: &Office, message: &Message, envelope: &Envelope) -> Option<Reference> {
    let written_to = message.to.iter().map(|to| to.address.as_str());
    let addresses = envelope.recipients.iter().map(String::as_str).chain(written_to);
    let by_address = addresses.filter_map(|address| token::read_address(office, address));
    let by_answer = message
        .answers
        .iter()
        .filter_map(|id| token::read_message_id(office, id));
    by_address.chain(by_answer).map(|ours| ours.reference).next()
}

async fn belongs(office: &Office, reference: &Reference, message: &Message) -> Result<Option<Belongs>, ActError> {
    let case = match load(office, reference).await {
        Ok(loaded) => loaded.case,
        // It was erased, or never was.
        Err(ActError::NotFound) => return Ok(None),
        Err(fault) => return Err(fault),
    };
    Ok(Some(Belongs {
        is_party: is_party(&case, message),
        is_confidential: case.is_restricted(),
        is_sealed: case.is_sealed(),
        added_lately: lately(office, case_key(reference)).await?,
        case: case.reference,
    }))
}

/// Whether the sender's address is one by which the complainant is reached, now or when they complained.
fn is_party(case: &Case, message: &Message) -> bool {
    let Some(from) = &message.from else { return false };
    [&case.complainant.email, &case.received.complainant.email]
        .into_iter()
        .flatten()
        .any(|address| address.eq_ignore_ascii_case(&from.address))
}

async fn lately(office: &Office, key: String) -> Result<u32, ActError> {
    let now = office.now();
    let counted = office
        .store
        .read(move |tx| Box::pin(async move { throttle::count(tx, &key, now, WINDOW_SECONDS).await }))
        .await
        .map_err(|fault: StorageError| fault)?;
    Ok(u32::try_from(counted).unwrap_or(u32::MAX))
}
