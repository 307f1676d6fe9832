//! Search over keyed tokens: the index finds words, but nobody can read words in it.

mod tokens;
mod wholes;
mod words;

use rules::confidential::Reach;

use crate::cases::reach::within;
use crate::database::{Arguments, statements};
use crate::{StorageError, Tx};
pub use tokens::Document;
use tokens::expression;

statements! {
    PUT = "INSERT INTO search_documents (reference, words, summary, names, exact) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (reference) DO UPDATE SET words = excluded.words, summary = excluded.summary,
               names = excluded.names, exact = excluded.exact
           RETURNING id";
    GET = "SELECT id, words, summary, names, exact FROM search_documents WHERE reference = $1";
    REMOVE = "DELETE FROM search_documents WHERE id = $1";
}

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

/// A case that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// The case.
    pub reference: String,
    /// How well it fits: smaller is better.
    pub rank: f64,
}

/// Writes what a case is found by, replacing what was there. Costs next to nothing when nothing changed.
///
/// # Errors
/// When the database cannot be written.
pub async fn index(tx: &mut Tx<'_>, reference: &str, texts: &[(Weight, &str)]) -> Result<(), StorageError> {
    let document = Document::of(tx.keys, texts);
    put(tx, reference, &document).await
}

/// The same with tokens that were made before.
///
/// # Errors
/// When the database cannot be written.
pub async fn put(tx: &mut Tx<'_>, reference: &str, document: &Document) -> Result<(), StorageError> {
    match kept(tx, reference).await? {
        Some((_, same)) if same == *document.columns() => return Ok(()),
        Some((id, _)) => take_out(tx, id).await?,
        None => {}
    }
    add(tx, reference, document).await
}

/// The same for a case that was not there before.
///
/// # Errors
/// When the database cannot be written.
pub async fn add(tx: &mut Tx<'_>, reference: &str, document: &Document) -> Result<(), StorageError> {
    let [words, summary, names, exact] = document.columns();
    let id: i64 = tx
        .one(PUT, &[&reference, words, summary, names, exact], |row| row.get(0))
        .await?;
    match tx.engine().search_add() {
        Some(add) => tx.put(add, &[&id, words, summary, names, exact]).await,
        None => Ok(()),
    }
}

/// The cases that hold every word of the query, the best of the latest 1,000 first, with and without its hyphens. A query that is a reference, a
/// job number, an e-mail address, a phone number or a bare number is looked up whole, however it is typed. Cases beyond the reach are as good
/// as not there (invariant 12).
///
/// # Errors
/// When the database cannot be read.
pub async fn find(tx: &mut Tx<'_>, query: &str, limit: u32, reach: &Reach) -> Result<Vec<Found>, StorageError> {
    let Some(expression) = expression(tx.keys, tx.engine(), query) else {
        return Ok(Vec::new());
    };
    let mut arguments = Arguments::default();
    let (wanted, limit) = (arguments.add(expression), arguments.add(i64::from(limit)));
    let within = within("c", reach, tx.keys, &mut arguments);
    let sql = tx
        .engine()
        .search_find(&wanted, &limit, &format!("c.lane <> 'open' AND NOT {within}"));
    tx.all(&sql, &arguments.values(), |row| {
        Ok(Found {
            reference: row.get(0)?,
            rank: row.get(1)?,
        })
    })
    .await
}

/// Removes a case from the index (A16).
///
/// # Errors
/// When the database cannot be written.
pub async fn remove(tx: &mut Tx<'_>, reference: &str) -> Result<(), StorageError> {
    if let Some((id, _)) = kept(tx, reference).await? {
        take_out(tx, id).await?;
        tx.put(REMOVE, &[&id]).await?;
    }
    Ok(())
}

async fn take_out(tx: &mut Tx<'_>, id: i64) -> Result<(), StorageError> {
    match tx.engine().search_remove() {
        Some(remove) => tx.put(remove, &[&id]).await,
        None => Ok(()),
    }
}

async fn kept(tx: &mut Tx<'_>, reference: &str) -> Result<Option<(i64, [String; 4])>, StorageError> {
    tx.optional(GET, &[&reference], |row| {
        Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?]))
    })
    .await
}
