//! Clocks against the worked examples of domain/working-days.md, invariants 1 to 5 and 10, and a walk day by day.

#![allow(clippy::unwrap_used, reason = "in a test a panic is the report")]

#[path = "clock/accounts.rs"]
mod accounts;
#[path = "clock/calendars.rs"]
mod calendars;
#[path = "clock/daylight.rs"]
mod daylight;
#[path = "clock/desk.rs"]
mod desk;
#[path = "clock/invariants.rs"]
mod invariants;
#[path = "clock/other_units.rs"]
mod other_units;
#[path = "clock/stages.rs"]
mod stages;
#[path = "clock/worked_examples.rs"]
mod worked_examples;
