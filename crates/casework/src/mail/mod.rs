//! E-mail that comes in: kept raw before it is looked at, in the ledger once, and at its end in one act; and what is reported of letters (R18, R84).

mod about;
pub mod arrive;
mod belongs;
pub mod boxes;
pub mod ledger;
pub mod reconcile;
pub mod report;
pub mod take;
pub mod token;
pub mod tray;
pub mod trial;

pub use about::{About, Told, Understood};
pub use arrive::{Arrival, Envelope, Incoming, Kept, Place, begin};
pub use ledger::Waiting;
pub use take::take;
