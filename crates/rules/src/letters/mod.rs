//! Letters: which kinds there are and the facts that each may state.

pub mod facts;

pub use facts::{LetterFacts, LetterKind, PointAnswer, PromisedAction};
