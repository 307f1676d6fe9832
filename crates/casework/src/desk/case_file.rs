//! One case, whole: for the case page, the tracking page and `redress explain`.

use std::sync::Arc;

use rules::case::change::permit;
use rules::case::vocabulary::FeedbackKind;
use rules::case::{Case, Recorded, Reference, State};
use rules::clock::ClockError;
use rules::deadlines::{Deadline, Duty, deadlines};
use rules::handling::grounds::Grounds;
use rules::people::{Act, Person};
use storage::events::Trace;
use storage::{audit, events};

use super::lists::{LineDue, first_date, line_days};
use crate::office::InForce;
use crate::record::load;
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
    /// The instant of reading.
    pub now: jiff::Timestamp,
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

    /// The stage and date that the complaint would get if nothing else were found, while nobody has judged it (A2).
    pub fn before_triage(&self) -> Option<(u8, LineDue)> {
        if self.case.state != State::Received || self.case.kind != FeedbackKind::Complaint {
            return None;
        }
        let grounds = Grounds {
            vip: self.case.vip.is_some(),
            ..Grounds::default()
        };
        first_date(
            &grounds,
            self.case.received.received_at,
            &self.in_force.setting(self.now),
        )
    }

    /// A date as days of its clock.
    pub fn days(&self, deadline: &Deadline) -> LineDue {
        let setting = self.in_force.setting(self.now);
        let stage = self
            .case
            .stages
            .iter()
            .rev()
            .find(|stage| stage.entry.stage == deadline.stage);
        let from = stage.map_or(self.case.received.received_at, |stage| stage.entry.clock_from);
        let extensions = &self.case.extensions;
        LineDue {
            extended: extensions.iter().any(|extension| extension.stage == deadline.stage),
            ..line_days(deadline.due_on, deadline.due_at, setting.local_date(from), &setting)
        }
    }
}

/// A case for somebody who may see cases.
///
/// # Errors
/// [`ActError::NotFound`] when there is none or they may not see it: nobody can tell which (invariant 12).
pub async fn for_staff(office: &Office, reference: &Reference, by: &Person) -> Result<CaseFile, ActError> {
    permit(by, Act::SeeCases)?;
    read(office, reference).await
}

/// A case for the complainant who showed its code or link.
///
/// # Errors
/// When it cannot be read.
pub async fn for_complainant(office: &Office, who: &crate::intake::track::Complainant) -> Result<CaseFile, ActError> {
    read(office, who.reference()).await
}

/// A case for the operator at the machine, who holds the keys.
///
/// # Errors
/// When there is none, or it cannot be read.
pub async fn for_operator(office: &Office, reference: &Reference) -> Result<CaseFile, ActError> {
    read(office, reference).await
}

async fn read(office: &Office, reference: &Reference) -> Result<CaseFile, ActError> {
    let loaded = load(office, reference).await?;
    let in_force = office.procedure_of(&loaded.case)?;
    let now = office.now();
    let dates: Result<Vec<Deadline>, ClockError> = deadlines(&loaded.case, &in_force.setting(now));
    Ok(CaseFile {
        deadlines: dates?,
        case: loaded.case,
        history: loaded.history,
        in_force,
        now,
    })
}

/// Where the events of a case stand in the log.
#[derive(Debug, Clone)]
pub struct Proof {
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
/// [`ActError::NotFound`] when there is no such case; when the person may not read it, or the store cannot be read.
pub async fn proof(office: &Office, reference: &Reference, by: &Person) -> Result<Proof, ActError> {
    permit(by, Act::SeeAudit)?;
    let stream = reference.to_string();
    let proof: Proof = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, ActError>(Proof {
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
