//! The register of follow-on actions as pages read it. Whoever may not see cases reads no words that were written in one (R31, R81).

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::confidential::sight::reach_of_words;
use rules::follow_on::carried::is_overdue;
use rules::follow_on::{FollowOn, FollowOnFacts, FollowOnId, Happened, Status};
use rules::people::{Act, Person};
use rules::review::Reader;
use storage::StorageError;
use storage::follow_on::{self, ActionRow};
pub use storage::follow_on::{OpenActions, Part, Sizes};

use super::kept_back::KeptBack;
use super::rows::Card;
use super::streams;
use crate::in_force::InForce;
use crate::{ActError, Office};

/// An action as the register lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// What it is called.
    pub id: FollowOnId,
    /// Where it stands.
    pub status: Status,
    /// Its days.
    pub facts: FollowOnFacts,
    /// Its words; `None` for what was promised in a case, where the reader may not see cases and nothing was published.
    pub text: Option<String>,
    /// Owner, service, review and public wording; the cases only for whoever may see cases.
    pub card: Card,
}

impl Registered {
    pub(super) fn of(row: ActionRow, reader: Reader, kept_back: &KeptBack) -> Result<Registered, ActError> {
        let mut card: Card = if row.card.is_empty() {
            Card::default()
        } else {
            serde_json::from_slice(&row.card)?
        };
        let written_in_a_case = row.reference.is_some();
        let hidden = reader == Reader::NotEntitled && written_in_a_case;
        let text = match (&card.wording, hidden) {
            (Some(wording), true) => Some(wording.we_did.clone()),
            (None, true) => None,
            (_, false) => Some(card.text.clone()),
        };
        card.cases.retain(|reference| !kept_back.holds(reference));
        if reader == Reader::NotEntitled {
            card.cases.clear();
            card.text = text.clone().unwrap_or_default();
        }
        Ok(Registered {
            id: row.id,
            status: row.status,
            facts: row.facts,
            text,
            card,
        })
    }

    /// Whether its date has passed while there is still something to do.
    pub fn is_overdue(&self, today: Date) -> bool {
        is_overdue(self.status, &self.facts, today)
    }
}

/// How many actions stand on a page of the register.
const PAGE: u32 = 50;

/// A page of one part of the register.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its actions, in the order of the part.
    pub actions: Vec<Registered>,
    /// How large each part is.
    pub sizes: Sizes,
    /// The number of the next page, if there is one.
    pub next: Option<u32>,
    /// The day.
    pub today: Date,
}

/// A page of one part of the register, counted from 1. Beyond the last page nothing stands.
///
/// # Errors
/// When the person may not see it, or the store cannot be read.
pub async fn page(office: &Office, (part, number): (Part, u32), by: &Person) -> Result<Register, ActError> {
    permit(by, Act::SeeActions)?;
    let today = office.active().setting(office.now()).today();
    let skipped = number.saturating_sub(1).saturating_mul(PAGE);
    let who = by.clone();
    let read = office.store.read(move |tx| {
        Box::pin(async move {
            let reach = reach_of_words(&who);
            let mut ids = follow_on::page(tx, part, (today, &reach), (skipped, PAGE + 1)).await?;
            let more = ids.len() > PAGE as usize;
            ids.truncate(PAGE as usize);
            let rows = follow_on::these(tx, &ids).await?;
            let sizes = follow_on::sizes(tx, today, &reach).await?;
            Ok::<_, StorageError>((rows, more, sizes, KeptBack::from(tx, &who).await?))
        })
    });
    let (rows, more, sizes, kept_back) = read.await?;
    let reader = Reader::of(by);
    let actions = rows.into_iter().map(|row| Registered::of(row, reader, &kept_back));
    Ok(Register {
        actions: actions.collect::<Result<_, _>>()?,
        sizes,
        next: more.then(|| number.max(1) + 1),
        today,
    })
}

/// Every action, in the order of their names: for whoever works through all of them.
///
/// # Errors
/// When the person may not see the register, or the store cannot be read.
pub async fn all(office: &Office, by: &Person) -> Result<Vec<Registered>, ActError> {
    permit(by, Act::SeeActions)?;
    let who = by.clone();
    let read = office.store.read(move |tx| {
        Box::pin(async move {
            let kept_back = KeptBack::from(tx, &who).await?;
            Ok::<_, StorageError>((follow_on::all(tx).await?, kept_back))
        })
    });
    let (rows, kept_back) = read.await?;
    let reader = Reader::of(by);
    rows.into_iter()
        .filter(|row| !kept_back.holds_action(&row.id))
        .map(|row| Registered::of(row, reader, &kept_back))
        .collect()
}

/// How many actions are to be done, and how many are overdue: the figure beside the name of the list; none for whoever may not see it.
///
/// # Errors
/// When the store cannot be read.
pub async fn counts(office: &Office, by: &Person) -> Result<OpenActions, ActError> {
    if permit(by, Act::SeeActions).is_err() {
        return Ok(OpenActions::default());
    }
    let today = office.active().setting(office.now()).today();
    let reach = reach_of_words(by);
    Ok(office
        .store
        .read(move |tx| Box::pin(async move { follow_on::count_open(tx, today, &reach).await }))
        .await?)
}

/// One action with everything that happened to it.
#[derive(Debug, Clone)]
pub struct FollowOnFile {
    /// The action.
    pub action: FollowOn,
    /// What happened to it, the oldest first.
    pub history: Vec<Happened>,
    /// As the register lists it, for this reader.
    pub registered: Registered,
    /// The day of reading.
    pub today: Date,
    /// The procedure in force.
    pub in_force: Arc<InForce>,
}

/// One action.
///
/// # Errors
/// When the person may not see the register; [`ActError::NotFound`] when there is none of this name, or it was promised in a case of which
/// they may not know.
pub async fn one(office: &Office, id: &FollowOnId, by: &Person) -> Result<FollowOnFile, ActError> {
    permit(by, Act::SeeActions)?;
    let in_force = office.active();
    let today = in_force.setting(office.now()).today();
    let (wanted, who) = (id.clone(), by.clone());
    let found = office.store.read(move |tx| {
        Box::pin(async move {
            let kept_back = KeptBack::from(tx, &who).await?;
            if kept_back.holds_action(&wanted) {
                return Err(ActError::NotFound);
            }
            let (mut action, history) = streams::action(tx, &wanted).await?;
            kept_back.out_of_origin(&mut action);
            Ok((action, history, kept_back))
        })
    });
    let (action, history, kept_back) = found.await?;
    let row = super::rows::action_row(&action, &in_force.calendar)?;
    Ok(FollowOnFile {
        registered: Registered::of(row, Reader::of(by), &kept_back)?,
        action,
        history,
        today,
        in_force,
    })
}
