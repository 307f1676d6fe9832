//! The finder of names: against labelled complaints, a directory of invented people, and texts that nobody wrote.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "in a test a panic is the report")]

mod directory;
#[allow(dead_code, reason = "the bench of the finder uses all of it")]
mod frames;
mod labelled;
mod wild;
