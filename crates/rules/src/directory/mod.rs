//! The directory: who belongs to the institution, in which unit, under whom; and who answers for somebody whom a complaint is about (R34, A15).
//!
//! It is a copy of what another system says, and that system may be wrong. So every answer explains itself in words, and what is odd in the copy
//! is found and said ([`check`]) before anybody relies on it.

mod answer;
pub mod check;
pub mod find;
pub mod groups;
pub mod line_manager;
mod people;
mod tree;
pub mod when;

pub use answer::{Chosen, Found, Nominated, Passed, Why};
pub use check::{Finding, Kind};
pub use line_manager::{Asked, Unavailable, line_manager};
pub use people::{Away, Directory, DirectoryPerson};
pub use tree::reports_to;
