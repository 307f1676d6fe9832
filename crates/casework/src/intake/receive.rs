//! Keeping what arrived: number, receipt code, event, job, acknowledgement and letter in one transaction (R18, R20, R85).

use std::sync::Arc;

use rules::case::change::{Change, Refused, Setting};
use rules::case::event::{Event, SetApartFrom, VipFlagged};
use rules::case::vocabulary::Channel;
use rules::case::{Case, Reference};
use rules::files::Brought;
use rules::handling::attach::attach;
use rules::intake::{Arrival, Issued, NewFeedback, receive};
use rules::people::{Actor, Person, StaffId};
use serde::{Deserialize, Serialize};
use storage::{Keys, StorageError, Tx, drafts, idempotency};

use super::gate::{self, Dealt};
use super::numbers::Given;
use crate::files::{Form, clear};
use crate::record::{Batch, Before, Beside, TRIES};
use crate::vips::VipList;
use crate::{ActError, Office};

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
    /// What else is told of it, right behind the words and their files.
    pub(crate) told: Vec<Event>,
    /// What is written in the transaction that keeps it, once it has a reference.
    pub(crate) beside: Option<BesideNew>,
    /// Sent with the form; the same key never makes two cases. A form that lost its key is like no other.
    pub(crate) key: Option<String>,
}

/// What is written beside a case that begins, given its reference.
pub(crate) type BesideNew = Arc<dyn Fn(&Reference) -> Beside + Send + Sync>;

/// What the clerk settles in the same save, asked of the case as received.
pub(crate) type AtOnce = Box<dyn Fn(&Case, &Setting<'_>) -> Result<Change, Refused> + Send + Sync>;

/// Keeps what arrived and tells the receipt. A second save with the same key answers with the first receipt and changes nothing.
///
/// Everything is made ready before the store is asked: it takes one complaint after another, and has nothing to decide about any.
pub(crate) async fn keep(
    office: &Arc<Office>,
    incoming: Incoming,
    at_once: Option<AtOnce>,
) -> Result<Receipt, ActError> {
    let mut tries = 0;
    loop {
        let arrived = Arc::new(Arrived::prepare(office, &incoming, at_once.as_ref()).await?);
        // Both hold it, so that it is taken apart here and not on the thread of the writer.
        let (ready, now) = (arrived.clone(), office.now());
        let kept = office
            .store
            .write_ready(move |tx| {
                let arrived = ready.clone();
                Box::pin(async move { arrived.keep(tx, now).await })
            })
            .await;
        let fault = match kept {
            Ok(receipt) => return Ok(receipt),
            Err(fault) => fault,
        };
        arrived.is_undone(&fault);
        if let (ActError::Storage(StorageError::Repeated), Some(key)) = (&fault, incoming.key.clone()) {
            let first = office
                .store
                .read(move |tx| Box::pin(async move { idempotency::answered(tx, &key).await }));
            return Ok(serde_json::from_str(&first.await?.ok_or(fault)?)?);
        }
        if !matches!(fault, ActError::Storage(StorageError::Conflict { .. })) || tries == TRIES {
            return Err(fault);
        }
        tries += 1;
        office.vip_list.forget();
    }
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

/// A case that is about to begin: all that its first transaction writes, and the receipt for whoever it came from.
pub(super) struct Arrived {
    receipt: Receipt,
    batch: Batch,
    numbers: Given,
    /// The list that said whether it is a VIP's.
    vips: Arc<VipList>,
    /// The key of the form, and whether somebody may have kept a draft of it.
    key: Option<String>,
    beside: Option<Beside>,
    clerk: Option<StaffId>,
}

impl Arrived {
    /// Asks the rules, and makes everything ready.
    pub(super) async fn prepare(
        office: &Office,
        incoming: &Incoming,
        at_once: Option<&AtOnce>,
    ) -> Result<Arrived, ActError> {
        let vips = office.vip_list.known(office).await?;
        let numbers = office.numbers.give(&office.store).await?;
        let reference = Reference::new(&office.institution().reference_prefix, numbers.case())
            .map_err(|error| ActError::Storage(StorageError::Corrupt(error.to_string())))?;
        let issued = Issued {
            receipt_code: receipt_code()?,
            link_token: link_token()?,
            job_number: format!("F{}", numbers.job()),
        };
        let receipt = Receipt {
            reference: reference.clone(),
            receipt_code: issued.receipt_code.clone(),
            link_token: issued.link_token.clone(),
        };
        let in_force = office.active();
        let setting = in_force.setting(office.now());
        let mut arrival = Arrival {
            channel: incoming.channel,
            received_at: incoming.received_at,
            logged_by: incoming.clerk.as_ref(),
            vip: incoming
                .vip
                .clone()
                .or_else(|| vips.marks(&incoming.feedback.complainant)),
            set_apart_from: incoming.set_apart_from.clone(),
            suggested: None,
        };
        let clerk = incoming.clerk.as_ref().map(|clerk| clerk.id);
        let actor = clerk.map_or(Actor::Complainant, Actor::Staff);
        let settled = match at_once {
            Some(at_once) => {
                let received = receive(incoming.feedback.clone(), &arrival, issued.clone(), &setting)?;
                at_once(&as_received(&reference, &received, actor, &setting)?, &setting)?
            }
            None => Change::default(),
        };
        arrival.suggested = gate::suggested(office, incoming, Dealt::by(&settled), &setting)?;
        let change = receive(incoming.feedback.clone(), &arrival, issued, &setting)?;
        let mut change = attach(change, &incoming.files, 0)?;
        let behind = 1 + incoming.files.len();
        change.events.splice(behind..behind, incoming.told.iter().cloned());
        change.events.extend(settled.events);
        change.letters.extend(settled.letters);
        let beside = incoming.beside.as_ref().map(|beside| beside(&reference));
        Ok(Arrived {
            batch: Batch::prepare(office, Before::Nothing(reference), change, actor, &in_force)?
                .first_letter_is(numbers.letter()),
            receipt,
            numbers,
            vips,
            key: incoming.key.clone(),
            beside,
            clerk,
        })
    }

    /// What the case is called.
    pub(super) fn reference(&self) -> &Reference {
        &self.receipt.reference
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`StorageError::Repeated`] when a form with this key was kept before.
    async fn keep(&self, tx: &mut Tx<'_>, now: jiff::Timestamp) -> Result<Receipt, ActError> {
        // Run once more, it may find that somebody else kept the form.
        self.numbers.are_free();
        if let Some(key) = &self.key {
            let receipt = serde_json::to_string(&self.receipt)?;
            idempotency::keep(tx, key, &receipt, now).await?;
            if self.clerk.is_some() {
                // What was sent is no draft any more.
                drafts::sent(tx, key).await?;
            }
        }
        self.write(tx).await?;
        if let Some(beside) = &self.beside {
            beside(tx).await?;
        }
        Ok(self.receipt.clone())
    }

    /// Writes it.
    ///
    /// # Errors
    /// [`StorageError::Conflict`] when the list of VIPs changed since it was prepared.
    pub(super) async fn write(&self, tx: &mut Tx<'_>) -> Result<(), ActError> {
        self.vips.still_holds(tx).await?;
        self.numbers.are_used();
        Ok(self.batch.write(tx).await?)
    }

    /// What was written was undone, for this reason: its numbers are free again, unless another case has them or it may be there after all.
    pub(super) fn is_undone(&self, fault: &ActError) {
        match fault {
            ActError::Storage(StorageError::Unsure(_)) => {}
            ActError::Storage(StorageError::Conflict { stream, .. }) if *stream == self.reference().to_string() => {}
            _ => self.numbers.are_free(),
        }
    }
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

/// 16 random digits: 53 bits, which the throttle on guessing makes plenty.
pub(crate) fn receipt_code() -> Result<String, StorageError> {
    let random = u64::from_le_bytes(Keys::random::<8>()?);
    Ok(format!("{:016}", random % 10_000_000_000_000_000))
}

/// 16 random bytes, as an address can hold them.
pub(crate) fn link_token() -> Result<String, StorageError> {
    Ok(Keys::random::<16>()?.iter().map(|byte| format!("{byte:02x}")).collect())
}
