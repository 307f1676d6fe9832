//! Search over keyed tokens: the index finds words, but nobody can read words in it.

use crate::{StorageError, Tx};

/// What a text is to its case: decides how it is found and how much it weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running words: the message, updates, notes.
    Words,
    /// A summary or a subject: weighs more than running words.
    Summary,
    /// A person's name: found by the first letters too.
    Name,
    /// A reference, a job number, an address or a phone number: found whole.
    Exact,
}

/// Which cases a search looks at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scope {
    /// All cases.
    #[default]
    All,
    /// Open cases only.
    Open,
}

/// A case that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The case.
    pub reference: String,
    /// How well it fits: smaller is better.
    pub rank: f64,
}

/// Writes what a case is found by, replacing what was there.
///
/// # Errors
/// When the database cannot be written.
pub async fn index(_tx: &mut Tx<'_>, _reference: &str, _texts: &[(Weight, &str)]) -> Result<(), StorageError> {
    unimplemented!()
}

/// The cases that hold every word of the query, the best first. A query that is a reference, a job number, an
/// e-mail address or a bare number is looked up whole.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(_tx: &mut Tx<'_>, _query: &str, _limit: u32, _scope: Scope) -> Result<Vec<Found>, StorageError> {
    unimplemented!()
}

/// Removes a case from the index (A16).
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(_tx: &mut Tx<'_>, _reference: &str) -> Result<(), StorageError> {
    unimplemented!()
}
