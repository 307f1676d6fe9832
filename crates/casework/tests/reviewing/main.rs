//! The monthly review and the follow-on actions on a real store, with the clock stopped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod actions;
mod figures;
mod lives;
mod month;
mod restricted;
mod support;
