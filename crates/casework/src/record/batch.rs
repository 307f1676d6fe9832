//! Everything that one transaction writes of a case: made from a change, or from the whole history when rows are rebuilt (invariant 2).

use jiff::Timestamp;
use rules::case::{Case, Change, Event, Recorded, Reference, Setting, Unfit};
use rules::confidential::sealing::stub::is_wordless;
use rules::deadlines::deadlines;
use rules::files::Scanned;
use rules::handling::close;
use rules::letters::fixed::{NotFixed, fix};
use rules::people::Actor;
use storage::cases::CaseRow;
use storage::deadlines::DeadlineRow;
use storage::events::{NewEvent, ReadyEvent};
use storage::facts::Counted;
use storage::jobs::{JobRow, JobUpdate};
use storage::keeping::KeepingRow;
use storage::outbox::NewOutbox;
use storage::search::Document;
use storage::stream_keys::{self, NewKey};
use storage::{
    Keys, StorageError, Tx, cases, deadlines as dates, drafts, events, facts, follow_on, idempotency, jobs, keeping,
    outbox, search,
};

use super::lane::{LaneRows, changes_lane};
use super::{Beside, Loaded, letters, unfit};
use crate::files::attach;
use crate::in_force::InForce;
use crate::review::{NewPromise, promised};
use crate::way_back::WayBack;
use crate::{ActError, Office, derive};

/// What a case was before a change.
pub(crate) enum Before {
    /// Nothing: the change begins it.
    Nothing(Reference),
    /// This.
    Case(Box<Loaded>),
}

/// What is appended to the log.
enum Log {
    /// The stream begins: its key was made with the batch, so that its events are sealed before the writer has its turn.
    Begins(NewKey, Vec<ReadyEvent>),
    /// The stream goes on under the key that the store has.
    GoesOn(Vec<NewEvent>),
}

impl Log {
    fn of(office: &Office, reference: &Reference, history: &[Recorded], old: usize) -> Result<Log, StorageError> {
        let new = history[old..].iter().map(|recorded| new_event(reference, recorded));
        let Some(first) = history.first().filter(|_| old == 0) else {
            return Ok(Log::GoesOn(new.collect()));
        };
        let key = NewKey::make(office.store.keys(), &reference.to_string(), first.at)?;
        let ready = new
            .map(|event| ReadyEvent::of(&event, &key))
            .collect::<Result<_, _>>()?;
        Ok(Log::Begins(key, ready))
    }

    async fn append(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        match self {
            Log::Begins(key, events) => {
                stream_keys::begin(tx, key).await?;
                events::append_ready(tx, events).await.map(drop)
            }
            Log::GoesOn(events) => events::append(tx, events).await.map(drop),
        }
    }
}

/// Everything that one transaction writes.
pub(crate) struct Batch {
    pub(crate) case: Case,
    log: Log,
    row: CaseRow,
    dates: Vec<DeadlineRow>,
    job: Option<JobRow>,
    updates: Vec<JobUpdate>,
    letters: Vec<NewOutbox>,
    /// The number of the first of these, where it was taken before.
    first_letter: Option<i64>,
    /// Letters whose place the new ones take.
    replaced: Vec<i64>,
    found_by: Option<Document>,
    way_back: Option<WayBack>,
    lane: Option<LaneRows>,
    /// The leading case of its group, where that changed; nothing inside where it stands alone.
    group: Option<Option<String>>,
    /// How long it is kept, where that changed; nothing inside while it is open and nobody holds it.
    keeping: Option<Option<KeepingRow>>,
    /// Files that came with the new words: their opaque names, and what was said of them.
    files: Vec<(String, Scanned)>,
    at: Timestamp,
    facts: Counted,
    promises: Vec<NewPromise>,
}

impl Batch {
    /// Folds the change into the case and makes its rows. What follows by itself is added as the system's own act.
    pub(crate) fn prepare(
        office: &Office,
        before: Before,
        mut change: Change,
        actor: Actor,
        in_force: &InForce,
    ) -> Result<Batch, ActError> {
        let now = office.now();
        let setting = in_force.setting(now);
        // What the post room reports is what it sent.
        if actor != Actor::System {
            change = change.plain()?;
        }
        let was_kept = match &before {
            Before::Nothing(_) => None,
            Before::Case(loaded) => derive::keeping_row(&loaded.case, &setting),
        };
        let (reference, mut history, before, kept) = match before {
            Before::Nothing(reference) => (reference, Vec::new(), None, Vec::new()),
            Before::Case(loaded) => {
                let Loaded { case, history, letters } = *loaded;
                change = fixed(office, &case, change, actor, &setting)?;
                (case.reference.clone(), history, Some(case), letters)
            }
        };
        let old = history.len();
        if before.as_ref().is_some_and(Case::is_sealed) && !change.events.iter().all(is_wordless) {
            // Whoever wrote these words began before the case was sealed: sent again, they go into its record.
            return Err(ActError::Stale { sequence: old as u32 });
        }
        let mut case = append(&reference, before, change.events, (actor, now), &mut history)?;
        let letters = letters::waiting(office, &case, &change.letters, &kept, &setting)?;
        let follow_up = close::consequences(&case, &setting);
        if !follow_up.is_empty() {
            case = append(&reference, Some(case), follow_up, (Actor::System, now), &mut history)?;
        }
        let deadlines = deadlines(&case, &setting)?;
        let keeping = derive::keeping_row(&case, &setting);
        let new = &history[old..];
        let moved = new.iter().any(changes_lane);
        let regrouped = new.iter().any(|recorded| derive::changes_group(&recorded.event));
        let found_anew = new.iter().any(|recorded| derive::changes_search(&recorded.event));
        Ok(Batch {
            log: Log::of(office, &reference, &history, old)?,
            row: derive::case_row(&case, &deadlines, &setting)?,
            dates: derive::deadline_rows(&case, &deadlines, &setting),
            job: derive::job_row(&case, now),
            updates: derive::job_updates(&case, if moved { &history } else { new }),
            letters,
            first_letter: None,
            replaced: change.letters.iter().filter_map(|owed| owed.same_as).collect(),
            found_by: found_anew.then(|| found_by(office.store.keys(), &case, &history)),
            way_back: (old == 0).then(|| WayBack::of(&case)),
            lane: moved.then(|| LaneRows::of(&case)),
            group: regrouped.then(|| derive::group(&case)),
            keeping: (keeping != was_kept).then_some(keeping),
            files: new.iter().filter_map(|recorded| file_of(&recorded.event)).collect(),
            at: now,
            facts: rules::review::facts(&case, &history, &setting).into(),
            promises: promised(&case, new, setting.calendar)?,
            case,
        })
    }

    /// Writes it all unless a form with this key was written before.
    pub(super) async fn write_once(
        &self,
        tx: &mut Tx<'_>,
        (key, at): (Option<String>, Timestamp),
        beside: Option<&Beside>,
    ) -> Result<(), StorageError> {
        if claimed(tx, key, at).await? {
            self.write(tx).await?;
            if let Some(beside) = beside {
                beside(tx).await?;
            }
        }
        Ok(())
    }

    /// Writes it all, or nothing.
    pub(crate) async fn write(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        self.log.append(tx).await?;
        self.write_derived(tx).await?;
        for promise in &self.promises {
            events::append(tx, std::slice::from_ref(&promise.event)).await?;
            follow_on::put(tx, &promise.row, promise.at).await?;
        }
        for (file, scanned) in &self.files {
            attach(tx, (file, scanned), &self.row.reference, self.at).await?;
        }
        for number in &self.replaced {
            outbox::replace(tx, *number).await?;
        }
        let mut numbered = self.first_letter;
        for message in &self.letters {
            match numbered.take() {
                Some(number) => outbox::put(tx, number, message).await?,
                None => drop(outbox::add(tx, message).await?),
            }
        }
        Ok(())
    }

    /// The same with a number for the first letter, so that the writer need not ask for one.
    pub(crate) fn first_letter_is(self, number: i64) -> Batch {
        Batch {
            first_letter: Some(number),
            ..self
        }
    }

    /// The rows that can be rebuilt from the events at any time.
    pub(crate) async fn write_derived(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let reference = &self.row.reference;
        cases::put(tx, &self.row).await?;
        match &self.log {
            Log::Begins(..) => self.add_first(tx).await?,
            Log::GoesOn(_) => self.replace(tx).await?,
        }
        if let Some(lane) = &self.lane {
            lane.write(tx, reference).await?;
        }
        if let Some(leading) = &self.group {
            cases::set_group(tx, reference, leading.as_deref()).await?;
        }
        self.write_keeping(tx).await?;
        if let Some(job) = &self.job {
            jobs::put(tx, job).await?;
        }
        for update in &self.updates {
            jobs::put_update(tx, update).await?;
        }
        if let Some(way_back) = &self.way_back {
            way_back.keep(tx, reference).await?;
        }
        Ok(())
    }

    /// How long the case is kept.
    pub(crate) async fn write_keeping(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        match &self.keeping {
            Some(Some(row)) => keeping::put(tx, row).await,
            Some(None) => keeping::clear(tx, self.row.number).await,
            None => Ok(()),
        }
    }

    /// Rows of a case that has none yet: nothing has to be looked for that they might replace.
    async fn add_first(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let reference = &self.row.reference;
        dates::add(tx, reference, &self.dates).await?;
        facts::add(tx, &self.facts).await?;
        match &self.found_by {
            Some(document) => search::add(tx, reference, document).await,
            None => Ok(()),
        }
    }

    async fn replace(&self, tx: &mut Tx<'_>) -> Result<(), StorageError> {
        let reference = &self.row.reference;
        dates::replace(tx, reference, &self.dates).await?;
        facts::put(tx, &self.facts).await?;
        match &self.found_by {
            Some(document) => search::put(tx, reference, document).await,
            None => Ok(()),
        }
    }

    /// The rows of a case that is already in the log.
    pub(crate) fn rebuilt(loaded: Loaded, in_force: &InForce, keys: &Keys) -> Result<Batch, ActError> {
        let Loaded { case, history, .. } = loaded;
        let last = history.last().map_or(case.logged_at, |recorded| recorded.at);
        let setting = in_force.setting(last);
        let deadlines = deadlines(&case, &setting)?;
        Ok(Batch {
            log: Log::GoesOn(Vec::new()),
            row: derive::case_row(&case, &deadlines, &setting)?,
            dates: derive::deadline_rows(&case, &deadlines, &setting),
            job: derive::job_row(&case, last),
            updates: derive::job_updates(&case, &history),
            letters: Vec::new(),
            first_letter: None,
            replaced: Vec::new(),
            found_by: Some(found_by(keys, &case, &history)),
            way_back: Some(WayBack::of(&case)),
            lane: Some(LaneRows::of(&case)),
            group: case.is_in_group().then(|| derive::group(&case)),
            keeping: derive::keeping_row(&case, &setting).map(Some),
            files: Vec::new(),
            at: last,
            facts: rules::review::facts(&case, &history, &setting).into(),
            // What was promised has streams of its own, from which its rows are made again.
            promises: Vec::new(),
            case,
        })
    }
}

/// The change with its decision letters written out whole: no act can send one whose words were not fixed and checked (P35).
fn fixed(
    office: &Office,
    case: &Case,
    change: Change,
    actor: Actor,
    setting: &Setting<'_>,
) -> Result<Change, ActError> {
    fix(case, change, actor, office, setting).map_err(|error| match error {
        NotFixed::Refused(refused) => refused.into(),
        NotFixed::Unfit(source) => unfit(&case.reference, source),
    })
}

/// Whether the form with this key may write: nothing with the key was written before.
pub(crate) async fn claimed(tx: &mut Tx<'_>, key: Option<String>, at: Timestamp) -> Result<bool, StorageError> {
    match key {
        Some(key) => {
            // What was sent is no draft any more.
            drafts::sent(tx, &key).await?;
            Ok(idempotency::claim(tx, &key, at).await? == idempotency::Claim::Fresh)
        }
        None => Ok(true),
    }
}

fn append(
    reference: &Reference,
    before: Option<Case>,
    events: Vec<Event>,
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

fn found_by(keys: &Keys, case: &Case, history: &[Recorded]) -> Document {
    Document::of(keys, &derive::search_texts(case, history))
}

fn file_of(event: &Event) -> Option<(String, Scanned)> {
    match event {
        Event::FileAttached(file) => Some((file.id.clone(), file.scanned.clone())),
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
