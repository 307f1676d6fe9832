//! One letter: wording file and facts in, subject, plain text and HTML out.

mod blank_lines;
mod built_in;
mod check;
mod compose;
mod error;
mod glyph;
mod html;
mod inline;
mod markup;
pub mod sample;
mod sheet;
mod text;
mod tidy;
pub mod trial;
mod wording;

pub use check::{Missing, check, evidence};
pub use error::WordingError;
pub use trial::{Tried, Unfit, try_out};
pub use wording::{Origin, Wording, built_in_wording};

/// A letter in words, ready to be sent or shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The subject: one line, no control characters.
    pub subject: String,
    /// Plain text, wrapped at 76 columns, complete in itself; lines end in `\n`.
    pub text: String,
    /// A whole HTML document that loads nothing from anywhere.
    pub html: String,
}
