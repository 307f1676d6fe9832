//! What may happen: pure types and functions that know no clock, no disk and no network.

mod coded;
pub mod data_file;
mod stored;

pub mod audit;
pub mod case;
pub mod clock;
pub mod colour;
pub mod confidential;
pub mod deadlines;
pub mod directory;
pub mod files;
pub mod follow_on;
pub mod handling;
pub mod intake;
pub mod investigation;
pub mod letters;
pub mod mail;
pub mod office;
pub mod people;
pub mod procedure;
pub mod redaction;
pub mod retention;
pub mod review;
pub mod sentence;
pub mod subject;
pub mod unseen;
