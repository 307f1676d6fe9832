//! The pages of one case and the acts on it.

mod acts;
mod consent;
pub(crate) mod door;
mod groups;
mod investigating;
mod meanwhile;
mod my_work;
mod new_issue;
mod question;
mod reading;
mod regimes;
mod sign_off;
mod writing;
