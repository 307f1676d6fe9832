//! The thin layer over the database engine: one SQL text, one writer, readers beside it.

mod act;
pub(crate) mod dialect;
mod migrate;
mod readers;
mod sql;
mod store;
mod tx;
mod writer;

pub use act::Act;
pub use dialect::Engine;
pub(crate) use sql::{Arguments, statements};
pub use store::Store;
pub use tx::{Column, Param, Row, Tx};
