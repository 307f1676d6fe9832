//! What is done at a review: note, recommend, agree, freeze, finish, correct (R42, R80, R82, A34).

use std::sync::Arc;

use rules::case::Reference;
use rules::confidential::sight::reach_of_words;
use rules::follow_on::FollowOnId;
use rules::follow_on::act::Charge;
use rules::people::separation::may_note;
use rules::people::{Actor, Person};
use rules::review::hold::{self, Meeting, Recommendation};
use rules::review::{Month, Pack, Review, ReviewChange};
use storage::{Tx, cases};

use super::figures::{count_only, pack, reckoning};
use super::kept_back::KeptBack;
use super::streams;
use super::write::{By, Inside, first_time, keep};
use crate::record::load_within;
use crate::{ActError, Office};

/// Somebody at work on the review of a month.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    /// The office.
    pub office: &'a Arc<Office>,
    /// Who acts.
    pub by: &'a Person,
    /// The month.
    pub month: Month,
    /// The key of the form that they sent; the same key acts once.
    pub once: &'a str,
}

impl Desk<'_> {
    /// Notes something on a case, or for the minutes.
    ///
    /// # Errors
    /// See [`hold::note`].
    pub async fn note(self, about: Option<Reference>, words: &str) -> Result<(), ActError> {
        let (by, words) = (self.by.clone(), words.to_owned());
        self.act_within(Box::new(move |tx, review, _| {
            Box::pin(async move {
                let change = hold::note(review, about.clone(), &words, &by)?;
                all_known(tx, about.as_slice(), &by).await?;
                if let Some(about) = &about {
                    may_note(&load_within(tx, about).await?.case, &by)?;
                }
                Ok(change)
            })
        }))
        .await
    }

    /// Recommends a change, agreed already where owner and date are given.
    ///
    /// # Errors
    /// See [`hold::recommend`].
    pub async fn recommend(self, recommendation: Recommendation) -> Result<(), ActError> {
        let by = self.by.clone();
        self.act_within(Box::new(move |tx, review, inside| {
            Box::pin(async move {
                let change = hold::recommend(review, &recommendation, &by, inside.today())?;
                all_known(tx, &recommendation.cases, &by).await?;
                Ok(change)
            })
        }))
        .await
    }

    /// Agrees a recommendation of this or an earlier review.
    ///
    /// # Errors
    /// See [`hold::agree`].
    pub async fn agree(self, action: &FollowOnId, charge: Charge) -> Result<(), ActError> {
        let (by, action) = (self.by.clone(), action.clone());
        self.act_within(Box::new(move |tx, review, inside| {
            Box::pin(async move {
                if KeptBack::from(tx, &by).await?.holds_action(&action) {
                    return Err(ActError::NotFound);
                }
                let (action, _) = streams::action(tx, &action).await?;
                Ok(hold::agree(review, &action, &charge, &by, inside.today())?)
            })
        }))
        .await
    }

    /// Keeps figures and lists as they are now.
    ///
    /// # Errors
    /// See [`hold::freeze`].
    pub async fn freeze(self) -> Result<(), ActError> {
        let by = self.by.clone();
        self.act_within(Box::new(move |tx, review, inside| {
            Box::pin(async move {
                let pack = pack_now(tx, review, inside).await?;
                Ok(hold::freeze(review, &pack, &by)?)
            })
        }))
        .await
    }

    /// Finishes the review.
    ///
    /// # Errors
    /// See [`hold::finish`].
    pub async fn finish(self, meeting: Meeting) -> Result<(), ActError> {
        let by = self.by.clone();
        self.act_within(Box::new(move |tx, review, inside| {
            Box::pin(async move {
                let pack = pack_now(tx, review, inside).await?;
                Ok(hold::finish(review, &meeting, &pack, &by, inside.today())?)
            })
        }))
        .await
    }

    /// Records that frozen figures are others now.
    ///
    /// # Errors
    /// See [`hold::restate`].
    pub async fn restate(self, reason: &str) -> Result<(), ActError> {
        let (by, reason) = (self.by.clone(), reason.to_owned());
        self.act_within(Box::new(move |tx, review, inside| {
            Box::pin(async move {
                let pack = pack_now(tx, review, inside).await?;
                Ok(hold::restate(review, &pack.figures, &reason, &by)?)
            })
        }))
        .await
    }

    /// Asks a rule inside the transaction that writes its answer: there is one writer, so what it was shown still holds.
    async fn act_within(self, rule: Rule) -> Result<(), ActError> {
        let inside = Inside::of(self.office);
        let by = By {
            actor: Actor::Staff(self.by.id),
            once: self.once.to_owned(),
        };
        let month = self.month;
        self.office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    if !first_time(tx, &by, inside.now).await? {
                        return Ok(());
                    }
                    let review = streams::review(tx, month).await?.ok_or(ActError::NotFound)?;
                    let change = rule(tx, &review, &inside).await?;
                    keep(tx, month, change, &by, &inside).await
                })
            })
            .await
    }
}

/// A rule that may look at the store first, in the same transaction.
type Rule = Box<
    dyn for<'a, 'c> FnOnce(&'a mut Tx<'c>, &'a Review, &'a Inside) -> storage::Act<'a, ReviewChange, ActError> + Send,
>;

/// Cases that somebody names must be there for them (invariant 12).
async fn all_known(tx: &mut Tx<'_>, named: &[Reference], by: &Person) -> Result<(), ActError> {
    for reference in named {
        if !cases::is_within(tx, &reference.to_string(), &reach_of_words(by)).await? {
            return Err(ActError::NotFound);
        }
    }
    Ok(())
}

async fn pack_now(tx: &mut Tx<'_>, review: &Review, inside: &Inside) -> Result<Pack, ActError> {
    let at = reckoning(inside.today(), review.month.period(), &inside.in_force.calendar);
    let counted = count_only(tx, &at, at.period.last).await?;
    pack(tx, &counted.ledger, &at, (&review.seed, inside.today())).await
}
