//! The single write path of the office itself: an event and the row that it makes, in one transaction (invariant 2; R45, R89).
//!
//! Accounts, procedures and calendars are written here and nowhere else, each from the event that tells it: no act can forget one.

use std::sync::Arc;

use jiff::Timestamp;
use rules::case::{Change, Reference, Refused};
use rules::confidential::{Beyond, Reach};
use rules::office::delegation::Delegation;
use rules::office::{Account, Held, OfficeChange, OfficeEvent};
use rules::people::{Actor, Person, StaffId};
use storage::cases::{CaseFilter, Life, Order};
use storage::events::NewEvent;
use storage::stream_keys::OFFICE;
use storage::{StorageError, Tx, cases, events, idempotency, staff};

mod rows;

use crate::desk::office_log::{LogLine, told};
use crate::office::InForce;
use crate::people::delegates;
use crate::record::{Batch, Before, Loaded, load_within};
use crate::roster;
use crate::{ActError, Office};

/// What a row holds that no event tells. Without `Debug`: nothing may log it.
pub(crate) enum Beside {
    /// Nothing.
    Nothing,
    /// The hash of a password.
    PasswordHash(String),
    /// The whole file of what is published; the event holds its hash.
    Text(String),
    /// The bytes of a picture; the event holds their hash.
    Picture(Vec<u8>),
}

/// An act on the office: who acts, and what belongs to it.
pub(crate) struct OfficeAct<'a> {
    pub(crate) office: &'a Arc<Office>,
    pub(crate) actor: Actor,
    /// The key of the form; the same key acts once. Empty where there is no form.
    pub(crate) once: &'a str,
    /// Whose open cases the rule is shown.
    pub(crate) cases_of: Option<StaffId>,
    pub(crate) beside: Beside,
    pub(crate) history: History,
}

/// Whether a rule is shown what happened in the office before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum History {
    /// It asks only who works here.
    Untold,
    /// All of it.
    Told,
}

/// What a rule about the office is shown: everybody as they are in this transaction, and the number of the next person.
pub(crate) struct Book {
    pub(crate) staff: Vec<Account>,
    pub(crate) next: StaffId,
    /// Everything that ever happened in the office, the oldest first, where the act asked for it.
    pub(crate) told: Vec<LogLine>,
    /// Who stands in for whom.
    pub(crate) delegations: Vec<Delegation>,
    /// The instant of the act.
    pub(crate) now: Timestamp,
}

impl Book {
    /// Somebody who works or worked here.
    pub(crate) fn account(&self, who: StaffId) -> Result<&Account, ActError> {
        let found = self.staff.iter().find(|account| account.id() == who);
        found.ok_or(ActError::NotFound)
    }

    /// Whoever acts, as they are now: what they may do may have changed since they opened the page.
    pub(crate) fn actor(&self, by: &Person) -> Result<&Person, ActError> {
        at_work(&self.staff, by)
    }
}

fn at_work<'a>(staff: &'a [Account], by: &Person) -> Result<&'a Person, ActError> {
    let account = staff.iter().find(|account| account.id() == by.id && account.is_here());
    let gone = || Refused::Rule("You no longer work here, so nothing was saved.".to_owned());
    Ok(account.map(|account| &account.person).ok_or_else(gone)?)
}

impl OfficeAct<'_> {
    /// The same act, whose rule is shown everything that happened in the office before.
    pub(crate) fn told(mut self) -> Self {
        self.history = History::Told;
        self
    }

    /// Asks a rule and writes its answer. The rule is asked inside the transaction, and there is one writer: what it was shown
    /// still holds when its answer is written. Answers the events; none when nothing changed or the same form was there before.
    pub(crate) async fn record<R>(self, rule: R) -> Result<Vec<OfficeEvent>, ActError>
    where
        R: FnOnce(&Book, &[Held<'_>]) -> Result<OfficeChange, ActError> + Send + 'static,
    {
        let OfficeAct {
            office,
            actor,
            once,
            cases_of,
            beside,
            history,
        } = self;
        let once = once.to_owned();
        let inside = office.clone();
        let written = office
            .store
            .write(move |tx| {
                Box::pin(async move {
                    let now = inside.now();
                    if !first_press(tx, actor, &once, now).await? {
                        return Ok(Vec::new());
                    }
                    let book = Book {
                        staff: roster::accounts(tx).await?,
                        next: StaffId(staff::next_number(tx).await?),
                        told: match history {
                            History::Untold => Vec::new(),
                            History::Told => told(tx).await?,
                        },
                        delegations: delegates::on_record(tx).await?,
                        now,
                    };
                    let cases = match cases_of {
                        Some(who) => open_cases(tx, &inside, who).await?,
                        None => Vec::new(),
                    };
                    let change = rule(&book, &held(&cases, now))?;
                    write_cases(tx, &inside, cases, change.cases, actor).await?;
                    write(tx, (actor, now), &change.events, &beside).await?;
                    Ok::<_, ActError>(change.events)
                })
            })
            .await;
        let events = taken(written)?;
        office.reload_people().await?;
        Ok(events)
    }
}

/// The rules look for this first; two that fit all the same are told apart by the store.
fn taken<T>(written: Result<T, ActError>) -> Result<T, ActError> {
    match written {
        Err(ActError::Storage(StorageError::Taken(_))) => Err(Refused::field(
            "email",
            "Somebody already signs in with this username or email address. Choose another",
        )
        .into()),
        other => other,
    }
}

/// Whether a form of the office comes for the first time; one without a key always does.
pub(crate) async fn first_press(
    tx: &mut Tx<'_>,
    actor: Actor,
    once: &str,
    at: Timestamp,
) -> Result<bool, StorageError> {
    if once.is_empty() {
        return Ok(true);
    }
    let key = format!("office:{actor}:{once}");
    Ok(idempotency::claim(tx, &key, at).await? == idempotency::Claim::Fresh)
}

/// Whoever acts, as they are in this transaction.
pub(crate) async fn actor_now(tx: &mut Tx<'_>, by: &Person) -> Result<Person, ActError> {
    Ok(at_work(&roster::accounts(tx).await?, by)?.clone())
}

/// An open case with the procedure under which it is handled.
pub(crate) type OpenCase = (Loaded, Arc<InForce>);

/// The open cases of somebody that whoever manages people knows of. A restricted one is not there for them: it stays, and those who may
/// see it are told that its owner has left, and pass it on (invariant 12).
pub(crate) async fn open_cases(tx: &mut Tx<'_>, office: &Office, who: StaffId) -> Result<Vec<OpenCase>, ActError> {
    let filter = known_cases(who);
    let mut open = Vec::new();
    for row in cases::list(tx, &filter, Order::ReceivedFirst, None, u32::MAX).await? {
        let reference: Reference = row
            .reference
            .parse()
            .map_err(|_| StorageError::Corrupt(format!("{} is no reference", row.reference)))?;
        let loaded = load_within(tx, &reference).await?;
        let in_force = office.procedure_of(&loaded.case)?;
        open.push((loaded, in_force));
    }
    Ok(open)
}

/// The open cases of somebody that are in the open lane.
pub(crate) fn known_cases(who: StaffId) -> CaseFilter {
    CaseFilter {
        owner: Some(who.0),
        life: Life::Open,
        reach: Some(Reach {
            of: who,
            beyond: Beyond::Nothing,
        }),
        ..CaseFilter::default()
    }
}

/// The cases as a rule sees them.
pub(crate) fn held(cases: &[OpenCase], now: Timestamp) -> Vec<Held<'_>> {
    cases
        .iter()
        .map(|(loaded, in_force)| Held {
            case: &loaded.case,
            setting: in_force.setting(now),
        })
        .collect()
}

async fn write_cases(
    tx: &mut Tx<'_>,
    office: &Office,
    cases: Vec<OpenCase>,
    mut changes: Vec<(Reference, Change)>,
    actor: Actor,
) -> Result<(), ActError> {
    for (loaded, in_force) in cases {
        let mine = changes
            .iter()
            .position(|(reference, _)| *reference == loaded.case.reference);
        let Some(at) = mine else { continue };
        let (_, change) = changes.swap_remove(at);
        let batch = Batch::prepare(office, Before::Case(Box::new(loaded)), change, actor, &in_force)?;
        batch.write(tx).await?;
    }
    Ok(())
}

/// Writes events and, from each, its row.
pub(crate) async fn write(
    tx: &mut Tx<'_>,
    (actor, at): (Actor, Timestamp),
    happened: &[OfficeEvent],
    beside: &Beside,
) -> Result<(), ActError> {
    let before = events::sequence_of(tx, OFFICE).await?;
    let new: Vec<NewEvent> = (before + 1..)
        .zip(happened)
        .map(|(sequence, event)| NewEvent {
            stream: OFFICE.to_owned(),
            sequence,
            kind: event.kind().to_owned(),
            version: event.version(),
            at,
            actor: actor.to_string(),
            payload: event.encode(),
        })
        .collect();
    events::append(tx, &new).await?;
    for event in happened {
        rows::write(tx, event, beside, at).await?;
    }
    Ok(())
}
