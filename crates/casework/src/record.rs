//! The single write path: a change becomes events, rows, deadlines, job updates, letters and audit leaves in one transaction (invariant 2).

use jiff::Timestamp;
use rules::case::{Case, Change, Event, Recorded, Reference, Refused, Setting, Unfit};
use rules::deadlines::deadlines;
use rules::handling::close;
use rules::letters::Posted;
use rules::people::Actor;
use storage::cases::CaseRow;
use storage::deadlines::DeadlineRow;
use storage::events::NewEvent;
use storage::jobs::{JobRow, JobUpdate};
use storage::outbox::NewOutbox;
use storage::search::Weight;
use storage::{StorageError, Tx, cases, deadlines as dates, events, files, idempotency, jobs, outbox, search};

use self::letters::Kept;
use crate::office::InForce;
use crate::way_back::WayBack;
use crate::{ActError, Office, derive};

mod letters;

/// A case as it was loaded: folded, with its history.
#[derive(Debug, Clone)]
pub(crate) struct Loaded {
    pub(crate) case: Case,
    pub(crate) history: Vec<Recorded>,
    /// What the post room holds of it, where a rule asks.
    letters: Vec<Kept>,
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
    let case = Case::replay(reference.clone(), &history).map_err(|source| unfit(reference, source))?;
    Ok(Loaded {
        case,
        history,
        letters: Vec::new(),
    })
}

/// An event as the log holds it.
pub(crate) fn read_event(stored: &events::StoredEvent) -> Result<Recorded, ActError> {
    let event = rules::case::Event::decode(&stored.kind, stored.version, &stored.payload)?;
    let actor = stored
        .actor
        .parse()
        .map_err(|error: rules::people::NotAnActor| StorageError::Corrupt(error.to_string()))?;
    Ok(Recorded {
        sequence: stored.sequence,
        at: stored.at,
        actor,
        event,
    })
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
    /// A form with the same key changes a case once.
    pub(crate) once: Option<&'a str>,
}

/// How often an act is tried again when another process wrote to the same case at the same moment.
const TRIES: u32 = 8;

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

/// What a rule is given besides the setting.
#[derive(Clone, Copy)]
enum Needs {
    /// The case.
    Case,
    /// The case and its letters in the post room.
    Letters,
}

async fn attempt<R>(office: &Office, reference: &Reference, by: By<'_>, needs: Needs, rule: R) -> Result<Case, ActError>
where
    R: Fn(&Case, &[Posted], &Setting<'_>) -> Result<Change, Refused>,
{
    let _turn = office.turns.take(reference).await;
    let mut tries = 0;
    loop {
        let loaded = match needs {
            Needs::Case => load(office, reference).await?,
            Needs::Letters => letters::beside(office, load(office, reference).await?).await?,
        };
        if already_done(office, &loaded, by).await? {
            return Ok(loaded.case);
        }
        check_seen(&loaded, by)?;
        let in_force = office.procedure_of(&loaded.case)?;
        let setting = in_force.setting(office.now());
        let change = rule(&loaded.case, &letters::posted(&loaded), &setting)?;
        if change.events.is_empty() {
            return Ok(loaded.case);
        }
        let key = once_key(&loaded.case.reference, by);
        let batch = Batch::prepare(office, Before::Case(Box::new(loaded)), change, by.actor, &in_force)?;
        let case = batch.case.clone();
        let now = office.now();
        match office
            .store
            .write(move |tx| Box::pin(async move { batch.write_once(tx, key, now).await }))
            .await
        {
            Err(StorageError::Conflict { .. }) if tries < TRIES => tries += 1,
            other => return other.map(|()| case).map_err(ActError::from),
        }
    }
}

fn once_key(reference: &Reference, by: By<'_>) -> Option<String> {
    by.once
        .filter(|key| !key.is_empty())
        .map(|key| format!("act:{reference}:{}:{key}", by.actor))
}

/// A second press of the same button is told what the first one did, before any rule can find the case changed by it.
async fn already_done(office: &Office, loaded: &Loaded, by: By<'_>) -> Result<bool, StorageError> {
    let Some(key) = once_key(&loaded.case.reference, by) else {
        return Ok(false);
    };
    office
        .store
        .read(move |tx| Box::pin(async move { idempotency::seen(tx, &key).await }))
        .await
}

/// An act on words that are older than the case is shown what happened; the system's own events do not count.
fn check_seen(loaded: &Loaded, by: By<'_>) -> Result<(), ActError> {
    let Seen::UpTo(seen) = by.seen else { return Ok(()) };
    let newer = loaded.history.iter().filter(|recorded| recorded.sequence > seen);
    let somebody_else = newer
        .into_iter()
        .any(|recorded| recorded.actor != by.actor && recorded.actor != Actor::System);
    if somebody_else {
        Err(ActError::Stale {
            sequence: loaded.case.sequence,
        })
    } else {
        Ok(())
    }
}

/// What a case was before a change.
pub(crate) enum Before {
    /// Nothing: the change begins it.
    Nothing(Reference),
    /// This.
    Case(Box<Loaded>),
}

/// Everything that one transaction writes.
pub(crate) struct Batch {
    pub(crate) case: Case,
    events: Vec<NewEvent>,
    row: CaseRow,
    dates: Vec<DeadlineRow>,
    job: Option<JobRow>,
    updates: Vec<JobUpdate>,
    letters: Vec<NewOutbox>,
    /// Letters whose place the new ones take.
    replaced: Vec<i64>,
    texts: Option<Vec<(Weight, String)>>,
    way_back: Option<WayBack>,
    /// Files that came with the new words, by their opaque names.
    files: Vec<String>,
    at: Timestamp,
}

impl Batch {
    /// Folds the change into the case and makes its rows. What follows by itself is added as the system's own act.
    pub(crate) fn prepare(
        office: &Office,
        before: Before,
        change: Change,
        actor: Actor,
        in_force: &InForce,
    ) -> Result<Batch, ActError> {
        let now = office.now();
        let setting = in_force.setting(now);
        let (reference, mut history, before, kept) = match before {
            Before::Nothing(reference) => (reference, Vec::new(), None, Vec::new()),
            Before::Case(loaded) => {
                let Loaded { case, history, letters } = *loaded;
                (case.reference.clone(), history, Some(case), letters)
            }
        };
        let old = history.len();
        let mut case = append(&reference, before, change.events, (actor, now), &mut history)?;
        let letters = letters::waiting(office, &case, &change.letters, &kept, &setting)?;
        let follow_up = close::consequences(&case, &setting);
        if !follow_up.is_empty() {
            case = append(&reference, Some(case), follow_up, (Actor::System, now), &mut history)?;
        }
        let deadlines = deadlines(&case, &setting)?;
        let new = &history[old..];
        let found_anew = new.iter().any(|recorded| derive::changes_search(&recorded.event));
        Ok(Batch {
            events: new.iter().map(|recorded| new_event(&reference, recorded)).collect(),
            row: derive::case_row(&case, &deadlines)?,
            dates: derive::deadline_rows(&case, &deadlines),
            job: derive::job_row(&case, now),
            updates: new
                .iter()
                .filter_map(|recorded| derive::job_update(&case, recorded))
                .collect(),
            letters,
            replaced: change.letters.iter().filter_map(|owed| owed.same_as).collect(),
            texts: found_anew.then(|| derive::search_texts(&case, &history)),
            way_back: (old == 0).then(|| WayBack::of(&case)),
            files: new.iter().filter_map(|recorded| file_of(&recorded.event)).collect(),
            at: now,
            case,
        })
    }

    /// Writes it all unless a form with this key was written before.
    async fn write_once(&self, tx: &mut Tx<'_>, key: Option<String>, at: Timestamp) -> Result<(), StorageError> {
        if let Some(key) = key
            && idempotency::claim(tx, &key, at).await? != idempotency::Claim::Fresh
        {
            return Ok(());
        }
        self.write(tx).await
    }

    /// Writes it all, or nothing.
    pub(crate) async fn write(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        events::append(tx, &self.events).await?;
        self.write_derived(tx).await?;
        for file in &self.files {
            files::attach(tx, file, &self.row.reference, self.at).await?;
        }
        for number in &self.replaced {
            outbox::replace(tx, *number).await?;
        }
        for message in &self.letters {
            outbox::add(tx, message).await?;
        }
        Ok(())
    }

    /// The rows that can be rebuilt from the events at any time.
    pub(crate) async fn write_derived(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let reference = &self.row.reference;
        cases::put(tx, &self.row).await?;
        dates::replace(tx, reference, &self.dates).await?;
        if let Some(job) = &self.job {
            jobs::put(tx, job).await?;
        }
        for update in &self.updates {
            jobs::put_update(tx, update).await?;
        }
        if let Some(texts) = &self.texts {
            let texts: Vec<(Weight, &str)> = texts.iter().map(|(weight, text)| (*weight, text.as_str())).collect();
            search::index(tx, reference, &texts).await?;
        }
        if let Some(way_back) = &self.way_back {
            way_back.keep(tx, reference).await?;
        }
        Ok(())
    }

    /// The rows of a case that is already in the log.
    pub(crate) fn rebuilt(loaded: Loaded, in_force: &InForce) -> Result<Batch, ActError> {
        let Loaded { case, history, .. } = loaded;
        let last = history.last().map_or(case.logged_at, |recorded| recorded.at);
        let deadlines = deadlines(&case, &in_force.setting(last))?;
        Ok(Batch {
            events: Vec::new(),
            row: derive::case_row(&case, &deadlines)?,
            dates: derive::deadline_rows(&case, &deadlines),
            job: derive::job_row(&case, last),
            updates: history
                .iter()
                .filter_map(|recorded| derive::job_update(&case, recorded))
                .collect(),
            letters: Vec::new(),
            replaced: Vec::new(),
            texts: Some(derive::search_texts(&case, &history)),
            way_back: Some(WayBack::of(&case)),
            files: Vec::new(),
            at: last,
            case,
        })
    }
}

fn append(
    reference: &Reference,
    before: Option<Case>,
    events: Vec<rules::case::Event>,
    (actor, at): (Actor, Timestamp),
    history: &mut Vec<Recorded>,
) -> Result<Case, ActError> {
    let mut case = before;
    for event in events {
        let sequence = case.as_ref().map_or(1, |case| case.sequence + 1);
        let by_itself = actor == Actor::Complainant && !event.is_said_by_complainant();
        let recorded = Recorded {
            sequence,
            at,
            actor: if by_itself { Actor::System } else { actor },
            event,
        };
        case = Some(
            match case {
                None => Case::replay(reference.clone(), std::slice::from_ref(&recorded)),
                Some(case) => case.after(&recorded),
            }
            .map_err(|source| unfit(reference, source))?,
        );
        history.push(recorded);
    }
    case.ok_or_else(|| unfit(reference, Unfit::NoBeginning))
}

fn file_of(event: &Event) -> Option<String> {
    match event {
        Event::FileAttached(file) => Some(file.id.clone()),
        _ => None,
    }
}

fn new_event(reference: &Reference, recorded: &Recorded) -> NewEvent {
    NewEvent {
        stream: reference.to_string(),
        sequence: recorded.sequence,
        kind: recorded.event.kind().to_owned(),
        version: recorded.event.version(),
        at: recorded.at,
        actor: recorded.actor.to_string(),
        payload: recorded.event.encode(),
    }
}
