//! The outline of a restricted case, for an auditor: when and where it stands, without a word or a name (R89, model 3.1).

use rules::case::change::permit;
use rules::case::{Event, Recorded, Reference};
use rules::confidential::Sight;
use rules::deadlines::{Deadline, Duty, deadlines};
use rules::people::{Act, Actor, Person};

use crate::clearance::look;
use crate::looks::put_outline;
use crate::{ActError, Office};

/// What remains of a case without words and names.
#[derive(Debug, Clone)]
pub struct Outline {
    /// The reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: jiff::Timestamp,
    /// True where a line manager has it and nobody here can read it.
    pub is_sealed: bool,
    /// The state's stored name.
    pub state: &'static str,
    /// The stage; 0 before triage.
    pub stage: u8,
    /// What must happen by when, met and open.
    pub dates: Vec<OutlineDate>,
    /// What happened, the oldest first.
    pub steps: Vec<OutlineStep>,
}

/// One date.
#[derive(Debug, Clone)]
pub struct OutlineDate {
    /// What must happen.
    pub duty: Duty,
    /// The stage.
    pub stage: u8,
    /// By the end of which day.
    pub due_on: jiff::civil::Date,
    /// When it was met.
    pub met_at: Option<jiff::Timestamp>,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct OutlineStep {
    /// Its number within the case.
    pub sequence: u32,
    /// When.
    pub at: jiff::Timestamp,
    /// Who, by their part or their number in the log.
    pub actor: Actor,
    /// The event's stored name.
    pub kind: &'static str,
}

/// The outline of a case for somebody who may see that much of it. That they looked is kept.
///
/// # Errors
/// [`ActError::NotFound`] when there is none or they may not know that there is (invariant 12).
pub async fn outline(office: &Office, reference: &Reference, by: &Person) -> Result<Outline, ActError> {
    permit(by, Act::SeeCases)?;
    let loaded = look(office, reference, by, Sight::Outline).await?;
    put_outline(office, reference, by).await?;
    let in_force = office.procedure_of(&loaded.case)?;
    let dates = deadlines(&loaded.case, &in_force.setting(office.now()))?;
    Ok(Outline {
        reference: loaded.case.reference.clone(),
        received_at: loaded.case.received.received_at,
        is_sealed: loaded.case.is_sealed(),
        state: loaded.case.state.name(),
        stage: loaded.case.stage(),
        dates: dates.iter().map(date).collect(),
        steps: loaded.history.iter().map(step).collect(),
    })
}

fn date(deadline: &Deadline) -> OutlineDate {
    OutlineDate {
        duty: deadline.duty,
        stage: deadline.stage,
        due_on: deadline.due_on,
        met_at: deadline.met_at,
    }
}

fn step(recorded: &Recorded) -> OutlineStep {
    OutlineStep {
        sequence: recorded.sequence,
        at: recorded.at,
        actor: recorded.actor,
        kind: Event::kind(&recorded.event),
    }
}
