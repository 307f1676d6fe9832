//! Sign-off: letters that wait for a senior manager, and the page on which one is read (R78, P34).

mod edit;
mod findings;
mod letter;
mod list;
mod sample_findings;

pub use edit::EditLetter;
pub use findings::{Findings, FoundPoint, Ground};
pub use letter::{Lock, SignOffLetter, Since};
pub use list::{SignOffLine, SignOffList};
