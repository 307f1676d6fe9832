//! Log a complaint while somebody talks, and the reference to read out afterwards.

mod done;
mod form;
pub mod handler;
mod logged;
mod read;
mod shown;

pub use form::LogComplaint;
pub use logged::Logged;
