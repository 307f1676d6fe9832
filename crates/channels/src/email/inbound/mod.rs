//! Mail coming in: the doors, and what they hand over. They understand nothing of a message; each is kept as it came, and read later.

pub mod imap;
pub mod lmtp;

mod intake;

pub use casework::mail::{Arrival, Kept, Place};
pub use intake::{House, Intake, Mark, NodesTurn, NotTaken, Taking, Turn, Whose, Why};
