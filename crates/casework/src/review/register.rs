//! The register of follow-on actions as pages read it. Whoever may not see cases reads no words that were written in one (R31, R81).

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::confidential::sight::reach_of_words;
use rules::follow_on::{FollowOn, FollowOnFacts, FollowOnId, Happened, Status};
use rules::people::{Act, Person};
use rules::review::Reader;
pub use storage::follow_on::OpenActions;
use storage::follow_on::{self, ActionRow};
use storage::{StorageError, Tx};

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
    fn of(row: ActionRow, reader: Reader, kept_back: &KeptBack) -> Result<Registered, ActError> {
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
        matches!(self.status, Status::Accepted | Status::InProgress) && self.facts.due_on.is_some_and(|due| due < today)
    }
}

/// The register on a day.
#[derive(Debug, Clone)]
pub struct Register {
    /// Its actions: the overdue first, then by date, proposals after these, and what is over last, the latest first.
    pub actions: Vec<Registered>,
    /// The day.
    pub today: Date,
    /// The procedure in force, for the names of services.
    pub in_force: Arc<InForce>,
}

/// The whole register.
///
/// # Errors
/// When the person may not see it, or the store cannot be read.
pub async fn all(office: &Office, by: &Person) -> Result<Register, ActError> {
    permit(by, Act::SeeActions)?;
    let who = by.clone();
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let kept_back = KeptBack::from(tx, &who).await?;
                Ok::<_, StorageError>((rows(tx, &kept_back).await?, kept_back))
            })
        })
        .await?;
    register(office, rows, by)
}

/// The rows of the register, without those that are kept back.
pub(super) async fn rows(tx: &mut Tx<'_>, kept_back: &KeptBack) -> Result<Vec<ActionRow>, StorageError> {
    let mut rows = follow_on::all(tx).await?;
    kept_back.out_of_register(&mut rows);
    Ok(rows)
}

/// The rows that the review of a month may show, held on a day or looked at today, without those that are kept back.
pub(super) async fn rows_in_review(
    tx: &mut Tx<'_>,
    kept_back: &KeptBack,
    (first, until): (Date, Date),
) -> Result<Vec<ActionRow>, StorageError> {
    let mut rows = follow_on::in_review(tx, first, until).await?;
    kept_back.out_of_register(&mut rows);
    Ok(rows)
}

pub(super) fn register(
    office: &Office,
    (rows, kept_back): (Vec<ActionRow>, KeptBack),
    by: &Person,
) -> Result<Register, ActError> {
    let in_force = office.active();
    let today = in_force.setting(office.now()).today();
    let reader = Reader::of(by);
    let mut actions = rows
        .into_iter()
        .map(|row| Registered::of(row, reader, &kept_back))
        .collect::<Result<Vec<_>, _>>()?;
    actions.sort_by_key(|action| order(action, today));
    Ok(Register {
        actions,
        today,
        in_force,
    })
}

/// What is to be done comes before what is over.
fn order(action: &Registered, today: Date) -> (u8, i64, FollowOnId) {
    let day = |on: Option<Date>| on.map_or(i64::MAX, |on| on.duration_since(Date::ZERO).as_hours());
    let facts = &action.facts;
    let (group, place) = match action.status {
        _ if action.is_overdue(today) => (0, day(facts.due_on)),
        Status::Accepted | Status::InProgress => (1, day(facts.due_on)),
        Status::Proposed => (2, day(facts.proposed_on)),
        Status::Done => (3, -day(facts.done_on)),
        Status::Verified => (4, -day(facts.verified_on)),
        Status::Dropped => (5, -day(facts.dropped_on)),
    };
    (group, place, action.id.clone())
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
