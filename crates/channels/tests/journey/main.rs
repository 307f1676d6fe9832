//! Letters from the act that owes them to a real mail server and back on the record, with the clock stopped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod as_approved;
mod comes_in;
mod encrypted;
mod mail_server;
mod one_complaint;
mod post;
#[path = "../support/mod.rs"]
mod support;
mod trouble;
