//! The office itself: who works here and who may change that, what is published, and how its events are stored.
#![allow(clippy::unwrap_used)]

mod brand;
mod categories;
mod day_off;
mod delegates;
mod events;
mod leaving;
mod letter_keys;
mod next_version;
mod people;
mod publishing;
mod staff;
mod views;
mod vips;
mod ways;
mod wording;
