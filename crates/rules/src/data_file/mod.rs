//! Reading procedure and calendar files: every fault is found, told with its line and in plain words, and none hides another.

mod date_value;
mod invalid;
mod reading;
mod section;

pub use invalid::Invalid;
pub(crate) use reading::Reading;
pub(crate) use section::Section;
