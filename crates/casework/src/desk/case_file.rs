//! One case, whole: for the case page, the tracking page and `redress explain`.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::SignedDuration;
use rules::case::change::permit;
use rules::case::{Case, Event, Recorded, Reference, StageRecord};
use rules::clock::{ClockError, full_date};
use rules::confidential::looks::Way;
use rules::confidential::{Guard, Sight, sight};
use rules::deadlines::{Deadline, Duty, deadlines};
use rules::investigation::sight::{investigates, withheld};
use rules::letters::fixed::{Proven, prove};
use rules::people::{Act, Person};
use rules::procedure::Catalogue;
use rules::redaction::spelled;
use storage::events::Trace;
use storage::{audit, events};

use super::lists::{LineDue, line_days};
use crate::clearance::look;
use crate::looks::{self, Look, OnRecord};
use crate::office::InForce;
use crate::record::{Loaded, load};
use crate::secrets::Secrets;
use crate::{ActError, Office};

/// A case with its history and its dates.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The case.
    pub case: Case,
    /// Its events, the oldest first.
    pub history: Vec<Recorded>,
    /// Its dates, met and open.
    pub deadlines: Vec<Deadline>,
    /// The procedure under which it is handled.
    pub in_force: Arc<InForce>,
    /// What categories are called, whichever version they came from, and which can be chosen now.
    pub catalogue: Arc<Catalogue>,
    /// The instant of reading.
    pub now: jiff::Timestamp,
    /// How letters that went out stand to those that were fixed, by the number of the event of their arrival.
    pub proven: BTreeMap<u32, Proven>,
    /// Cases that its history names and the reader does not see: nothing is shown of them (invariant 12).
    hidden: BTreeSet<Reference>,
}

impl CaseFile {
    /// The open date that the case page shows: the decision, or the answer to a request for stage 2.
    pub fn open_date(&self) -> Option<&Deadline> {
        let open = |duty: Duty| {
            self.deadlines
                .iter()
                .rev()
                .find(move |deadline| deadline.duty == duty && deadline.met_at.is_none())
        };
        open(Duty::EscalationDecision).or_else(|| open(Duty::Decision))
    }

    /// True of another case that is as good as not there for the reader.
    pub fn hides(&self, other: &Reference) -> bool {
        self.hidden.contains(other)
    }

    /// The latest decision date, open or met.
    pub fn decision_date(&self) -> Option<&Deadline> {
        self.deadlines
            .iter()
            .rev()
            .find(|deadline| deadline.duty == Duty::Decision)
    }

    /// When the next update is owed.
    pub fn update_date(&self) -> Option<&Deadline> {
        self.deadlines
            .iter()
            .rev()
            .find(|deadline| deadline.duty == Duty::Update)
    }

    /// A date as days of its clock.
    pub fn days(&self, deadline: &Deadline) -> LineDue {
        let setting = self.in_force.setting(self.now);
        let moved =
            |stage: &&StageRecord| stage.entry.stage == deadline.stage && stage.entry.clock_from == deadline.from;
        let stage = self.case.stages.iter().rev().find(moved);
        LineDue {
            extended: deadline.duty == Duty::Decision && stage.is_some_and(|stage| !stage.extensions.is_empty()),
            ..line_days(
                deadline.due_on,
                deadline.due_at,
                setting.local_date(deadline.from),
                &setting,
            )
        }
    }
}

/// A case for somebody who may see all of it. That they looked at a restricted one is kept. Nothing in it lets them in as the complainant: the
/// code and the link are taken out of every word.
///
/// # Errors
/// [`ActError::NotFound`] when there is none or they may not see it: nobody can tell which (invariant 12).
pub async fn for_staff(office: &Office, reference: &Reference, by: &Person) -> Result<CaseFile, ActError> {
    let (file, on_record) = for_staff_by(office, reference, by, Way::Page).await?;
    on_record.kept().await?;
    Ok(file)
}

/// The same by a way of the access log. Nothing of the case may be shown before its entry is kept, which is written meanwhile.
///
/// # Errors
/// As for [`for_staff`].
pub async fn for_staff_by(
    office: &Office,
    reference: &Reference,
    by: &Person,
    way: Way,
) -> Result<(CaseFile, OnRecord), ActError> {
    permit(by, Act::SeeCases)?;
    let loaded = look(office, reference, by, Sight::Whole).await?;
    let look = Look {
        who: by.id,
        way,
        case: Some(reference),
        about: None,
    };
    let on_record = looks::begin(office, look);
    Ok((whole(office, &loaded, by).await?, on_record))
}

/// A case from which somebody takes a file: the download is what is put on record.
///
/// # Errors
/// As for [`for_staff`].
pub async fn for_a_file(office: &Office, reference: &Reference, by: &Person) -> Result<CaseFile, ActError> {
    permit(by, Act::SeeCases)?;
    let loaded = look(office, reference, by, Sight::Whole).await?;
    whole(office, &loaded, by).await
}

async fn whole(office: &Office, loaded: &Loaded, by: &Person) -> Result<CaseFile, ActError> {
    let file = file(office, spelt(office, for_eyes_of(by, loaded)?)?)?;
    let hidden = hidden(office, &file.history, by).await?;
    Ok(CaseFile {
        hidden,
        // What went out is held against the record as it is, with the way back of the complainant in it.
        proven: proven(&loaded.history),
        ..file
    })
}

/// The same for one line of a list, which shows no more than any list does: it is not kept as a look.
///
/// # Errors
/// As for [`for_staff`].
pub async fn for_a_line(office: &Office, reference: &Reference, by: &Person) -> Result<CaseFile, ActError> {
    permit(by, Act::SeeCases)?;
    let loaded = load(office, reference).await?;
    if sight(&Guard::of(&loaded.case), by) != Some(Sight::Whole) {
        return Err(ActError::NotFound);
    }
    file(office, for_eyes_of(by, &loaded)?)
}

/// How much of a case somebody may see; nothing where there is none for them.
///
/// # Errors
/// When the case cannot be read.
pub async fn sight_of(office: &Office, reference: &Reference, by: &Person) -> Result<Option<Sight>, ActError> {
    match load(office, reference).await {
        Ok(loaded) => Ok(sight(&Guard::of(&loaded.case), by)),
        Err(ActError::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

/// How long a clerk can read out the code of a complaint that they logged: as long as a conversation lasts.
const TO_READ_OUT: SignedDuration = SignedDuration::from_hours(1);

/// What a clerk just wrote down for somebody, with the code to read out, whoever may see the case from here on: it is the only way back for a
/// caller who left no address (R7, R85).
///
/// # Errors
/// [`ActError::NotFound`] for what somebody else logged, or longer than an hour ago.
pub async fn just_logged(office: &Office, reference: &Reference, by: &Person) -> Result<CaseFile, ActError> {
    permit(by, Act::LogFeedback)?;
    let loaded = load(office, reference).await?;
    let theirs = loaded.case.received.logged_by == Some(by.id);
    if !theirs || office.now().duration_since(loaded.case.logged_at) > TO_READ_OUT {
        return Err(ActError::NotFound);
    }
    file(office, loaded)
}

/// A case for the complainant who showed its code or link.
///
/// # Errors
/// When it cannot be read.
pub async fn for_complainant(office: &Office, who: &crate::intake::track::Complainant) -> Result<CaseFile, ActError> {
    file(office, load(office, who.reference()).await?)
}

/// A case for the operator at the machine, who holds the keys.
///
/// # Errors
/// When there is none, or it cannot be read.
pub async fn for_operator(office: &Office, reference: &Reference) -> Result<CaseFile, ActError> {
    file(office, load(office, reference).await?)
}

/// The cases that a history names and somebody does not see.
async fn hidden(office: &Office, history: &[Recorded], by: &Person) -> Result<BTreeSet<Reference>, ActError> {
    let named = history.iter().filter_map(|recorded| match &recorded.event {
        Event::CaseLinked(link) => Some(&link.with),
        Event::CaseUnlinked(link) => Some(&link.with),
        Event::IssueSetApart(issue) => Some(&issue.to),
        Event::Received(received) => received.set_apart_from.as_ref().map(|from| &from.case),
        _ => None,
    });
    let named: BTreeSet<&Reference> = named.collect();
    let mut hidden = BTreeSet::new();
    for other in named {
        if sight_of(office, other, by).await? != Some(Sight::Whole) {
            hidden.insert(other.clone());
        }
    }
    Ok(hidden)
}

/// The case told by its history without code and link, and, for everybody but those who investigate, without what only they may read.
fn for_eyes_of(by: &Person, loaded: &Loaded) -> Result<Loaded, ActError> {
    let case = &loaded.case;
    let mut history = Secrets::of(&case.received).masked_history(&loaded.history)?;
    if !investigates(case, by) {
        let shown = history.into_iter().map(|recorded| Recorded {
            event: withheld(case, recorded.sequence, recorded.event),
            ..recorded
        });
        history = shown.collect();
    }
    Loaded::replayed(case.reference.clone(), history)
}

/// The case whose words say, where something was taken out of them, by whom, when and why.
fn spelt(office: &Office, loaded: Loaded) -> Result<Loaded, ActError> {
    let Loaded { case, history, .. } = loaded;
    let in_force = office.procedure_of(&case)?;
    let setting = in_force.setting(office.now());
    let told = spelled(&case, history, |tombstone| {
        let by = tombstone
            .by
            .staff()
            .map_or_else(|| "us".to_owned(), |id| office.name_of(id));
        let on = full_date(setting.local_date(tombstone.at));
        format!("[taken out by {by} on {on}: {}]", tombstone.reason)
    })?;
    Loaded::replayed(case.reference, told)
}

fn file(office: &Office, loaded: Loaded) -> Result<CaseFile, ActError> {
    let in_force = office.procedure_of(&loaded.case)?;
    let now = office.now();
    let dates: Result<Vec<Deadline>, ClockError> = deadlines(&loaded.case, &in_force.setting(now));
    Ok(CaseFile {
        catalogue: office.active().catalogue.clone(),
        deadlines: dates?,
        case: loaded.case,
        history: loaded.history,
        in_force,
        now,
        proven: BTreeMap::new(),
        hidden: BTreeSet::new(),
    })
}

fn proven(history: &[Recorded]) -> BTreeMap<u32, Proven> {
    let proven = history.iter().filter_map(|recorded| match &recorded.event {
        Event::DecisionCommunicated(sent) | Event::LetterDelivered(sent) => {
            Some((recorded.sequence, prove(history, sent)?))
        }
        _ => None,
    });
    proven.collect()
}

/// Where the events of a case stand in the log.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The case.
    pub reference: Reference,
    /// Position, hash and header of each event.
    pub traces: Vec<Trace>,
    /// How many entries the log has.
    pub log_size: u64,
    /// The latest signed checkpoint.
    pub checkpoint: Option<String>,
}

/// The audit trail of a case.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such case for them; when the person may not read it, or the store cannot be read.
pub async fn proof(office: &Office, reference: &Reference, by: &Person) -> Result<Proof, ActError> {
    permit(by, Act::SeeAudit)?;
    if sight_of(office, reference, by).await?.is_none() {
        return Err(ActError::NotFound);
    }
    let (stream, of) = (reference.to_string(), reference.clone());
    let proof: Proof = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, ActError>(Proof {
                    reference: of,
                    traces: events::trace(tx, &stream).await?,
                    log_size: audit::size(tx).await?,
                    checkpoint: audit::latest_checkpoint(tx).await?,
                })
            })
        })
        .await?;
    if proof.traces.is_empty() {
        return Err(ActError::NotFound);
    }
    Ok(proof)
}
