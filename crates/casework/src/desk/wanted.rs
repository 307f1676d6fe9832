//! What somebody looks for among all the cases that they may see.

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::vocabulary::FeedbackKind;
use rules::people::StaffId;
use storage::cases::{CaseFilter, Life, Order};

/// Where a case stands, as far as lists tell it apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// Not closed.
    #[default]
    Open,
    /// Stage 2 was asked for and nobody has answered.
    Escalation,
    /// Its letter waits for senior management.
    SignOff,
    /// Over.
    Closed,
    /// Any of them.
    Any,
}

/// Who is accountable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OwnedBy {
    /// Nobody yet.
    Nobody,
    /// This person.
    Person(StaffId),
}

/// Which cases. What is left at its default does not narrow the list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Where they stand; open ones by default.
    pub standing: Standing,
    /// At this stage.
    pub stage: Option<u8>,
    /// Of this kind.
    pub kind: Option<FeedbackKind>,
    /// About this service, by its code.
    pub service: Option<String>,
    /// Of this owner.
    pub owner: Option<OwnedBy>,
    /// Their open date has passed.
    pub late: bool,
    /// Received on this day or later.
    pub received_from: Option<Date>,
    /// Received on this day or earlier.
    pub received_until: Option<Date>,
}

impl Wanted {
    /// All that stand there.
    pub fn standing(standing: Standing) -> Wanted {
        Wanted {
            standing,
            ..Wanted::default()
        }
    }

    /// Whether it asks for something that the outline of a case does not tell.
    pub(super) fn asks_beyond_the_outline(&self) -> bool {
        self.owner.is_some() || self.service.is_some()
    }

    /// The rows, and their order: what is to be done by its date, what is over by its receipt.
    pub(super) fn rows(&self, now: Timestamp) -> (CaseFilter, Order) {
        let states: &[&str] = match self.standing {
            Standing::Escalation => &["escalation_pending"],
            Standing::SignOff => &["sign_off"],
            Standing::Closed => &["closed"],
            Standing::Open | Standing::Any => &[],
        };
        let filter = CaseFilter {
            life: match self.standing {
                Standing::Any => Life::Any,
                Standing::Closed => Life::Closed,
                Standing::Open | Standing::Escalation | Standing::SignOff => Life::Open,
            },
            state_in: states.iter().map(|state| (*state).to_owned()).collect(),
            stage: self.stage.map(i64::from),
            kind: self.kind.map(|kind| kind.code().to_owned()),
            service: self.service.clone(),
            owner: match self.owner {
                Some(OwnedBy::Person(owner)) => Some(owner.0),
                _ => None,
            },
            unassigned: self.owner == Some(OwnedBy::Nobody),
            due_before: self.late.then_some(now),
            received_from: self.received_from,
            received_until: self.received_until,
            ..CaseFilter::default()
        };
        let order = match self.standing {
            Standing::Closed | Standing::Any => Order::RecentFirst,
            _ => Order::DueFirst,
        };
        (filter, order)
    }
}
