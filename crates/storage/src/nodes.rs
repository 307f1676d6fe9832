//! The nodes over one database: which of them are alive, and which steps of the schema their versions know.

use jiff::SignedDuration;

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

/// For how long a node counts as alive that is not heard of again.
const ALIVE: SignedDuration = SignedDuration::from_mins(1);

/// A node as the others know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heard {
    /// The node.
    pub node: Node,
    /// How long ago it last said that it is alive, by the clock of the database.
    pub ago: SignedDuration,
}

impl Heard {
    /// Whether it counts as alive: no step is taken then that takes away what its version needs.
    pub fn is_alive(&self) -> bool {
        self.ago < ALIVE
    }
}

/// The nodes that were heard of within the last hour and did not say that they left, the latest heard first; without this one. What runs a single
/// command over the database is one too, and says so only as it starts.
///
/// # Errors
/// When the database cannot be read.
pub async fn others(store: &Store) -> Result<Vec<Heard>, StorageError> {
    let listed = store.read(|tx| {
        Box::pin(async move {
            tx.all(tx.engine().nodes().all, &[], |row| {
                Ok(Heard {
                    node: Node {
                        name: row.get(0)?,
                        knows: row.get(1)?,
                    },
                    ago: ALIVE - SignedDuration::from_micros(row.get(2)?),
                })
            })
            .await
        })
    });
    let mut listed: Vec<Heard> = listed.await?;
    listed.retain(|heard| heard.node.name != store.node().name);
    Ok(listed)
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
