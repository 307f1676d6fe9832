//! The pages of one case and the acts on it.

mod acts;
pub(crate) mod door;
mod my_work;
mod reading;
mod writing;
