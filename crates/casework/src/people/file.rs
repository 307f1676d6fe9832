//! The list of people, and one of them whole: what they are, what they have open, what was done about them.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rules::case::change::permit;
use rules::office::{Account, OfficeEvent};
use rules::people::{Act, Person, StaffId};
use storage::cases::{self, Order};
use storage::stream_keys::OFFICE;
use storage::{Tx, events};

use crate::desk::office_log::{LogLine, line};
use crate::office_record::known_cases;
use crate::{ActError, Office, roster};

/// Somebody in the list.
#[derive(Debug, Clone)]
pub struct Listed {
    /// Who.
    pub account: Account,
    /// When they left, if they did.
    pub left_at: Option<Timestamp>,
}

/// Open cases at one stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AtStage {
    /// The stage; 0 before triage.
    pub stage: u8,
    /// How many.
    pub cases: usize,
}

/// A member of staff, whole.
#[derive(Debug)]
pub struct PersonFile {
    /// Who.
    pub account: Account,
    /// How many open cases they have at each stage, without restricted ones (invariant 12).
    pub cases: Vec<AtStage>,
    /// What was done about them, and when they changed their password; the newest first.
    pub history: Vec<LogLine>,
}

/// Everybody: those who work here by name, then those who left by name.
///
/// # Errors
/// When the person may not manage people, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Vec<Listed>, ActError> {
    permit(by, Act::ManagePeople)?;
    let mut people = office.store.read(|tx| Box::pin(listed(tx))).await?;
    people.sort_by(|a, b| {
        let place = |listed: &Listed| (!listed.account.is_here(), listed.account.person.name.clone());
        place(a).cmp(&place(b))
    });
    Ok(people)
}

async fn listed(tx: &mut Tx<'_>) -> Result<Vec<Listed>, ActError> {
    let staff = roster::accounts(tx).await?;
    let somebody_left = staff.iter().any(|account| !account.is_here());
    // When they left is told by the log only, which is read where it matters.
    let history = if somebody_left { history(tx).await? } else { Vec::new() };
    let left_at = |who: StaffId| {
        let left = |line: &&LogLine| matches!(&line.event, OfficeEvent::PersonLeft(left) if left.who == who);
        history.iter().find(left).map(|line| line.at)
    };
    Ok(staff
        .into_iter()
        .map(|account| Listed {
            left_at: left_at(account.id()).filter(|_| !account.is_here()),
            account,
        })
        .collect())
}

/// One member of staff.
///
/// # Errors
/// When the person may not manage people; [`ActError::NotFound`] when there is nobody with this number.
pub async fn read(office: &Office, who: StaffId, by: &Person) -> Result<PersonFile, ActError> {
    permit(by, Act::ManagePeople)?;
    office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let staff = roster::accounts(tx).await?;
                let account = staff.into_iter().find(|account| account.id() == who);
                let rows = cases::list(tx, &known_cases(who), Order::ReceivedFirst, None, u32::MAX).await?;
                let mut history = history(tx).await?;
                history.retain(|line| about(&line.event) == Some(who));
                Ok(PersonFile {
                    account: account.ok_or(ActError::NotFound)?,
                    cases: by_stage(rows.iter().map(|row| u8::try_from(row.stage).unwrap_or(0))),
                    history,
                })
            })
        })
        .await
}

/// Everything that happened in the office, the newest first.
async fn history(tx: &mut Tx<'_>) -> Result<Vec<LogLine>, ActError> {
    let stored = events::load(tx, OFFICE).await?;
    stored.iter().rev().map(line).collect()
}

/// Whom an event is about.
fn about(event: &OfficeEvent) -> Option<StaffId> {
    match event {
        OfficeEvent::PersonAdded(added) => Some(added.who),
        OfficeEvent::PersonChanged(changed) => Some(changed.who),
        OfficeEvent::PersonLeft(left) => Some(left.who),
        OfficeEvent::PersonReturned(whom) | OfficeEvent::PasswordChanged(whom) => Some(whom.who),
        OfficeEvent::DelegateNamed(delegation) | OfficeEvent::DelegateTakenBack(delegation) => Some(delegation.who),
        OfficeEvent::DelegateChanged(changed) => Some(changed.to.who),
        OfficeEvent::ProcedurePublished(_)
        | OfficeEvent::CalendarPublished(_)
        | OfficeEvent::VipListSet(_)
        | OfficeEvent::WordingChanged(_)
        | OfficeEvent::BrandSet(_)
        | OfficeEvent::WaysSet(_)
        | OfficeEvent::LetterKeyGiven(_)
        | OfficeEvent::LetterKeyTakenAway(_) => None,
    }
}

/// Counts by stage, the earliest stage first.
pub(super) fn by_stage(stages: impl Iterator<Item = u8>) -> Vec<AtStage> {
    let mut counts: BTreeMap<u8, usize> = BTreeMap::new();
    for stage in stages {
        *counts.entry(stage).or_default() += 1;
    }
    let at = |(stage, cases)| AtStage { stage, cases };
    counts.into_iter().map(at).collect()
}
