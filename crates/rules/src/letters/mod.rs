//! Letters: which kinds there are, the facts that each may state, and where one stands in the post room.

pub mod facts;
pub mod posted;

pub use facts::{LetterFacts, LetterKind, PointAnswer, PromisedAction};
pub use posted::{Posted, Standing};
