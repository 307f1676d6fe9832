//! How feedback comes in, and how the complainant comes back to it.

pub mod complain;
mod gate;
pub mod log;
pub(crate) mod numbers;
pub mod receive;
pub mod set_apart;
pub mod track;

pub use receive::Receipt;
pub(crate) use receive::{AtOnce, Incoming, keep};
