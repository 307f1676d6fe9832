//! The sealed cases, for those who chase them: reference, dates, stage, and whether a manager has it; no word and no name (R35, R36).

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::change::permit;
use rules::case::vocabulary::Lane;
use rules::case::{Case, Reference, State};
use rules::confidential::sealing::glass::{self, Standing};
use rules::confidential::sight::reach;
use rules::deadlines;
use rules::people::{Act, Person};
use storage::cases::{self, CaseFilter, Cursor, Life, Order};

use crate::record::load;
use crate::{ActError, Office};

/// One sealed case.
#[derive(Debug, Clone)]
pub struct SealedLine {
    /// The reference.
    pub reference: Reference,
    /// When it arrived.
    pub received_at: Timestamp,
    /// The stage; 0 before triage.
    pub stage: u8,
    /// By the end of which day the decision is due, while it is open.
    pub due_on: Option<Date>,
    /// That day is over.
    pub is_late: bool,
    /// Since when a manager has it.
    pub since: Option<Timestamp>,
    /// When they said that they have it.
    pub taken_at: Option<Timestamp>,
    /// The complainant asked for the next stage: somebody else has to have it.
    pub wants_another: bool,
    /// Where a request to open it stands.
    pub glass: GlassAt,
}

/// Where a request to open a sealed case stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GlassAt {
    /// Nobody asks.
    Nobody,
    /// Somebody asks, and a second person has to answer.
    Waits,
    /// Somebody reads it now.
    Open,
}

/// A page of them.
#[derive(Debug, Clone, Default)]
pub struct SealedPage {
    /// The cases, the earliest date first.
    pub lines: Vec<SealedLine>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// How many lines a page has: each is a case that is read from the log.
const PAGE: u32 = 25;

/// The open sealed cases that this person may know of.
///
/// # Errors
/// When they may not see the list, or the store cannot be read.
pub async fn sealed_cases(office: &Office, after: Option<&str>, by: &Person) -> Result<SealedPage, ActError> {
    permit(by, Act::SeeSealed)?;
    let filter = CaseFilter {
        lane: Some(Lane::Sealed.code().to_owned()),
        life: Life::Open,
        reach: Some(reach(by)),
        ..CaseFilter::default()
    };
    let after = after.and_then(Cursor::parse);
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { cases::list(tx, &filter, Order::DueFirst, after, PAGE + 1).await }))
        .await?;
    let more = rows.len() > PAGE as usize;
    let shown = &rows[..rows.len().min(PAGE as usize)];
    let mut lines = Vec::with_capacity(shown.len());
    for row in shown {
        let reference: Reference = row.reference.parse().map_err(|_| ActError::NotFound)?;
        lines.push(line(office, &load(office, &reference).await?.case)?);
    }
    let next = shown
        .last()
        .filter(|_| more)
        .map(|row| Cursor::of(row, Order::DueFirst).to_text());
    Ok(SealedPage { lines, next })
}

fn line(office: &Office, case: &Case) -> Result<SealedLine, ActError> {
    let in_force = office.procedure_of(case)?;
    let now = office.now();
    let setting = in_force.setting(now);
    let due_on = deadlines::decision_due(case, &setting).map(|due| due.due_on);
    let held = case.held();
    Ok(SealedLine {
        reference: case.reference.clone(),
        received_at: case.received.received_at,
        stage: case.stage(),
        due_on,
        is_late: due_on.is_some_and(|due| due < setting.today()),
        since: held.map(|held| held.since),
        taken_at: held.and_then(|held| held.taken_at),
        wants_another: matches!(case.state, State::EscalationPending(..)),
        glass: match glass::standing(case, now) {
            Standing::Nobody => GlassAt::Nobody,
            Standing::Waits(_) => GlassAt::Waits,
            Standing::Open(_) => GlassAt::Open,
        },
    })
}
