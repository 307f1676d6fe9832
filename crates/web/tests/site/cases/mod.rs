//! The pages of one case and the acts on it.

mod acts;
mod door;
mod reading;
mod writing;
