//! E-mail that comes in: what a message says, and what becomes of it (R18, R83, R84).

mod fate;
mod message;
mod reason;

pub use fate::Fate;
pub use message::{Address, Authentic, Automatic, Carried, Message, Recipient, Report, ReportKind, Words};
pub use reason::Reason;
