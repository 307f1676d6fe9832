//! Reading procedure and calendar files: every fault is found, told with its line and in plain words, and none hides another.

mod date_value;
mod invalid;
mod section;

pub use invalid::Invalid;
pub(crate) use section::{Reading, Section};
