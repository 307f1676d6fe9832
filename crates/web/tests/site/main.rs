//! The site as browsers meet it: the router driven without a socket, on a real store, with the clock stopped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod access_log;
mod all_cases;
mod anonymous;
mod answers;
mod bad_input;
mod busy;
mod calendars;
mod calls;
mod cases;
mod delivery;
mod directory;
mod drafts;
mod files;
mod held;
mod keeping;
mod letter_keys;
mod locked_out;
mod looked;
mod lost_code;
mod mail;
mod mail_trial;
mod navigation;
mod now;
mod office;
mod redacted;
mod restricted;
mod review;
mod sealed;
mod settings;
mod signed_out;
mod subject;
mod support;
mod views;
mod vips;
mod way_back;
