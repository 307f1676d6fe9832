//! Sealing the access log: a digest of its new entries goes into the log of events, and the check holds every entry against it (R89).

use jiff::{Span, Timestamp};
use rules::confidential::looks::{EmptiedLooks, LOOKS, LookEvent, SealedLooks};
use rules::people::Actor;
use storage::events::{NewEvent, StoredEvent};
use storage::leases::{self, Lease};
use storage::looks::{self, Run};
use storage::{StorageError, Tx, events, stream_keys};

use crate::{ActError, Office};

/// How many of the latest events of the log are looked through for its last seal, before all of them are.
const LATELY: u32 = 100;

/// Seals what is new, for the node whose turn it is. Answers how many entries that were.
///
/// # Errors
/// When the store cannot be read or written; the next round seals them.
pub async fn seal_in_turn(office: &Office, lease: &Lease) -> Result<u64, ActError> {
    let (now, lease) = (office.now(), lease.clone());
    let sealed = office.store.write(move |tx| {
        Box::pin(async move {
            match leases::is_held(tx, &lease).await? {
                true => seal(tx, now).await,
                false => Ok(0),
            }
        })
    });
    sealed.await
}

/// Empties the entries about no case that were kept for as long as the procedure in force says. Those about a case are emptied with it.
///
/// # Errors
/// As for [`seal_in_turn`].
pub async fn empty_old(office: &Office, lease: &Lease) -> Result<u64, ActError> {
    let (now, lease) = (office.now(), lease.clone());
    let years = office.active().procedure.erasure.access_log_years;
    let zone = office.active().calendar.time_zone().clone();
    let before = zone.to_datetime(now).checked_sub(Span::new().years(i64::from(years)));
    let before = before.and_then(|before| zone.to_timestamp(before));
    // Before there were clocks nothing was kept.
    let Ok(before) = before else { return Ok(0) };
    let emptied = office.store.write(move |tx| {
        Box::pin(async move {
            if !leases::is_held(tx, &lease).await? {
                return Ok(0);
            }
            let emptied = looks::empty_before(tx, before).await?;
            if emptied > 0 {
                append(tx, &LookEvent::Emptied(EmptiedLooks { before }), now).await?;
            }
            Ok::<_, ActError>(emptied)
        })
    });
    emptied.await
}

async fn seal(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, ActError> {
    let before = last_sealed(tx).await?;
    let last = looks::last(tx).await?;
    if last <= before {
        return Ok(0);
    }
    let first = before + 1;
    let Run { digest, .. } = looks::run(tx, first, last).await?;
    let event = LookEvent::Sealed(SealedLooks { first, last, digest });
    append(tx, &event, now).await?;
    Ok(last - before)
}

async fn append(tx: &mut Tx<'_>, event: &LookEvent, at: Timestamp) -> Result<(), StorageError> {
    let new = NewEvent {
        stream: LOOKS.to_owned(),
        sequence: events::sequence_of(tx, LOOKS).await? + 1,
        kind: event.kind().to_owned(),
        version: event.version(),
        at,
        actor: Actor::System.to_string(),
        payload: event.encode(),
    };
    events::append(tx, std::slice::from_ref(&new)).await.map(drop)
}

/// The number of the last entry that is sealed; 0 where none is.
async fn last_sealed(tx: &mut Tx<'_>) -> Result<u64, ActError> {
    let lately = events::latest(tx, LOOKS, u32::MAX, LATELY).await?;
    let all = match seals(&read(&lately)?).next() {
        Some(sealed) => return Ok(sealed.last),
        None if lately.len() < LATELY as usize => return Ok(0),
        None => events::load(tx, LOOKS).await?,
    };
    Ok(seals(&read(&all)?).next_back().map_or(0, |sealed| sealed.last))
}

fn seals(events: &[LookEvent]) -> impl DoubleEndedIterator<Item = &SealedLooks> {
    events.iter().filter_map(|event| match event {
        LookEvent::Sealed(sealed) => Some(sealed),
        LookEvent::Emptied(_) => None,
    })
}

fn read(stored: &[StoredEvent]) -> Result<Vec<LookEvent>, ActError> {
    let events = stored
        .iter()
        .map(|stored| LookEvent::decode(&stored.kind, stored.version, &stored.payload));
    let events: Result<Vec<LookEvent>, _> = events.collect();
    events.map_err(ActError::from)
}

/// Holds every entry against its hash, every run against its seal, and every emptied entry against what emptied it. Answers what is wrong, a
/// sentence each without a full stop.
///
/// # Errors
/// When the store cannot be read.
pub async fn check(office: &Office) -> Result<Vec<String>, ActError> {
    let stored = office
        .store
        .read(|tx| Box::pin(async move { events::load(tx, LOOKS).await }))
        .await?;
    let events = read(&stored)?;
    let emptied_before = events.iter().filter_map(|event| match event {
        LookEvent::Emptied(emptied) => Some(emptied.before),
        LookEvent::Sealed(_) => None,
    });
    let emptied_before = emptied_before.max();
    let (mut faults, mut next) = (Vec::new(), 1);
    for sealed in seals(&events) {
        if sealed.first != next {
            faults.push(format!("the access log has no seal over its entries from {next} on"));
        }
        next = sealed.last + 1;
        let run = run(office, (sealed.first, sealed.last), emptied_before, &mut faults).await?;
        if run.digest != sealed.digest {
            faults.push(format!(
                "the entries {} to {} of the access log are not those that were sealed",
                sealed.first, sealed.last
            ));
        }
    }
    let last = office
        .store
        .read(|tx| Box::pin(async move { looks::last(tx).await }))
        .await?;
    if last >= next {
        run(office, (next, last), emptied_before, &mut faults).await?;
    }
    Ok(faults)
}

async fn run(
    office: &Office,
    (first, last): (u64, u64),
    emptied_before: Option<Timestamp>,
    faults: &mut Vec<String>,
) -> Result<Run, ActError> {
    let look = office.store.read(move |tx| {
        Box::pin(async move {
            let run = looks::run(tx, first, last).await?;
            let mut wrongly = Vec::new();
            for (number, at, reference) in &run.emptied {
                let is_due = match reference {
                    Some(case) => stream_keys::destroyed_at(tx, case).await?.is_some(),
                    None => emptied_before.is_some_and(|before| *at < before),
                };
                if !is_due {
                    wrongly.push(*number);
                }
            }
            Ok::<_, StorageError>((run, wrongly))
        })
    });
    let (run, wrongly) = look.await?;
    let say = |number: &u64, what: &str| format!("entry {number} of the access log {what}");
    faults.extend(run.altered.iter().map(|number| say(number, "was altered")));
    faults.extend(run.missing.iter().map(|number| say(number, "is missing")));
    faults.extend(
        wrongly
            .iter()
            .map(|number| say(number, "was emptied, and nothing on record asks for it")),
    );
    Ok(run)
}
