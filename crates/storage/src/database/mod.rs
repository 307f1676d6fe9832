//! The thin layer over the database engine: one SQL text, one writer, readers beside it.

mod store;
mod tx;

pub use store::{Act, Store};
pub use tx::{Column, Param, Row, Tx};
