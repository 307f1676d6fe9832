//! What the complainant adds to a case that is sealed: the words go into the record, the stub says that there are some (A16).

use std::sync::Arc;

use rules::case::change::{Change, Refused, Setting};
use rules::case::event::MessageReceived;
use rules::case::vocabulary::Channel;
use rules::case::{Case, Event, Reference};
use rules::confidential::sealing::report;
use rules::handling::contact;
use rules::people::Actor;
use storage::events::{self, NewEvent};
use storage::sealed::record_of;

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
pub(super) fn into_record(office: &Office, reference: &Reference, event: Event, actor: Actor) -> Beside {
    let (record, at) = (record_of(&reference.to_string()), office.now());
    Arc::new(move |tx| {
        let (record, event) = (record.clone(), event.clone());
        Box::pin(async move {
            let sequence = events::sequence_of(tx, &record).await? + 1;
            let added = NewEvent {
                stream: record,
                sequence,
                kind: event.kind().to_owned(),
                version: event.version(),
                at,
                actor: actor.to_string(),
                payload: event.encode(),
            };
            events::append(tx, &[added]).await.map(drop)
        })
    })
}
