//! A letter as it lies in the post room: what a rule must know of it, handed in like the present instant.

use super::LetterKind;

/// A letter in the post room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Its number there; a later letter has a larger one.
    pub number: i64,
    /// Which letter.
    pub letter: LetterKind,
    /// Where it stands.
    pub standing: Standing,
    /// The address it goes to; none where it is shown on the tracking page.
    pub to: Option<String>,
}

/// Where a letter stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It waits, is being sent, or is tried again after a failure.
    OnItsWay,
    /// It did not arrive and nobody tries again.
    GivenUp,
    /// It arrived, or another took its place.
    Settled,
}
