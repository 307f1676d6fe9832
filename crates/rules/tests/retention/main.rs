//! How long cases are kept: classes, days, what keeps a case, and what stands on record of one that is gone (P40).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod acts;
mod classes;
mod days;
mod looks;
mod record;
