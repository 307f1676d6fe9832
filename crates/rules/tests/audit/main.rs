//! The audit log against itself, against naive recursion, against other people's code, and against people who tamper.
#![allow(clippy::unwrap_used)]

mod case_proof;
mod checkpoint;
mod entry;
mod hash;
mod note;
mod others;
mod proof;
mod receipt;
mod support;
mod tree;
mod verify;
