//! Letters: which kinds there are, the facts that each may state, the words that are fixed before one goes, and where one stands in the post room.

pub mod facts;
pub mod fixed;
pub mod posted;

pub use facts::{LetterFacts, LetterKind, PointAnswer, PromisedAction};
pub use fixed::{Compose, Composed, FixedLetter, Scribe, Written};
pub use posted::{Posted, Standing};
