//! What an administrator does about people: each act asks its rule and records an event of the office (R45, R89).

use std::sync::Arc;

use rules::people::{Actor, Person, StaffId};

use crate::Office;
use crate::office_record::{Beside, History, OfficeAct};

pub mod add;
pub mod change;
pub mod come_back;
pub mod delegates;
pub mod file;
pub mod leave;
pub mod set_password;

pub use add::{add, add_first};
pub use change::change;
pub use come_back::come_back;
pub use file::{Listed, PersonFile, list, read};
pub use leave::{Leaving, leave};
pub use rules::office::account::{check, check_password};
pub use rules::office::{Account, Details, NewPerson, Standing};
pub use set_password::set_password;

/// Somebody at work on the list of people.
#[derive(Clone, Copy)]
pub struct OfficeHand<'a> {
    /// The office.
    pub office: &'a Arc<Office>,
    /// Who acts.
    pub by: &'a Person,
    /// The key of the form that they sent; the same key acts once. Empty where there is no form.
    pub once: &'a str,
}

impl<'a> OfficeHand<'a> {
    pub(crate) fn act(&self, cases_of: Option<StaffId>, beside: Beside) -> OfficeAct<'a> {
        OfficeAct {
            office: self.office,
            actor: Actor::Staff(self.by.id),
            once: self.once,
            cases_of,
            beside,
            history: History::Untold,
        }
    }
}
