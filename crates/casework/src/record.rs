//! The single write path: a change becomes events, rows, deadlines, job updates, letters and audit leaves in one transaction (invariant 2).

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use rules::case::{Case, Change, Event, Recorded, Reference, Refused, Setting, Unfit};
use rules::confidential::Sight;
use rules::confidential::sealing::stub::history_of;
use rules::letters::Posted;
use rules::people::{Actor, NotAnActor, StaffId};
use rules::redaction::history_from;
use storage::{StorageError, Tx, events, idempotency};

pub(crate) use self::batch::{Batch, Before, claimed};
pub(crate) use self::both::change_both;
use self::letters::Kept;
use crate::clearance::sees;
use crate::{ActError, Office, separation};

mod batch;
mod both;
mod lane;
mod letters;

/// A case as it was loaded: folded, with its history.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) case: Case,
    pub(crate) history: Vec<Recorded>,
    /// What the post room holds of it, where a rule asks.
    letters: Vec<Kept>,
}

impl Loaded {
    /// The case that a history tells.
    pub(crate) fn replayed(reference: Reference, history: Vec<Recorded>) -> Result<Loaded, ActError> {
        let case = Case::replay(reference.clone(), &history).map_err(|source| unfit(&reference, source))?;
        Ok(Loaded {
            case,
            history,
            letters: Vec::new(),
        })
    }
}

/// Loads a case from the log.
pub(crate) async fn load(office: &Office, reference: &Reference) -> Result<Loaded, ActError> {
    let wanted = reference.clone();
    let look = office
        .store
        .read(move |tx| Box::pin(async move { load_within(tx, &wanted).await }));
    look.await
}

/// Loads a case as a transaction sees it.
pub(crate) async fn load_within(tx: &mut Tx<'_>, reference: &Reference) -> Result<Loaded, ActError> {
    let stored = match events::load(tx, &reference.to_string()).await {
        Err(StorageError::MissingKey { .. }) => return Err(ActError::NotFound),
        other => other?,
    };
    if stored.is_empty() {
        return Err(ActError::NotFound);
    }
    let history = stored.iter().map(read_event).collect::<Result<Vec<_>, _>>()?;
    Loaded::replayed(reference.clone(), after_its_stub(history)?)
}

/// A history that begins with the sealing begins with the stub that it holds (A14); one that begins where something was taken out begins with what
/// was told anew then.
pub(crate) fn after_its_stub(history: Vec<Recorded>) -> Result<Vec<Recorded>, ActError> {
    let damaged = |fault| StorageError::Corrupt(format!("what a case begins with cannot be read: {fault}"));
    let mut rest = history.into_iter();
    let Some(first) = rest.next() else {
        return Ok(Vec::new());
    };
    let mut whole = match &first.event {
        Event::Sealed(sealed) => {
            let mut stub = history_of(&sealed.history).map_err(damaged)?;
            stub.push(first);
            stub
        }
        _ => history_from(first).map_err(damaged)?,
    };
    whole.extend(rest);
    Ok(whole)
}

/// An event as the log holds it.
pub(crate) fn read_event(stored: &events::StoredEvent) -> Result<Recorded, ActError> {
    let event = rules::case::Event::decode(&stored.kind, stored.version, &stored.payload)?;
    Ok(Recorded {
        sequence: stored.sequence,
        at: stored.at,
        actor: actor_of(stored)?,
        event,
    })
}

/// Who caused an event of any stream.
pub(crate) fn actor_of(stored: &events::StoredEvent) -> Result<Actor, StorageError> {
    let corrupt = |error: NotAnActor| StorageError::Corrupt(error.to_string());
    stored.actor.parse().map_err(corrupt)
}

pub(crate) fn unfit(reference: &Reference, source: Unfit) -> ActError {
    ActError::Unfit {
        reference: reference.to_string(),
        source,
    }
}

/// What the person had read when they acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// The case up to this event: anything newer by somebody else is shown first.
    UpTo(u32),
    /// It does not matter: the act adds to the record whatever happened meanwhile.
    Whatever,
}

/// Who acts, what they had read, and the key of the form that they sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct By<'a> {
    pub(crate) actor: Actor,
    pub(crate) seen: Seen,
    /// How much of the case somebody of staff has to see for this: the outline is enough for acts on a stub.
    pub(crate) least: Sight,
    /// A form with the same key changes a case once.
    pub(crate) once: Option<&'a str>,
}

impl By<'static> {
    /// What the system does by itself, whatever happened meanwhile.
    pub(crate) const SYSTEM: By<'static> = By {
        actor: Actor::System,
        seen: Seen::Whatever,
        least: Sight::Whole,
        once: None,
    };
}

/// How often an act or a look is tried again when somebody else wrote to the same case at the same moment.
pub(crate) const TRIES: u32 = 8;

/// Asks a rule about a case and records its answer, one act on a case after another.
pub(crate) async fn change<R>(office: &Office, reference: &Reference, by: By<'_>, rule: R) -> Result<Case, ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    attempt(office, reference, by, Needs::Case, |case, _, setting| {
        rule(case, setting)
    })
    .await
}

/// The same for what the system does by itself; answers as well how many events the rule asked for.
pub(crate) async fn change_by_itself<R>(
    office: &Office,
    reference: &Reference,
    rule: R,
) -> Result<(Case, usize), ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    let counted = AtomicUsize::new(0);
    let case = change(office, reference, By::SYSTEM, |case, setting| {
        let change = rule(case, setting)?;
        counted.store(change.events.len(), Ordering::Relaxed);
        Ok(change)
    })
    .await?;
    Ok((case, counted.into_inner()))
}

/// The same for a rule that asks what the post room holds of the case.
pub(crate) async fn change_with_letters<R>(
    office: &Office,
    reference: &Reference,
    by: By<'_>,
    rule: R,
) -> Result<Case, ActError>
where
    R: Fn(&Case, &[Posted]) -> Result<Change, Refused>,
{
    attempt(office, reference, by, Needs::Letters, |case, letters, _| {
        rule(case, letters)
    })
    .await
}

/// The same, with something that is written in the same transaction beside it.
pub(crate) async fn change_beside<R>(
    office: &Office,
    reference: &Reference,
    by: By<'_>,
    rule: R,
    beside: Beside,
) -> Result<Case, ActError>
where
    R: Fn(&Case, &Setting<'_>) -> Result<Change, Refused>,
{
    let needs = Needs::Beside(beside);
    attempt(office, reference, by, needs, |case, _, setting| rule(case, setting)).await
}

/// What is written in the transaction of a change, beside it.
pub(crate) type Beside = Arc<dyn for<'t> Fn(&'t mut Tx<'_>) -> Written<'t> + Send + Sync>;

/// The answer of what is written beside a change.
pub(crate) type Written<'t> = Pin<Box<dyn Future<Output = Result<(), StorageError>> + Send + 't>>;

/// What a change needs besides the case.
enum Needs {
    /// Nothing.
    Case,
    /// The rule is given its letters in the post room.
    Letters,
    /// This is written with it.
    Beside(Beside),
}

async fn attempt<R>(office: &Office, reference: &Reference, by: By<'_>, needs: Needs, rule: R) -> Result<Case, ActError>
where
    R: Fn(&Case, &[Posted], &Setting<'_>) -> Result<Change, Refused>,
{
    let _turn = office.turns.take(reference).await;
    let mut tries = 0;
    loop {
        let loaded = load(office, reference).await?;
        sees(office, &loaded.case, by.actor, by.least)?;
        let loaded = match needs {
            Needs::Case | Needs::Beside(_) => loaded,
            Needs::Letters => letters::beside(office, loaded).await?,
        };
        if already_done(office, &loaded, by).await? {
            return Ok(loaded.case);
        }
        check_seen(&loaded, by)?;
        let in_force = office.procedure_of(&loaded.case)?;
        let active = office.active();
        let setting = Setting {
            // What can be chosen is the list of today, whichever version the case keeps (decision 11).
            categories: active.catalogue.axes(),
            ..in_force.setting(office.now())
        };
        let change = rule(&loaded.case, &letters::posted(&loaded), &setting)?;
        if change.events.is_empty() {
            return Ok(loaded.case);
        }
        separation::kept(office, &loaded.case, &change.events, by.actor).await?;
        let key = once_key(&loaded.case.reference, by);
        let batch = Batch::prepare(office, Before::Case(Box::new(loaded)), change, by.actor, &in_force)?;
        let (case, now) = (batch.case.clone(), office.now());
        let batch = Arc::new(batch);
        let beside = match &needs {
            Needs::Beside(beside) => Some(beside.clone()),
            Needs::Case | Needs::Letters => None,
        };
        let written = office.store.write_ready(move |tx| {
            let (batch, key, beside) = (batch.clone(), key.clone(), beside.clone());
            Box::pin(async move { batch.write_once(tx, (key, now), beside.as_ref()).await })
        });
        match written.await {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            other => return other.map(|()| case).map_err(ActError::from),
        }
    }
}

pub(crate) fn once_key(reference: &Reference, by: By<'_>) -> Option<String> {
    by.once
        .filter(|key| !key.is_empty())
        .map(|key| key_of(reference, by.actor, key))
}

/// The key of what a member of staff does to a case by sending a form.
pub(crate) fn act_key(reference: &Reference, by: StaffId, once: &str) -> String {
    key_of(reference, Actor::Staff(by), once)
}

fn key_of(reference: &Reference, actor: Actor, once: &str) -> String {
    format!("act:{reference}:{actor}:{once}")
}

/// A second press of the same button is told what the first one did, before any rule can find the case changed by it.
pub(crate) async fn already_done(office: &Office, loaded: &Loaded, by: By<'_>) -> Result<bool, StorageError> {
    let Some(key) = once_key(&loaded.case.reference, by) else {
        return Ok(false);
    };
    office
        .store
        .read(move |tx| Box::pin(async move { idempotency::seen(tx, &key).await }))
        .await
}

/// An act on words that are older than the case is shown what happened; the system's own events do not count, nor that somebody looked.
pub(crate) fn check_seen(loaded: &Loaded, by: By<'_>) -> Result<(), ActError> {
    let Seen::UpTo(seen) = by.seen else { return Ok(()) };
    let newer = loaded.history.iter().filter(|recorded| recorded.sequence > seen);
    let somebody_else = newer
        .into_iter()
        .filter(|recorded| !matches!(recorded.event, Event::RecordViewed(_)))
        .any(|recorded| recorded.actor != by.actor && recorded.actor != Actor::System);
    if somebody_else {
        Err(ActError::Stale {
            sequence: loaded.case.sequence,
        })
    } else {
        Ok(())
    }
}
