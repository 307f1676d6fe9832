//! The project's own tools: what CI runs, what keeps the tree tidy, what the tests need, and what is measured.
#![allow(
    clippy::print_stdout,
    reason = "a tool for people at a terminal: printing is its work"
)]

pub mod bench;
pub mod debian;
pub mod faults;
pub mod fences;
mod http;
pub mod load;
pub mod services;
pub mod shell;
pub mod table;
pub mod test;
pub mod tidy;
pub mod workspace;
