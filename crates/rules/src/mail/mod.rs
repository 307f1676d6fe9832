//! E-mail that comes in: what a message says, and what becomes of it (R18, R83, R84).

mod fate;
mod fingerprint;
mod judge;
mod mark;
mod message;
mod reason;
mod status;
mod taken;
mod trial;

pub use fate::Fate;
pub use fingerprint::Fingerprint;
pub use judge::{ADDED_AN_HOUR, Belongs, CASES_AN_HOUR, Judged, Known, judge};
pub use mark::LOOP_MARK;
pub use message::{Address, Authentic, Automatic, Carried, Message, Recipient, Report, ReportKind, Words};
pub use reason::Reason;
pub use status::meaning;
pub use taken::{Taken, all_but_the_beginning};
pub use trial::{Check, Found, Trial};
