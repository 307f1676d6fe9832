//! What somebody wrote about something else becomes a case of its own: received, acknowledged and counted by itself, in one transaction with the
//! pointer on the case to which they wrote it (A26).

use std::sync::Arc;

use rules::case::change::permit;
use rules::case::{Reference, Refused};
use rules::confidential::Sight;
use rules::handling::new_issue::{self, Message};
use rules::people::{Act, Actor, Person};
use storage::StorageError;

use super::receive::{Arrived, AtOnce, Incoming};
use crate::clearance::allowed;
use crate::record::{Batch, Before, By, Loaded, Seen, TRIES, already_done, check_seen, claimed, load, once_key};
use crate::{ActError, Office};

/// A member of staff at work on a message of a case that they have read.
pub struct SettingApart<'a> {
    /// The office.
    pub office: &'a Arc<Office>,
    /// Who acts.
    pub by: &'a Person,
    /// The case to which it was written.
    pub reference: &'a Reference,
    /// The number of the event in which it was written.
    pub message: u32,
    /// What they had read.
    pub seen: Seen,
    /// The key of the form that they sent; the same key acts once.
    pub once: &'a str,
}

/// Makes a message a case of its own, and answers its reference. Its clock counts from the receipt of the message.
///
/// # Errors
/// [`ActError::NotFound`] where there is no such case for them, or no such message; when they may not log feedback, the message became a case
/// already, or it could not be saved.
pub async fn set_apart(act: SettingApart<'_>) -> Result<Reference, ActError> {
    permit(act.by, Act::SeeCases)?;
    let _turn = act.office.turns.take(act.reference).await;
    let by = By {
        actor: Actor::Staff(act.by.id),
        seen: act.seen,
        least: Sight::Whole,
        once: Some(act.once),
    };
    let mut tries = 0;
    loop {
        let first = load(act.office, act.reference).await?;
        allowed(act.office, &first.case, by.actor)?;
        let made = first.case.set_apart.iter().find(|issue| issue.message == act.message);
        if already_done(act.office, &first, by).await?
            && let Some(made) = made
        {
            return Ok(made.to.clone());
        }
        check_seen(&first, by)?;
        match write(&act, first, by).await {
            Err(ActError::Storage(StorageError::Conflict { .. })) if tries < TRIES => {
                tries += 1;
                act.office.vip_list.forget();
            }
            written => return written,
        }
    }
}

async fn write(act: &SettingApart<'_>, first: Loaded, by: By<'_>) -> Result<Reference, ActError> {
    let message = Message::find(&first.history, act.message).ok_or(ActError::NotFound)?;
    new_issue::can_set_apart(&first.case, &message, act.by)?;
    let incoming = incoming(&first, &message, act.by);
    let at_once: AtOnce = {
        let case = first.case.clone();
        Box::new(move |_, _| Ok(new_issue::at_once(&case)))
    };
    let key = once_key(act.reference, by);
    let arrived = Arc::new(Arrived::prepare(act.office, &incoming, Some(&at_once)).await?);
    let ready = arrived.clone();
    let (office, person, number) = (act.office.clone(), act.by.clone(), act.message);
    let written = act
        .office
        .store
        .write(move |tx| {
            Box::pin(async move {
                if !claimed(tx, key, office.now()).await? {
                    return Err(ActError::from(Refused::NotNow(
                        "This was done already. Look at the case again.".to_owned(),
                    )));
                }
                ready.write(tx).await?;
                let made = ready.reference().clone();
                let in_force = office.procedure_of(&first.case)?;
                let message = Message::find(&first.history, number).ok_or(ActError::NotFound)?;
                let change = new_issue::set_apart(&first.case, &message, made.clone(), &person)?;
                let actor = Actor::Staff(person.id);
                let batch = Batch::prepare(&office, Before::Case(Box::new(first)), change, actor, &in_force)?;
                batch.write(tx).await?;
                Ok(made)
            })
        })
        .await;
    written.inspect_err(|fault| arrived.is_undone(fault))
}

fn incoming(first: &Loaded, message: &Message<'_>, by: &Person) -> Incoming {
    Incoming {
        feedback: new_issue::as_feedback(&first.case, message),
        channel: message.said.channel,
        received_at: Some(message.at),
        clerk: Some(by.clone()),
        vip: first.case.vip.as_ref().map(|(flag, _)| flag.clone()),
        set_apart_from: Some(message.of(&first.case)),
        files: Vec::new(),
        told: Vec::new(),
        beside: None,
        key: None,
    }
}
