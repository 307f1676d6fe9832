//! What the desk shows: reads only, each made for a page, each below one rule of access (invariant 12).

pub mod case_file;
pub mod counts;
pub mod groups;
pub mod jobs;
pub mod lists;
pub mod office_log;
pub mod outline;
pub mod wanted;

pub use case_file::{CaseFile, Proof};
pub use counts::Counts;
pub use groups::{Group, Why};
pub use lists::{COUNTED, DeskLine, Page, Shown};
pub use outline::Outline;
pub use wanted::{OwnedBy, Standing, Wanted};
