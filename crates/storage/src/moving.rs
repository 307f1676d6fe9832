//! Moving everything that a database holds into a new one, of the same engine or the other, and proving that both hold the same.

use jiff::Timestamp;

use crate::StorageError;
use crate::database::{After, At, Counting, Filling, Snapshot, Table, Tally, encode_row};

/// A table that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Its name.
    pub table: String,
    /// What it holds, on both sides.
    pub tally: Tally,
}

/// Copies every table into a database that is made for it, in one consistent look, with writing stopped; then reads the new one and compares
/// number and hash of the rows of each table on both sides. The new database is there when all agree, and otherwise not at all.
///
/// # Errors
/// [`StorageError::InUse`] while somebody serves or writes, [`StorageError::NotEmpty`] where the target holds something, and
/// [`StorageError::Corrupt`] when the two differ.
pub async fn run(from: &At, to: &At, now: Timestamp) -> Result<Vec<Moved>, StorageError> {
    let mut source = Snapshot::hold(from, now).await?;
    let mut target = Filling::begin(to, source.step()).await?;
    if source.tables() != target.tables() {
        return Err(StorageError::Corrupt(format!(
            "{} has other tables or columns than this version makes",
            from.words()
        )));
    }
    let tables = source.tables().to_vec();
    let mut moved = Vec::with_capacity(tables.len());
    for table in &tables {
        let tally = copy(&mut source, &mut target, table).await?;
        moved.push(Moved {
            table: table.name.clone(),
            tally,
        });
    }
    target.complete().await?;
    for (table, Moved { tally, .. }) in tables.iter().zip(&moved) {
        let after = target.tally(table).await?;
        if after != *tally {
            return Err(differs(table, tally, &after));
        }
    }
    target.keep().await?;
    Ok(moved)
}

/// Every table of a database as the engine itself describes it, for the test that compares the engines with each other.
///
/// # Errors
/// When the database cannot be read.
#[doc(hidden)]
pub async fn tables(at: &At) -> Result<Vec<Table>, StorageError> {
    Ok(Snapshot::take(at).await?.tables().to_vec())
}

async fn copy(source: &mut Snapshot, target: &mut Filling, table: &Table) -> Result<Tally, StorageError> {
    let mut counting = Counting::of(table);
    let mut filling = target.table(table).await?;
    let mut after = After::default();
    while let Some(page) = source.page(table, &mut after).await? {
        for row in page {
            counting.add(&encode_row(&row)?);
            filling.add(row).await?;
        }
    }
    filling.end().await?;
    Ok(counting.end())
}

fn differs(table: &Table, before: &Tally, after: &Tally) -> StorageError {
    StorageError::Corrupt(format!(
        "the table {} was copied and is not the same: {} rows there, {} rows here. Nothing was kept of the copy",
        table.name, before.rows, after.rows
    ))
}
