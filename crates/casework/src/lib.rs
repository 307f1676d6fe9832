//! What people and the worker do: one file per act, and the only writer.
//!
//! An act loads the case, asks `rules` what follows, and hands the answer to [`record`], which is the single way to write.

pub mod account;
pub mod calendars;
mod clearance;
#[doc(hidden)]
pub mod copies;
pub mod derive;
pub mod desk;
pub mod directory;
pub mod door;
pub mod drafts;
pub mod error;
pub mod evidence;
pub mod files;
pub mod handling;
pub mod house;
mod in_force;
pub mod intake;
pub mod jobs;
mod kept;
pub mod letter;
pub mod letter_keys;
pub mod looks;
pub mod mail;
pub mod nodes;
pub mod office;
mod office_record;
mod once;
mod password;
pub mod people;
pub mod procedures;
mod publish;
pub mod rebuild;
mod record;
pub mod retention;
pub mod review;
mod roster;
pub mod sealing;
pub mod secrets;
mod separation;
pub mod subject;
mod turns;
pub mod views;
pub mod vips;
mod way_back;
pub mod wording;

pub use door::{PublicDoor, StaffDoor};
pub use error::{ActError, Passing};
pub use office::{Institution, Office, OfficeParts, StoppedClock, SystemClock, Ticking};
