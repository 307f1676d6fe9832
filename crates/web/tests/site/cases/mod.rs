//! The pages of one case and the acts on it.

mod acts;
mod consent;
pub(crate) mod door;
mod groups;
mod investigating;
mod my_work;
mod reading;
mod writing;
