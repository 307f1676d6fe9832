//! Mail coming in: the doors, and what they hand over. They understand nothing of a message; each is kept as it came, and read later.

pub mod imap;
pub mod lmtp;

mod intake;

pub use intake::{Arrival, Intake, Kept, Mark, NotTaken, Place, Taking, Why};
