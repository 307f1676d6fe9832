//! What the complainant adds to a case that is sealed: the words go into the record, the stub says that there are some (A16).

use std::sync::Arc;

use jiff::Timestamp;
use rules::case::change::{Change, Refused, Setting};
use rules::case::event::MessageReceived;
use rules::case::vocabulary::Channel;
use rules::case::{Case, Event, FileAttached, Reference};
use rules::confidential::sealing::report;
use rules::files::SeenBy;
use rules::handling::contact;
use rules::mail::{Judged, Taken};
use rules::people::Actor;
use storage::events::{self, NewEvent};
use storage::sealed::record_of;
use storage::{StorageError, Tx};

use crate::files::attach;
use crate::record::{Beside, By, change_beside};
use crate::{ActError, Office};

/// They add words.
///
/// # Errors
/// When there are none, or it could not be saved.
pub(crate) async fn message(office: &Office, reference: &Reference, words: &str, by: By<'_>) -> Result<Case, ActError> {
    keep(office, reference, (words, by), |case, _| {
        // The same refusals as for any message.
        contact::message(case, words, Channel::Web)?;
        report::added_to(case)
    })
    .await
}

/// They do something and say why: the rule decides on it without the words.
///
/// # Errors
/// What the rule refuses; when it could not be saved.
pub(crate) async fn with_act<R>(
    office: &Office,
    reference: &Reference,
    (words, by): (&str, By<'_>),
    rule: R,
) -> Result<Case, ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    keep(office, reference, (words, by), |case, setting| {
        let mut change = rule(case, setting)?;
        if !words.trim().is_empty() {
            let added = report::added_to(case)?;
            change.events.splice(0..0, added.events);
            change.letters.extend(added.letters);
        }
        Ok(change)
    })
    .await
}

/// They wrote an e-mail: its words, its files and its original go into the record, and `beside` is written in the same transaction.
pub(crate) async fn mail(
    office: &Office,
    reference: &Reference,
    (taken, judged): (&Taken, &Judged),
    by: By<'_>,
    beside: Beside,
) -> Result<Case, ActError> {
    let message = MessageReceived {
        channel: Channel::Email,
        words: taken.added_words(),
    };
    let brought = taken.files.clone();
    let (taken, judged) = (taken.clone(), judged.clone());
    let record = record_of(&reference.to_string());
    let at = office.now();
    let into_record: Beside = Arc::new(move |tx| {
        let (message, brought, record) = (message.clone(), brought.clone(), record.clone());
        let (taken, judged, beside) = (taken.clone(), judged.clone(), beside.clone());
        Box::pin(async move {
            let first = events::sequence_of(tx, &record).await? + 1;
            let mut said = vec![Event::MessageReceived(message)];
            let files = brought
                .iter()
                .map(|file| FileAttached::of(file, SeenBy::Complainant, first));
            said.extend(files.map(Event::FileAttached));
            said.extend(taken.beside(&judged, first));
            append_to_record(tx, (&record, first), &said, (Actor::Complainant, at)).await?;
            for file in brought.iter().chain([&taken.original]) {
                attach(tx, (&file.id, &file.scanned), &record, at).await?;
            }
            beside(tx).await
        })
    });
    change_beside(office, reference, by, |case, _| report::added_to(case), into_record).await
}

async fn keep<R>(office: &Office, reference: &Reference, (words, by): (&str, By<'_>), rule: R) -> Result<Case, ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    let words = rules::intake::feedback::clean_text(&rules::unseen::without_unseen(words));
    let beside = match words.is_empty() {
        true => nothing(),
        false => {
            let message = MessageReceived {
                channel: Channel::Web,
                words,
            };
            into_record(office, reference, Event::MessageReceived(message), Actor::Complainant)
        }
    };
    change_beside(office, reference, by, rule, beside).await
}

fn nothing() -> Beside {
    Arc::new(|_| Box::pin(async { Ok(()) }))
}

/// Puts an event into the sealed record of a case, in the transaction of a change of its stub.
pub(crate) fn into_record(office: &Office, reference: &Reference, event: Event, actor: Actor) -> Beside {
    let (record, at) = (record_of(&reference.to_string()), office.now());
    Arc::new(move |tx| {
        let (record, event) = (record.clone(), event.clone());
        Box::pin(async move {
            let first = events::sequence_of(tx, &record).await? + 1;
            append_to_record(tx, (&record, first), &[event], (actor, at)).await
        })
    })
}

async fn append_to_record(
    tx: &mut Tx<'_>,
    (record, first): (&str, u32),
    said: &[Event],
    (actor, at): (Actor, Timestamp),
) -> Result<(), StorageError> {
    let added: Vec<NewEvent> = (first..)
        .zip(said)
        .map(|(sequence, event)| NewEvent {
            stream: record.to_owned(),
            sequence,
            kind: event.kind().to_owned(),
            version: event.version(),
            at,
            actor: actor.to_string(),
            payload: event.encode(),
        })
        .collect();
    events::append(tx, &added).await.map(drop)
}
