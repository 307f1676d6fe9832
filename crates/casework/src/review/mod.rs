//! Holding reviews and following what they ask for: each act asks its rule and writes the answer into streams of its own (R10, R42, R80).

pub mod act;
pub mod carried;
pub mod changes;
mod figures;
pub mod file;
pub mod follow;
mod kept_back;
pub mod months;
pub mod open;
pub mod register;
pub mod report;
mod rows;
mod streams;
mod write;

pub use act::Desk;
pub use carried::CarriedForward;
pub use changes::{Change, Changes};
pub use file::ReviewFile;
pub use months::MonthLine;
pub use register::{Register, Registered};

pub(crate) use rows::{NewPromise, action_row, promised};
pub(crate) use streams::{notes_on, rebuild, stored_action};
