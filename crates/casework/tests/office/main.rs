//! The office's own acts on a real store: each writes its event and its row, or neither.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

mod leaving;
mod log;
mod nodes;
mod opening;
mod people;
mod procedures;
mod written;
