//! The pages of one case and the acts on it.

mod acts;
mod consent;
pub(crate) mod door;
mod groups;
mod meanwhile;
mod my_work;
mod new_issue;
mod question;
mod reading;
mod sign_off;
mod writing;
