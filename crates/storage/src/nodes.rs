//! The nodes over one database: which of them are alive, and which steps of the schema their versions know.

use crate::database::{Steps, statements};
use crate::{Keys, StorageError, Store};

statements! {
    LEAVE_LIST = LEAVE;
}

/// Takes a node out of the list.
pub(crate) const LEAVE: &str = "DELETE FROM nodes WHERE node = $1";

/// A process over the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Node {
    /// A name that no other node ever has, and by which an operator finds it: machine and process.
    pub name: String,
    /// The latest step of the schema that its version knows.
    pub knows: i64,
}

impl Node {
    /// This process, as a node that was never there before.
    pub(crate) fn new(steps: &Steps) -> Result<Node, StorageError> {
        let machine = hostname::get().map_or_else(|_| "?".to_owned(), |name| name.to_string_lossy().into_owned());
        let chance = crate::keys::hex(&Keys::random::<4>()?);
        Ok(Node {
            name: format!("{machine}, process {} ({chance})", std::process::id()),
            knows: steps.latest(),
        })
    }
}

/// Says that this node is alive, for another minute. It said so first when its store was opened.
///
/// # Errors
/// [`StorageError::Overtaken`] once a newer version took a step on which this one does not work: then this node must end. Otherwise when the
/// database cannot be written.
pub async fn beat(store: &Store) -> Result<(), StorageError> {
    let Node { name, knows } = store.node().clone();
    store
        .write(move |tx| Box::pin(async move { tx.put(tx.engine().nodes().beat, &[&name, &knows]).await }))
        .await
}

/// Says that this node is gone, so that nobody waits for it: as an act, where there is no other way into the database.
pub(crate) async fn leave(store: &Store) -> Result<(), StorageError> {
    let name = store.node().name.clone();
    store
        .write(move |tx| Box::pin(async move { tx.put(LEAVE_LIST, &[&name]).await }))
        .await
}

/// Whoever could not say so is waited for.
pub(crate) fn has_left(left: Result<(), StorageError>) {
    match left {
        Ok(()) | Err(StorageError::Closed) => {}
        Err(error) => tracing::warn!(%error, "this node counts as alive for another minute"),
    }
}
