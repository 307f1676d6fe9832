//! Log a complaint while somebody talks, and the reference to read out afterwards.

mod form;
mod logged;

pub use form::LogComplaint;
pub use logged::Logged;
