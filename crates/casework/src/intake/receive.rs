//! Keeping what arrived: number, receipt code, event, job, acknowledgement and letter in one transaction (R18, R20, R85).

use std::sync::Arc;

use rules::case::change::{Change, Refused, Setting};
use rules::case::event::{SetApartFrom, VipFlagged};
use rules::case::vocabulary::Channel;
use rules::case::{Case, Reference};
use rules::files::Brought;
use rules::handling::attach::attach;
use rules::intake::{Arrival, Issued, NewFeedback, receive};
use rules::people::{Actor, Person};
use serde::{Deserialize, Serialize};
use storage::idempotency::{self, Claim};
use storage::{Keys, StorageError, Tx, counters, drafts};

use crate::files::{Form, clear};
use crate::record::{Batch, Before};
use crate::{ActError, Office, vips};

/// What the complainant is given: enough to come back without an account (R7, R85).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The reference.
    pub reference: Reference,
    /// The 16 digits.
    pub receipt_code: String,
    /// The secret of the links that we send: lets the browser that sent the form come back.
    pub link_token: String,
}

/// What arrived and how.
pub(crate) struct Incoming {
    pub(crate) feedback: NewFeedback,
    pub(crate) channel: Channel,
    pub(crate) received_at: Option<jiff::Timestamp>,
    pub(crate) clerk: Option<Person>,
    pub(crate) vip: Option<VipFlagged>,
    /// The case from which it is set apart, if it is (A26).
    pub(crate) set_apart_from: Option<SetApartFrom>,
    /// Files that came with the form.
    pub(crate) files: Vec<Brought>,
    /// Sent with the form; the same key never makes two cases. A form that lost its key is like no other.
    pub(crate) key: Option<String>,
}

/// What the clerk settles in the same save, asked of the case as received.
pub(crate) type AtOnce = Box<dyn Fn(&Case, &Setting<'_>) -> Result<Change, Refused> + Send + Sync>;

/// The first number that is given out; below it lies what the institution had before.
const FIRST_CASE: i64 = 10_001;
const FIRST_JOB: i64 = 1_000_001;

/// Keeps what arrived and tells the receipt. A second save with the same key answers with the first receipt and changes nothing.
pub(crate) async fn keep(
    office: &Arc<Office>,
    incoming: Incoming,
    at_once: Option<AtOnce>,
) -> Result<Receipt, ActError> {
    let office = office.clone();
    let store = office.store.clone();
    store
        .write(move |tx| {
            Box::pin(async move {
                let Some(key) = incoming.key.clone() else {
                    return save(tx, &office, incoming, at_once).await;
                };
                if let Claim::Seen(Some(receipt)) = idempotency::claim(tx, &key, office.now()).await? {
                    return Ok(serde_json::from_str(&receipt)?);
                }
                let receipt = save(tx, &office, incoming, at_once).await?;
                // What was sent is no draft any more.
                drafts::sent(tx, &key).await?;
                idempotency::settle(tx, &key, &serde_json::to_string(&receipt)?).await?;
                Ok(receipt)
            })
        })
        .await
}

/// The same for a form that files may have waited for: what still waits afterwards came with a second press, and goes.
pub(crate) async fn keep_with_files(
    office: &Arc<Office>,
    incoming: Incoming,
    at_once: Option<AtOnce>,
    form: Option<Form>,
) -> Result<Receipt, ActError> {
    let files = incoming.files.clone();
    let receipt = keep(office, incoming, at_once).await?;
    clear(office, form, &files).await;
    Ok(receipt)
}

/// Keeps what arrived, within a transaction.
pub(super) async fn save(
    tx: &mut Tx<'_>,
    office: &Office,
    incoming: Incoming,
    at_once: Option<AtOnce>,
) -> Result<Receipt, ActError> {
    let reference = next_reference(tx, office).await?;
    let issued = Issued {
        receipt_code: receipt_code()?,
        link_token: link_token()?,
        job_number: format!("F{}", counters::next(tx, "job", FIRST_JOB).await?),
    };
    let receipt = Receipt {
        reference: reference.clone(),
        receipt_code: issued.receipt_code.clone(),
        link_token: issued.link_token.clone(),
    };
    let in_force = office.active();
    let setting = in_force.setting(office.now());
    let vip = match incoming.vip {
        Some(known) => Some(known),
        None => vips::listed(tx, &incoming.feedback.complainant).await?,
    };
    let arrival = Arrival {
        channel: incoming.channel,
        received_at: incoming.received_at,
        logged_by: incoming.clerk.as_ref(),
        vip,
        set_apart_from: incoming.set_apart_from,
    };
    let change = receive(incoming.feedback, &arrival, issued, &setting)?;
    let mut change = attach(change, &incoming.files, 0)?;
    let actor = incoming
        .clerk
        .as_ref()
        .map_or(Actor::Complainant, |clerk| Actor::Staff(clerk.id));
    if let Some(at_once) = at_once {
        let case = as_received(&reference, &change, actor, &setting)?;
        let more = at_once(&case, &setting)?;
        change.events.extend(more.events);
        change.letters.extend(more.letters);
    }
    let batch = Batch::prepare(office, Before::Nothing(reference), change, actor, &in_force)?;
    batch.write(tx).await?;
    Ok(receipt)
}

fn as_received(reference: &Reference, change: &Change, actor: Actor, setting: &Setting<'_>) -> Result<Case, ActError> {
    let history: Vec<_> = (1..)
        .zip(&change.events)
        .map(|(sequence, event)| rules::case::Recorded {
            sequence,
            at: setting.now,
            actor,
            event: event.clone(),
        })
        .collect();
    Case::replay(reference.clone(), &history).map_err(|source| crate::record::unfit(reference, source))
}

async fn next_reference(tx: &mut Tx<'_>, office: &Office) -> Result<Reference, ActError> {
    let number = counters::next(tx, "case", FIRST_CASE).await?;
    let reference = Reference::new(&office.institution().reference_prefix, number);
    reference.map_err(|error| ActError::Storage(StorageError::Corrupt(error.to_string())))
}

/// 16 random digits: 53 bits, which the throttle on guessing makes plenty.
fn receipt_code() -> Result<String, StorageError> {
    let random = u64::from_le_bytes(Keys::random::<8>()?);
    Ok(format!("{:016}", random % 10_000_000_000_000_000))
}

fn link_token() -> Result<String, StorageError> {
    Ok(Keys::random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
