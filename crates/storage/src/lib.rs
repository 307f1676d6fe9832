//! Where it is kept: the event log, the derived tables, the keys, the outbox and the search index.

pub mod access;
pub mod audit;
pub mod calendars;
pub mod cases;
pub mod counters;
pub mod deadlines;
pub mod doctor;
pub mod events;
pub mod idempotency;
pub mod jobs;
pub mod outbox;
pub mod procedures;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod staff;
pub mod throttle;

mod database;
mod error;
mod keys;

pub use database::{Act, Column, Param, Row, Store, Tx};
pub use error::StorageError;
pub use keys::{Keys, StreamKey};
