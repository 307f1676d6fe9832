//! The counter: every page that somebody outside the office sees.
//!
//! A page is a struct of plain words and a function that draws it for an [`Institution`](crate::page::public_shell::Institution).
//! It holds nothing that its reader may not see, and its words arrive ready to read: dates in full, stages and limits
//! from the procedure in force (R13). [`all_samples`] draws every page in every state.

pub mod about;
mod act_page;
pub(crate) mod answer;
pub mod ask_stage_2;
pub mod changes;
pub mod checkpoints;
pub mod complain;
pub mod confirmation;
pub mod contact;
pub mod handover;
pub mod home;
pub(crate) mod kept;
pub mod message;
mod own_form;
pub mod paths;
pub mod procedure;
pub mod stop;
pub mod thanks;
pub(crate) mod too_large;
pub mod track;
pub mod track_start;
pub mod trouble;

mod routes;
mod samples;

pub use routes::{not_found, routes};
pub use samples::all_samples;

#[cfg(test)]
mod tests;
