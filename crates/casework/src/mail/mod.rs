//! E-mail that comes in: kept raw before it is looked at, in the ledger once, and at its end in one act.

pub mod arrive;
pub mod boxes;

pub use arrive::{Arrival, Envelope, Incoming, Kept, Place, begin};
