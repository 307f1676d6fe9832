//! The row of a case: what lists, counts and the case page need, derived from its events.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::{Row, statements};
use crate::keys::place;
use crate::{StorageError, Tx, stream_keys};

/// The columns of a row, in the order that [`case`] reads them.
macro_rules! columns {
    () => {
        "number, reference, kind, state, stage, lane, owner_id, received_at, received_on, due_on, due_at, due_clock,
         update_due_at, closed_at, urgency, vip, service, problem, channel, alerts, extended, last_contact_at,
         procedure_version, last_sequence, asked_of, waits_for_answer, letters_lost, card"
    };
}

pub(crate) mod groups;
mod list;
mod order;
pub(crate) mod reach;

pub use groups::{GroupPlace, group_places, set_group};
pub use list::{CaseFilter, Life, count, count_up_to, list};
pub use order::{Cursor, Order};
pub use reach::{beyond, is_within, keep_from, letters_lost, restricted_counts};

statements! {
    PUT = "INSERT INTO cases (number, reference, kind, state, stage, lane, owner_id, received_at, received_on, due_on,
               due_at, due_clock, due_order, update_due_at, closed_at, urgency, vip, service, problem, channel, alerts,
               extended, last_contact_at, procedure_version, last_sequence, asked_of, waits_for_answer, letters_lost, card)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
               $22, $23, $24, $25, $26, $27, $28, $29)
           ON CONFLICT (number) DO UPDATE SET reference = excluded.reference, kind = excluded.kind,
               state = excluded.state, stage = excluded.stage, lane = excluded.lane, owner_id = excluded.owner_id,
               received_at = excluded.received_at, received_on = excluded.received_on, due_on = excluded.due_on,
               due_at = excluded.due_at, due_clock = excluded.due_clock, due_order = excluded.due_order,
               update_due_at = excluded.update_due_at, closed_at = excluded.closed_at, urgency = excluded.urgency,
               vip = excluded.vip, service = excluded.service, problem = excluded.problem, channel = excluded.channel,
               alerts = excluded.alerts, extended = excluded.extended, last_contact_at = excluded.last_contact_at,
               procedure_version = excluded.procedure_version, last_sequence = excluded.last_sequence,
               asked_of = excluded.asked_of, waits_for_answer = excluded.waits_for_answer,
               letters_lost = excluded.letters_lost, card = excluded.card";
    GET = concat!("SELECT ", columns!(), " FROM cases WHERE reference = $1");
    COUNTS = "SELECT
        (SELECT COUNT(CASE WHEN lane = 'open' THEN 1 END) FROM cases WHERE closed_at IS NULL AND owner_id = $1),
        (SELECT COUNT(CASE WHEN lane = 'open' AND (due_at <= $2 OR (due_at IS NULL AND due_on < $3)) THEN 1 END)
            FROM cases WHERE closed_at IS NULL AND owner_id = $1),
        (SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND lane = 'open' AND state = 'received'),
        (SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND lane = 'open'),
        (SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND lane = 'open' AND state = 'sign_off'),
        (SELECT COUNT(*) FROM cases WHERE closed_at IS NULL AND lane = 'open' AND state = 'escalation_pending')";
}

/// What lists show of a case. Derived: it can be rebuilt from the events at any time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// `FC-10482`.
    pub reference: String,
    /// The number in the reference, by which cases are ordered.
    pub number: i64,
    /// What was given: complaint, compliment, ...
    pub kind: String,
    /// The name of its state.
    pub state: String,
    /// The stage it stands at; 0 before the first.
    pub stage: i64,
    /// Who may see it in lists: `open`, or `restricted`.
    pub lane: String,
    /// The accountable person (R40).
    pub owner_id: Option<i64>,
    /// When it was received.
    pub received_at: Timestamp,
    /// The local date of receipt.
    pub received_on: Date,
    /// The date on which the running clock ends.
    pub due_on: Option<Date>,
    /// The instant from which it is late.
    pub due_at: Option<Timestamp>,
    /// The name of the running clock.
    pub due_clock: Option<String>,
    /// When the next update is owed (R24).
    pub update_due_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// 0 low to 3 immediate (R22).
    pub urgency: i64,
    /// True for a VIP's (R55).
    pub vip: bool,
    /// The main service (axis A).
    pub service: Option<String>,
    /// The main problem (axis B).
    pub problem: Option<String>,
    /// How it arrived.
    pub channel: String,
    /// The number of open alerts.
    pub alerts: i64,
    /// True once a clock was extended.
    pub extended: bool,
    /// When we last heard from or wrote to the complainant.
    pub last_contact_at: Option<Timestamp>,
    /// The version of the procedure under which it began.
    pub procedure_version: String,
    /// The sequence number of the latest event in this row.
    pub last_sequence: i64,
    /// The role of which it asks something that its owner cannot answer.
    pub asked_of: Option<String>,
    /// A question to the complainant waits for an answer (A41).
    pub waits_for_answer: bool,
    /// How many letters did not arrive and are tried by nobody.
    pub letters_lost: i64,
    /// What a list shows beyond these, as JSON; sealed where it is stored. Empty once the key of the case was destroyed.
    pub card: Vec<u8>,
}

/// The figures of the desk, over cases that are not closed; [`counts`] leaves out restricted ones, which [`restricted_counts`] adds
/// (invariant 12).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Owned by this person.
    pub mine: i64,
    /// Owned by this person and late.
    pub mine_late: i64,
    /// Received and not yet judged.
    pub triage: i64,
    /// All that are open.
    pub open: i64,
    /// Waiting for senior management.
    pub awaiting_sign_off: i64,
    /// Waiting for an answer on the next stage.
    pub escalations: i64,
    /// Asking something of this person that its owner cannot answer.
    pub asked: i64,
}

/// Writes the row of a case, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, row: &CaseRow) -> Result<(), StorageError> {
    let card = stream_keys::seal(
        tx,
        &row.reference,
        row.received_at,
        &card_place(&row.reference),
        &row.card,
    )
    .await?;
    let received_at = row.received_at.as_microsecond();
    let received_on = row.received_on.to_string();
    let due_on = row.due_on.map(|date| date.to_string());
    let instants = [row.due_at, row.update_due_at, row.closed_at, row.last_contact_at];
    let [due_at, update_due_at, closed_at, last_contact_at] = instants.map(|at| at.map(Timestamp::as_microsecond));
    let due_order = row.due_order();
    tx.put(
        PUT,
        &[
            &row.number,
            &row.reference,
            &row.kind,
            &row.state,
            &row.stage,
            &row.lane,
            &row.owner_id,
            &received_at,
            &received_on,
            &due_on,
            &due_at,
            &row.due_clock,
            &due_order,
            &update_due_at,
            &closed_at,
            &row.urgency,
            &row.vip,
            &row.service,
            &row.problem,
            &row.channel,
            &row.alerts,
            &row.extended,
            &last_contact_at,
            &row.procedure_version,
            &row.last_sequence,
            &row.asked_of,
            &row.waits_for_answer,
            &row.letters_lost,
            &card,
        ],
    )
    .await?;
    Ok(())
}

/// The row of a case; `None` when there is no such case.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(tx: &mut Tx<'_>, reference: &str) -> Result<Option<CaseRow>, StorageError> {
    let stored = tx.all(GET, &[&reference], case).await?;
    Ok(open(tx, stored).await?.pop())
}

/// The figures of one person's desk, over the open lane. Late is what was due at `now` or before, or on a date before `today`.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(tx: &mut Tx<'_>, staff_id: i64, now: Timestamp, today: Date) -> Result<Counts, StorageError> {
    tx.one(COUNTS, &[&staff_id, &now.as_microsecond(), &today.to_string()], |row| {
        Ok(Counts {
            mine: row.get(0)?,
            mine_late: row.get(1)?,
            triage: row.get(2)?,
            open: row.get(3)?,
            awaiting_sign_off: row.get(4)?,
            escalations: row.get(5)?,
            asked: 0,
        })
    })
    .await
}

impl Counts {
    /// These and others together.
    #[must_use]
    pub fn and(self, other: Counts) -> Counts {
        Counts {
            mine: self.mine + other.mine,
            mine_late: self.mine_late + other.mine_late,
            triage: self.triage + other.triage,
            open: self.open + other.open,
            awaiting_sign_off: self.awaiting_sign_off + other.awaiting_sign_off,
            escalations: self.escalations + other.escalations,
            asked: self.asked + other.asked,
        }
    }
}

impl CaseRow {
    /// What lists by due date sort by: cases without one come last.
    fn due_order(&self) -> i64 {
        self.due_at.map_or(i64::MAX, Timestamp::as_microsecond)
    }
}

/// A row as it lies there: its card is still sealed.
fn case(row: &Row<'_>) -> Result<CaseRow, StorageError> {
    Ok(CaseRow {
        number: row.get(0)?,
        reference: row.get(1)?,
        kind: row.get(2)?,
        state: row.get(3)?,
        stage: row.get(4)?,
        lane: row.get(5)?,
        owner_id: row.get(6)?,
        received_at: row.instant(7)?,
        received_on: row.date(8)?,
        due_on: row.date_if_any(9)?,
        due_at: row.instant_if_any(10)?,
        due_clock: row.get(11)?,
        update_due_at: row.instant_if_any(12)?,
        closed_at: row.instant_if_any(13)?,
        urgency: row.get(14)?,
        vip: row.get(15)?,
        service: row.get(16)?,
        problem: row.get(17)?,
        channel: row.get(18)?,
        alerts: row.get(19)?,
        extended: row.get(20)?,
        last_contact_at: row.instant_if_any(21)?,
        procedure_version: row.get(22)?,
        last_sequence: row.get(23)?,
        asked_of: row.get(24)?,
        waits_for_answer: row.get(25)?,
        letters_lost: row.get(26)?,
        card: row.get(27)?,
    })
}

async fn open(tx: &mut Tx<'_>, mut rows: Vec<CaseRow>) -> Result<Vec<CaseRow>, StorageError> {
    for row in &mut rows {
        row.card = stream_keys::open_if_kept(tx, &row.reference, &card_place(&row.reference), &row.card).await?;
    }
    Ok(rows)
}

fn card_place(reference: &str) -> Vec<u8> {
    place(&["case-card", reference])
}
