//! Changes of the kept tallies on their way to them: all acts of a commit add to the same few numbers, so that these are written once for all.

use std::collections::BTreeMap;
use std::sync::Arc;

use rules::review::tally::Name;

use crate::database::Arguments;
use crate::{StorageError, Tx};

/// What is added to each number; less than nothing where it is taken away.
pub(crate) type Changes = BTreeMap<Name, i64>;

/// Rows of one statement. Few lengths, so that each is soon prepared; the last goes into all that is left.
const ROWS: [usize; 3] = [24, 6, 1];

/// The changes of the acts of a commit that are not in the database yet. Cheap to copy, as each act goes on with those before it and may be
/// undone alone.
#[derive(Clone, Default)]
pub(crate) struct Gathered(Vec<Arc<Changes>>);

impl Gathered {
    /// What all of them come to, in the order of the names, so that two writers of an engine with row locks take their turns.
    fn sums(&self) -> Vec<(&Name, i64)> {
        let mut sums = BTreeMap::<&Name, i64>::new();
        for (name, n) in self.0.iter().flat_map(|changes| changes.iter()) {
            *sums.entry(name).or_default() += n;
        }
        sums.into_iter().filter(|(_, n)| *n != 0).collect()
    }
}

/// Adds changes to those of the commit.
pub(super) fn add(tx: &mut Tx<'_>, changes: Arc<Changes>) {
    tx.effects.tallies.0.push(changes);
}

/// Writes what was gathered: at the end of a commit, and before anything reads the numbers in one.
///
/// # Errors
/// When the database cannot be written.
pub(crate) async fn settle(tx: &mut Tx<'_>) -> Result<(), StorageError> {
    let gathered = std::mem::take(&mut tx.effects.tallies);
    let sums = gathered.sums();
    let mut left = sums.as_slice();
    for length in ROWS {
        while left.len() >= length {
            let (rows, rest) = left.split_at(length);
            write(tx, rows).await?;
            left = rest;
        }
    }
    Ok(())
}

async fn write(tx: &mut Tx<'_>, rows: &[(&Name, i64)]) -> Result<(), StorageError> {
    let mut arguments = Arguments::default();
    let values: Vec<String> = rows
        .iter()
        .map(|(name, n)| {
            let place = arguments.add(name.place.clone());
            let (what, n) = (arguments.add(name.what.clone()), arguments.add(*n));
            format!("({place}, {what}, {n})")
        })
        .collect();
    let sql = format!(
        "INSERT INTO tallies (place, what, n) VALUES {}
         ON CONFLICT (place, what) DO UPDATE SET n = tallies.n + excluded.n",
        values.join(", ")
    );
    tx.put(&sql, &arguments.values()).await
}
