//! Finds who is named in a text, and whether they are complained about: it suggests, and a person decides (R33, A13).
//!
//! A text is read once, word for word, and held against people who are known and against what is known of names, words and things. The
//! rules say nothing of who did what: they say where somebody has to look.

mod author;
mod clause;
mod complained;
mod contact;
mod described;
mod known;
mod lexicon;
mod misspelled;
mod page;
mod people;
mod quoted;
mod sound;
mod suggest;
mod unknown;
mod word;

pub use complained::Part;
pub use known::By;
pub use people::{Known, People};
pub use suggest::{Found, Span, SpanKind, What, find};

/// Which version of the rules and lists suggested something. It goes up when either changes, so that a suggestion which was kept can be told
/// from one that would be made today.
pub const VERSION: u32 = 1;
