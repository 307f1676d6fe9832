//! What is published version by version, as its text: procedures and working-day calendars.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::database::Row;
use crate::{StorageError, Tx};

pub(crate) mod calendars;
pub(crate) mod procedures;

pub use calendars::CALENDARS;
pub use procedures::PROCEDURES;

/// A published version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// The code of the procedure or calendar, for instance `it-services` or `england-and-wales`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// From which date new cases begin under it; of a calendar, the first date that it covers.
    pub valid_from: Date,
    /// The whole file.
    pub text: String,
    /// When it was published.
    pub published_at: Timestamp,
    /// True for the one in use.
    pub active: bool,
}

/// A table of published versions, by the statements that keep and find them.
#[derive(Debug)]
pub struct Series {
    put: &'static str,
    retire: &'static str,
    get: &'static str,
    active: &'static str,
    list: &'static str,
}

impl Series {
    /// Keeps a version. Making it active takes that from the others of the same code.
    ///
    /// # Errors
    /// [`StorageError::Taken`] when this version is kept already with another text.
    pub async fn put(&self, tx: &mut Tx<'_>, row: &PublishedRow) -> Result<(), StorageError> {
        if self
            .get(tx, &row.id, &row.version)
            .await?
            .is_some_and(|kept| kept.text != row.text)
        {
            return Err(StorageError::Taken(format!(
                "version {} of {} with another text",
                row.version, row.id
            )));
        }
        let PublishedRow {
            id,
            version,
            valid_from,
            text,
            published_at,
            active,
        } = row;
        let (valid_from, published_at) = (valid_from.to_string(), published_at.as_microsecond());
        tx.put(self.put, &[id, version, &valid_from, text, &published_at, active])
            .await?;
        if *active {
            tx.put(self.retire, &[id, version]).await?;
        }
        Ok(())
    }

    /// A version.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn get(&self, tx: &mut Tx<'_>, id: &str, version: &str) -> Result<Option<PublishedRow>, StorageError> {
        tx.optional(self.get, &[&id, &version], published).await
    }

    /// The version in use.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn active(&self, tx: &mut Tx<'_>, id: &str) -> Result<Option<PublishedRow>, StorageError> {
        tx.optional(self.active, &[&id], published).await
    }

    /// All versions, the newest first.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub async fn list(&self, tx: &mut Tx<'_>) -> Result<Vec<PublishedRow>, StorageError> {
        tx.all(self.list, &[], published).await
    }
}

fn published(row: &Row<'_>) -> Result<PublishedRow, StorageError> {
    Ok(PublishedRow {
        id: row.get(0)?,
        version: row.get(1)?,
        valid_from: row.date(2)?,
        text: row.get(3)?,
        published_at: row.instant(4)?,
        active: row.get(5)?,
    })
}
