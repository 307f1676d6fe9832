//! People: the roles they hold, what each role may do, and who may not decide about whom.

pub mod permission;
pub mod role;
pub mod separation;
pub mod staff;

pub use permission::{Act, may};
pub use role::Role;
pub use staff::{Actor, NotAnActor, Person, StaffId};
