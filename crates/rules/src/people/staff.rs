//! People who work here: who they are to a rule.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::role::Role;

/// A member of staff, for ever: never used again for someone else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct StaffId(pub i64);

/// A member of staff as a rule needs to know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: StaffId,
    /// Full name.
    pub name: String,
    /// Job title, as a letter states it.
    pub job_title: String,
    /// What they may do here.
    pub roles: BTreeSet<Role>,
}

impl Person {
    /// True if they hold the role.
    pub fn is(&self, role: Role) -> bool {
        self.roles.contains(&role)
    }

    /// The name by which updates call them.
    pub fn first_name(&self) -> &str {
        self.name.split_whitespace().next().unwrap_or(&self.name)
    }
}

/// Who caused an event: the words in the log's actor column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Actor {
    /// The person who complained.
    Complainant,
    /// A member of staff.
    Staff(StaffId),
    /// The worker: clocks, deliveries, automatic acknowledgements.
    System,
    /// The line manager who has a sealed case; who that is stands in its sealed events (R34).
    Holder,
}

impl Actor {
    /// The member of staff, if it was one.
    pub fn staff(self) -> Option<StaffId> {
        match self {
            Actor::Staff(id) => Some(id),
            Actor::Complainant | Actor::System | Actor::Holder => None,
        }
    }
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Actor::Complainant => f.write_str("complainant"),
            Actor::Staff(StaffId(id)) => write!(f, "staff:{id}"),
            Actor::System => f.write_str("system"),
            Actor::Holder => f.write_str("holder"),
        }
    }
}

/// A text that names no actor.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no actor")]
pub struct NotAnActor(String);

impl FromStr for Actor {
    type Err = NotAnActor;

    fn from_str(text: &str) -> Result<Actor, NotAnActor> {
        match text {
            "complainant" => Ok(Actor::Complainant),
            "system" => Ok(Actor::System),
            "holder" => Ok(Actor::Holder),
            _ => {
                let id = text.strip_prefix("staff:").and_then(|id| id.parse().ok());
                id.map(|id| Actor::Staff(StaffId(id)))
                    .ok_or_else(|| NotAnActor(text.to_owned()))
            }
        }
    }
}
