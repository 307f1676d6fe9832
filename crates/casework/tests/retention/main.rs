//! Keeping periods on a real store: what goes, when, what keeps it, and what is left of a case that is gone.

mod after;
mod again;
mod request;
mod schedule;
mod support;
