//! E-mail that comes in: what a message says, and what becomes of it (R18, R83, R84).

mod fate;
mod mark;
mod message;
mod status;

pub use fate::Fate;
pub use mark::LOOP_MARK;
pub use message::{Address, Authentic, Automatic, Carried, Message, Recipient, Report, ReportKind, Words};
pub use status::meaning;
