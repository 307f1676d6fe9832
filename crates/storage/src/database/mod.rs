//! The thin layer over the database engines: one SQL text, one writer a node, readers beside it.

mod act;
mod dialect;
mod migrate;
mod postgres;
mod sql;
mod sqlite;
mod store;
mod tx;
mod whole;

pub use act::Act;
pub use dialect::Engine;
pub(crate) use migrate::LATEST as LATEST_STEP;
pub use migrate::{Step, Steps};
pub use postgres::Server;
pub(crate) use sql::{Arguments, statements};
pub use store::Store;
pub use tx::{Column, Param, Row, Tx};
pub(crate) use whole::{After, Counting, Filling, Snapshot, decode as decode_row, encode as encode_row};
pub use whole::{At, Field, Kind, Table, Tally};
