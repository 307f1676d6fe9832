//! The acts of people and of the worker, as stories on a real store with the clock stopped.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod access_log;
mod accounts;
mod asked;
mod calendars;
mod calls;
mod clocks;
mod coming_back;
mod consent;
mod decisions;
mod drafts;
mod endings;
mod evidence;
mod groups;
mod investigating;
mod mail;
mod more_time;
mod new_calendar;
mod new_issue;
mod numbers;
mod post;
mod question;
mod rebuilding;
mod regime;
mod reports;
mod secrecy;
mod sign_off;
mod stage_2;
mod support;
mod together;
mod triage;
mod unseen;
mod views;
mod vips;
mod web_form;
mod wrong_clock;
