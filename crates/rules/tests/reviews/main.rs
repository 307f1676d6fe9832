//! Holding the monthly review and following what it asks for, told as stories; what is stored, held in golden files.
#![allow(clippy::unwrap_used)]

mod actions;
mod events;
mod holding;
mod register;
