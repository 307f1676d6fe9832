//! Keeping periods on a real store: what goes, when, what keeps it, and what is left of a case that is gone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod after;
mod again;
mod redacted;
mod request;
mod schedule;
mod subject;
mod support;
