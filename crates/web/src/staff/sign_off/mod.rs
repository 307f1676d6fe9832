//! Sign-off: letters that wait for a senior manager, and the page on which one is read (R78, P34).

mod letter;
mod list;

pub use letter::{Lock, SignOffLetter};
pub use list::{SignOffLine, SignOffList};
