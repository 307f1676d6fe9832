//! Restricted cases on a real store: for everybody else they are not there (invariant 12), and no secret of a complainant is read by staff.
#![allow(clippy::unwrap_used)]

mod absence;
mod glass;
mod groups;
mod held;
mod leaving;
mod register;
mod sealed;
mod separation;
mod support;
mod views;
mod way_back;
