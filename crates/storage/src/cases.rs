//! The row of a case: what lists, counts and the case page need, derived from its events.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{StorageError, Tx};

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
    /// Who may see it in lists: `open`, or the lane of sealed cases.
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
    /// What a list shows beyond these, as JSON; sealed where it is stored.
    pub card: Vec<u8>,
}

/// Which cases a list shows. What is left at its default does not narrow the list.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// In one of these states; all when empty.
    pub state_in: Vec<String>,
    /// With this owner.
    pub owner: Option<i64>,
    /// At this stage.
    pub stage: Option<i64>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In this lane.
    pub lane: Option<String>,
    /// About this service.
    pub service: Option<String>,
    /// Only open ones.
    pub open_only: bool,
    /// Only those without an owner.
    pub unassigned: bool,
    /// With an update owed before this instant.
    pub with_update_due_before: Option<Timestamp>,
    /// With a decision owed before this instant.
    pub due_before: Option<Timestamp>,
    /// Received on this date or later.
    pub received_from: Option<Date>,
    /// Received on this date or earlier.
    pub received_until: Option<Date>,
}

/// The order of a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The nearest decision date first; cases without one last.
    #[default]
    DueFirst,
    /// The most urgent first, then the nearest decision date (R22).
    UrgentFirst,
    /// The earliest received first.
    ReceivedFirst,
    /// The latest received first.
    RecentFirst,
}

/// Where a page of a list ended: the next one begins after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    urgency: i64,
    key: i64,
    number: i64,
}

impl Cursor {
    /// The place of a row in a list of this order.
    pub fn of(_row: &CaseRow, _order: Order) -> Cursor {
        unimplemented!()
    }

    /// The cursor as a text for a link.
    pub fn to_text(&self) -> String {
        format!("{}.{}.{}", self.urgency, self.key, self.number)
    }

    /// Reads a cursor from a link; `None` when it is none.
    pub fn parse(text: &str) -> Option<Cursor> {
        let mut parts = text.split('.').map(|part| part.parse::<i64>().ok());
        let cursor = Cursor { urgency: parts.next()??, key: parts.next()??, number: parts.next()?? };
        parts.next().is_none().then_some(cursor)
    }
}

/// The figures of the desk, over open cases only.
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
}

/// Writes the row of a case, replacing the one before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(_tx: &mut Tx<'_>, _row: &CaseRow) -> Result<(), StorageError> {
    unimplemented!()
}

/// The row of a case; `None` when there is no such case.
///
/// # Errors
/// When the database cannot be read.
pub async fn get(_tx: &mut Tx<'_>, _reference: &str) -> Result<Option<CaseRow>, StorageError> {
    unimplemented!()
}

/// A page of a list: up to `limit` rows after the cursor.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    _tx: &mut Tx<'_>,
    _filter: &CaseFilter,
    _order: Order,
    _after: Option<Cursor>,
    _limit: u32,
) -> Result<Vec<CaseRow>, StorageError> {
    unimplemented!()
}

/// The figures of one person's desk. Late is what was due before `now`, or on a date before `today`.
///
/// # Errors
/// When the database cannot be read.
pub async fn counts(_tx: &mut Tx<'_>, _staff_id: i64, _now: Timestamp, _today: Date) -> Result<Counts, StorageError> {
    unimplemented!()
}
