//! How long cases are kept: what goes next, erasing it, and what stands on record of what is gone (P40).

mod erase;
mod preview;
mod record;
pub(crate) mod round;

pub use erase::{erase_as_asked, finish_half_erased, remove_left_files};
pub use preview::{About, Class, Going, Held, Line, Overview, about_case, overview};
pub use record::{Gone, erased, latest};
pub use round::{Done, announce, erase_due, run_now};

pub(crate) use record::erased_facts;
