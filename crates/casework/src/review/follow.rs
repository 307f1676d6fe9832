//! What is done with a follow-on action, from its acceptance to the published change (R10, R39).

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::Refused;
use rules::follow_on::act::{self, Charge};
use rules::follow_on::publish::{publish, unpublish};
use rules::follow_on::{FollowOn, FollowOnEvent, FollowOnId, Wording};
use rules::people::{Actor, Person};

use super::kept_back::KeptBack;
use super::streams;
use super::write::{By, Inside, append_action, first_time};
use crate::{ActError, Office};

/// Somebody at work on a follow-on action.
#[derive(Clone, Copy)]
pub struct FollowUp<'a> {
    /// The office.
    pub office: &'a Arc<Office>,
    /// Who acts.
    pub by: &'a Person,
    /// Which action.
    pub id: &'a FollowOnId,
    /// The key of the form that they sent; the same key acts once.
    pub once: &'a str,
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A recommendation is accepted.
    Accept(Charge),
    /// Work begins.
    Start(String),
    /// It is reported done.
    Done(String),
    /// Somebody else saw that it is.
    Verify(String),
    /// Somebody else saw that it is not.
    SendBack(String),
    /// Owner or date change, with the reason.
    Change(Charge, String),
    /// It will not be done.
    Drop(String),
    /// The change is published.
    Publish(Wording),
    /// A published change is taken back.
    Unpublish(String),
}

impl FollowUp<'_> {
    /// Takes a step.
    ///
    /// # Errors
    /// When there is no such action of which they may know, or its rule refuses: see [`rules::follow_on::act`] and [`rules::follow_on::publish`].
    pub async fn take(self, step: Step) -> Result<(), ActError> {
        let inside = Inside::of(self.office);
        let by = By {
            actor: Actor::Staff(self.by.id),
            once: self.once.to_owned(),
        };
        let (person, id) = (self.by.clone(), self.id.clone());
        self.office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    if !first_time(tx, &by, inside.now).await? {
                        return Ok(());
                    }
                    if KeptBack::from(tx, &person).await?.holds_action(&id) {
                        return Err(ActError::NotFound);
                    }
                    let (action, _) = streams::action(tx, &id).await?;
                    let event = ask(&action, step, &person, inside.today())?;
                    append_action(tx, &id, event, by.actor, &inside).await.map(|_| ())
                })
            })
            .await
    }
}

fn ask(action: &FollowOn, step: Step, by: &Person, today: Date) -> Result<FollowOnEvent, Refused> {
    match step {
        Step::Accept(charge) => act::accept(action, &charge, by, today),
        Step::Start(words) => act::start(action, &words, by),
        Step::Done(words) => act::report_done(action, &words, by),
        Step::Verify(words) => act::verify(action, &words, by),
        Step::SendBack(words) => act::send_back(action, &words, by),
        Step::Change(charge, reason) => act::change(action, &charge, &reason, by, today),
        Step::Drop(reason) => act::drop(action, &reason, by),
        Step::Publish(wording) => publish(action, wording, by),
        Step::Unpublish(reason) => unpublish(action, &reason, by),
    }
}
