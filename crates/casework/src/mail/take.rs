//! A message comes to its end: one act, one transaction, one fate (lesson 8).

use std::sync::Arc;

use jiff::Timestamp;
use rules::case::change::{Change, Refused};
use rules::case::vocabulary::Channel;
use rules::case::{Case, Reference, Setting};
use rules::confidential::Sight;
use rules::handling::attach::attach;
use rules::handling::{contact, new_issue};
use rules::mail::{Fate, Judged, Taken, judge};
use rules::people::Actor;
use storage::mail::{self, Ended};
use storage::{StorageError, throttle};

use super::about::Told;
use super::belongs::{self, WINDOW_SECONDS};
use super::ledger::Waiting;
use super::report;
use crate::intake::{AtOnce, Incoming, keep};
use crate::record::{Beside, By, Seen, change_beside};
use crate::sealing::added;
use crate::{ActError, Office};

/// Takes a message to its end, and tells which that is. Taken twice, it ends once. Nothing where it is too soon: it reports about a letter that is
/// just being sent.
///
/// # Errors
/// When it could not be saved: it stays in the ledger and is taken up again.
pub async fn take(office: &Arc<Office>, waiting: &Waiting, taken: &Taken) -> Result<Option<Fate>, ActError> {
    if let Some(told) = &waiting.about.told {
        return as_told(office, waiting, taken, told).await.map(Some);
    }
    let known = belongs::known(office, &taken.message, waiting).await?;
    let mut judged = judge(&taken.message, &known);
    if let (Fate::Bounce, Some(about)) = (judged.fate, &taken.message.report) {
        match report::take(office, about, &addressed(waiting, taken)).await? {
            report::Taken::TooSoon => return Ok(None),
            report::Taken::OnRecord { reference, .. } => judged.case = Some(reference),
            report::Taken::Parked => judged.why.push_str(". It names no letter of ours"),
        }
    }
    finish(office, waiting, taken, judged).await.map(Some)
}

/// Takes it to the end that somebody named. Where the case is gone since, it is one of its own.
async fn as_told(office: &Arc<Office>, waiting: &Waiting, taken: &Taken, told: &Told) -> Result<Fate, ActError> {
    let judged = Judged {
        fate: told.fate,
        case: told.case.clone(),
        why: told.why.clone(),
    };
    match finish(office, waiting, taken, judged).await {
        Err(ActError::NotFound) => {
            let alone = Judged {
                fate: Fate::NewCase,
                case: None,
                why: format!("{}, but that case is not there any more", told.why),
            };
            finish(office, waiting, taken, alone).await
        }
        ended => ended,
    }
}

/// Where it went: by its envelope, where that is known.
fn addressed(waiting: &Waiting, taken: &Taken) -> Vec<String> {
    let recipients = &waiting.about.envelope.recipients;
    match recipients.is_empty() {
        false => recipients.clone(),
        true => taken.message.to.iter().map(|to| to.address.clone()).collect(),
    }
}

/// Takes a message to the end that was judged, by the rule or by a person.
async fn finish(office: &Arc<Office>, waiting: &Waiting, taken: &Taken, judged: Judged) -> Result<Fate, ActError> {
    let fate = judged.fate;
    let ended = match (fate, judged.case.clone()) {
        (Fate::NewCase | Fate::Unreadable, _) => begin_case(office, waiting, taken, &judged).await,
        (Fate::Added, Some(case)) => add(office, waiting, taken, (&judged, &case)).await,
        _ => set_aside(office, waiting, taken, &judged).await,
    };
    match ended {
        Ok(()) => Ok(fate),
        Err(fault @ ActError::Storage(StorageError::Repeated | StorageError::FileGone { .. })) => {
            ended_meanwhile(office, waiting.id).await?.ok_or(fault)
        }
        Err(fault) => Err(fault),
    }
}

/// How it ended, where somebody else took it to its end in the meantime: then its files went to the case, and our act was undone.
async fn ended_meanwhile(office: &Office, id: i64) -> Result<Option<Fate>, ActError> {
    let look = office
        .store
        .read(move |tx| Box::pin(async move { mail::get(tx, id).await }));
    Ok(look.await?.and_then(|row| row.fate))
}

/// What begins a case of its own. Where the message seemed to belong to a restricted one, the new case is restricted as well, and those whom the first
/// is about have no part in it: what somebody wrote about it, and quoted, tells nobody else that it is there (A26, R34).
async fn begin_case(office: &Arc<Office>, waiting: &Waiting, taken: &Taken, judged: &Judged) -> Result<(), ActError> {
    let near = restricted_near(office, waiting).await?;
    let now = office.now();
    let in_force = office.active();
    let setting = in_force.setting(now);
    // One from before the procedure began is counted from when it is taken.
    let counts = waiting.arrived_at <= now && setting.local_date(waiting.arrived_at) >= setting.procedure.valid_from;
    let ends = Ending {
        id: waiting.id,
        fate: judged.fate,
        counted: belongs::sender_key(&taken.message),
        at: now,
    };
    let mut feedback = taken.feedback();
    feedback.about_staff |= near.is_some();
    let at_once = near.map(|near| -> AtOnce { Box::new(move |_, _| Ok(new_issue::at_once(&near))) });
    let incoming = Incoming {
        feedback,
        channel: Channel::Email,
        received_at: counts.then_some(waiting.arrived_at),
        clerk: None,
        vip: None,
        set_apart_from: None,
        files: taken.files.clone(),
        told: taken.beside(judged, 1),
        beside: Some(Arc::new(move |reference| ending(ends.clone(), reference))),
        key: None,
    };
    keep(office, incoming, at_once).await.map(drop)
}

/// The restricted case to which a message that was set aside seemed to belong.
async fn restricted_near(office: &Office, waiting: &Waiting) -> Result<Option<Case>, ActError> {
    let understood = waiting.about.understood.as_ref();
    let Some(suggested) = understood.and_then(|understood| understood.suggested.as_ref()) else {
        return Ok(None);
    };
    match crate::record::load(office, suggested).await {
        Ok(near) => Ok(Some(near.case).filter(Case::is_restricted)),
        // It was erased meanwhile.
        Err(ActError::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

async fn add(
    office: &Arc<Office>,
    waiting: &Waiting,
    taken: &Taken,
    (judged, reference): (&Judged, &Reference),
) -> Result<(), ActError> {
    let once = format!("mail {}", waiting.id);
    let by = By {
        actor: Actor::Complainant,
        seen: Seen::Whatever,
        least: Sight::Whole,
        once: Some(&once),
    };
    let ends = Ending {
        id: waiting.id,
        fate: Fate::Added,
        counted: belongs::case_key(reference),
        at: office.now(),
    };
    let end = ending(ends, reference);
    if crate::record::load(office, reference).await?.case.is_sealed() {
        return added::mail(office, reference, (taken, judged), by, end).await.map(drop);
    }
    let rule = |case: &Case, _: &Setting<'_>| -> Result<Change, Refused> {
        let change = contact::message(case, &taken.added_words(), Channel::Email)?;
        let mut change = attach(change, &taken.files, case.sequence)?;
        let behind = 1 + taken.files.len();
        let told = taken.beside(judged, case.sequence.saturating_add(1));
        change.events.splice(behind..behind, told);
        Ok(change)
    };
    change_beside(office, reference, by, rule, end).await.map(drop)
}

async fn set_aside(office: &Office, waiting: &Waiting, taken: &Taken, judged: &Judged) -> Result<(), ActError> {
    let about = waiting.about.with(taken, judged);
    let ended = Ended {
        id: waiting.id,
        fate: judged.fate,
        reference: judged.case.as_ref().map(Reference::to_string),
        about: serde_json::to_vec(&about)?,
        at: office.now(),
    };
    let settled = office
        .store
        .write(move |tx| Box::pin(async move { mail::settle(tx, &ended).await }));
    match settled.await? {
        true => Ok(()),
        false => Err(StorageError::Repeated.into()),
    }
}

/// How a message ends at a case.
#[derive(Clone)]
struct Ending {
    id: i64,
    fate: Fate,
    /// Under which key it is counted, so that what goes round comes to an end.
    counted: String,
    at: Timestamp,
}

/// Its end at this case, written in the transaction of the act: whoever finds that it has ended undoes the act.
fn ending(ending: Ending, reference: &Reference) -> Beside {
    let ended = Ended {
        id: ending.id,
        fate: ending.fate,
        reference: Some(reference.to_string()),
        about: Vec::new(),
        at: ending.at,
    };
    let counted = ending.counted;
    Arc::new(move |tx| {
        let (ended, counted) = (ended.clone(), counted.clone());
        Box::pin(async move {
            if !mail::settle(tx, &ended).await? {
                return Err(StorageError::Repeated);
            }
            mail::keep_no_file(tx, ended.id).await?;
            throttle::hit(tx, &counted, ended.at, WINDOW_SECONDS).await.map(drop)
        })
    })
}
