//! The thin layer over the database engines: one SQL text, one writer a node, readers beside it.

mod act;
mod dialect;
mod migrate;
mod postgres;
mod sql;
mod sqlite;
mod store;
mod tx;

pub use act::Act;
pub use dialect::Engine;
pub use postgres::Server;
pub(crate) use sql::{Arguments, statements};
pub use store::Store;
pub use tx::{Column, Param, Row, Tx};
