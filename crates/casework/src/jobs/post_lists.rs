//! The letters of the post room as lists: the latest, and those that did not arrive; each holds the cases within somebody's reach (invariant 12).

use jiff::Timestamp;
use rules::case::change::permit;
use rules::confidential::sight::reach;
use rules::people::{Act, Person};
pub use storage::outbox::OutboxState;
use storage::outbox::{self, OutboxRow};
use storage::{StorageError, cases};

use crate::{ActError, Office};

/// A line of the outbox for the operator: no words, no address.
#[derive(Debug, Clone)]
pub struct OutboxLine {
    /// The case.
    pub reference: String,
    /// Which letter, as its code.
    pub kind: String,
    /// Where it stands.
    pub state: OutboxState,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was owed.
    pub created_at: Timestamp,
    /// What the server said last.
    pub last_error: Option<String>,
}

/// The latest letters, for the operator, who learns nothing of a case that is not there for them (invariant 12).
///
/// # Errors
/// When the person may not read the letter box, or the store cannot be read.
pub async fn recent(office: &Office, limit: u32, by: &Person) -> Result<Vec<OutboxLine>, ActError> {
    permit(by, Act::SeeLetterBox)?;
    let reach = reach(by);
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let mut rows = Vec::new();
                for row in outbox::recent(tx, limit).await? {
                    if cases::is_within(tx, &row.reference, &reach).await? {
                        rows.push(row);
                    }
                }
                Ok::<_, StorageError>(rows)
            })
        })
        .await?;
    let line = |row: OutboxRow| OutboxLine {
        reference: row.reference,
        kind: row.kind,
        state: row.state,
        attempts: row.attempts,
        created_at: row.created_at,
        last_error: row.last_error,
    };
    Ok(rows.into_iter().map(line).collect())
}
