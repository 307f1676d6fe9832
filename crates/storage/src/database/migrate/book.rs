//! The book of the steps that a database has taken, and who may work on it.

use super::steps::{Step, latest};
use crate::StorageError;

/// Makes the book of a database that has none.
pub(super) const MAKE: &str = "CREATE TABLE IF NOT EXISTS schema_migrations
     (number BIGINT PRIMARY KEY, name TEXT NOT NULL, checksum TEXT NOT NULL, works_from BIGINT)";
/// Completes a book of the time before it said from which step on a version works. What was taken until then is only for those who know it.
pub(super) const COMPLETE: &str = "ALTER TABLE schema_migrations ADD COLUMN works_from BIGINT";
/// The latest step that a database has taken.
pub(crate) const LATEST: &str = "SELECT COALESCE(MAX(number), 0) FROM schema_migrations";
pub(super) const TAKEN: &str = "SELECT checksum FROM schema_migrations WHERE number = $1";
pub(super) const TAKE: &str =
    "INSERT INTO schema_migrations (number, name, checksum, works_from) VALUES ($1, $2, $3, $4)";
/// The step that asks most of a version: its number and name, and the step that a version has to know for it.
pub(super) const ASKS_MOST: &str =
    "SELECT number, name, COALESCE(works_from, number) AS works_from FROM schema_migrations
     ORDER BY works_from DESC, number LIMIT 1";

/// A step as the book has it.
pub(super) struct Taken {
    pub(super) number: i64,
    pub(super) name: String,
    pub(super) works_from: i64,
}

/// Refuses a database that has taken a step on which these do not work, and says in the log when it is ahead of them.
pub(super) fn judge(taken: i64, asks_most: Option<&Taken>, steps: &[Step]) -> Result<(), StorageError> {
    let knows = latest(steps);
    if let Some(step) = asks_most.filter(|step| step.works_from > knows) {
        let Taken {
            number,
            name,
            works_from,
        } = step;
        return Err(StorageError::Migration(format!(
            "it has taken step {number} ({name}), after which a version has to know step {works_from}, and this version knows step {knows}; it was \
             brought forward by a newer version. Start that one"
        )));
    }
    if taken > knows {
        tracing::warn!(
            "the database was brought forward to step {taken} by a newer version; this one knows step {knows} and goes on working. Update this node too"
        );
    }
    Ok(())
}

/// A node that is alive.
pub(super) struct Living {
    pub(super) node: String,
    pub(super) knows: i64,
    /// For how long it counts as alive if nothing more is heard of it, in microseconds.
    pub(super) left: i64,
}

/// What the steps that are to be taken ask of every node, and the step that asks it; nothing where there are none to take.
pub(super) fn asked_by(taken: i64, steps: &[Step]) -> Option<&Step> {
    let to_take = steps.iter().filter(|step| step.number > taken);
    to_take.max_by_key(|step| step.works_from)
}

/// Why a step is not taken: a node that lives could not work any more.
pub(super) fn refusal(step: &Step, older: &[Living]) -> Option<StorageError> {
    let first = older.first()?;
    let others = match older.len() {
        1 => String::new(),
        number => format!(" (and {} more)", number - 1),
    };
    let Step {
        number,
        name,
        works_from,
        ..
    } = step;
    Some(StorageError::Migration(format!(
        "step {number} ({name}) takes away what versions before step {works_from} need, and the node {}{others} is running and knows step {}. Stop it or \
         update it, then start this one again. If it was killed, it counts no more in {} seconds",
        first.node,
        first.knows,
        first.left / 1_000_000 + 1
    )))
}
