//! The nodes of the tree as they are stored: appending to them and reading proofs from them.

use std::collections::HashMap;

use rules::audit::{self, Frontier, Hash, Node, NodeId, TreeError};

use crate::database::{Arguments, statements};
use crate::{StorageError, Tx};

statements! {
    SIZE = "SELECT COALESCE(MAX(number) + 1, 0) FROM audit_nodes WHERE level = 0";
    ADD = "INSERT INTO audit_nodes (level, number, hash) VALUES ($1, $2, $3)";
    ENTRIES = "SELECT COALESCE(MAX(position), 0) FROM events";
}

/// The number of entries in the tree.
///
/// # Errors
/// When the database cannot be read.
pub async fn size(tx: &mut Tx<'_>) -> Result<u64, StorageError> {
    tx.one(SIZE, &[], |row| row.natural(0)).await
}

/// The hashes that prove that the entry at `position` (from 1) is in the tree of its first `size` entries.
///
/// # Errors
/// [`StorageError::Corrupt`] when the tree has no such position or size.
pub async fn inclusion_proof(tx: &mut Tx<'_>, position: u64, size: u64) -> Result<Vec<Hash>, StorageError> {
    let index = position
        .checked_sub(1)
        .ok_or_else(|| StorageError::Corrupt("positions start at 1".to_owned()))?;
    let nodes = nodes(tx, audit::inclusion_nodes(index, size).map_err(broken)?).await?;
    audit::inclusion_proof(index, size, nodes.look_up()).map_err(broken)
}

/// The hashes that prove that the tree of `new` entries only adds to the tree of `old`.
///
/// # Errors
/// [`StorageError::Corrupt`] when the tree is not that large.
pub async fn consistency_proof(tx: &mut Tx<'_>, old: u64, new: u64) -> Result<Vec<Hash>, StorageError> {
    let nodes = nodes(tx, audit::consistency_nodes(old, new).map_err(broken)?).await?;
    audit::consistency_proof(old, new, nodes.look_up()).map_err(broken)
}

/// The root of the first `size` entries.
pub(super) async fn root(tx: &mut Tx<'_>, size: u64) -> Result<Hash, StorageError> {
    let nodes = nodes(tx, audit::frontier_nodes(size)).await?;
    audit::root(size, nodes.look_up()).map_err(broken)
}

/// The tree while leaves are appended to it.
pub(crate) struct Growth {
    frontier: Frontier,
}

impl Growth {
    /// The tree as this transaction left it, or as it is stored. Nobody else appends to it before the commit, so that the acts which share one read
    /// its edge once.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when the log and its tree are not of one length: going on would bury what was done.
    pub(crate) async fn begin(tx: &mut Tx<'_>) -> Result<Growth, StorageError> {
        if let Some(frontier) = tx.effects.tree.take() {
            return Ok(Growth { frontier });
        }
        let size = size(tx).await?;
        let entries: u64 = tx.one(ENTRIES, &[], |row| row.natural(0)).await?;
        if entries != size {
            let words = format!("the log has {entries} entries and its audit tree {size}");
            return Err(StorageError::Corrupt(words));
        }
        let nodes = nodes(tx, audit::frontier_nodes(size)).await?;
        Ok(Growth {
            frontier: Frontier::load(size, nodes.look_up()).map_err(broken)?,
        })
    }

    /// Leaves the tree to whatever is appended next in this transaction.
    pub(crate) fn end(self, tx: &mut Tx<'_>) {
        tx.effects.tree = Some(self.frontier);
    }

    /// How many entries the tree has now.
    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    /// Appends a leaf and stores every node that it completes.
    pub(crate) async fn append(&mut self, tx: &mut Tx<'_>, leaf: Hash) -> Result<(), StorageError> {
        let mut complete: Vec<Node> = Vec::new();
        self.frontier.append(leaf, |node| complete.push(node));
        for Node { id, hash } in complete {
            tx.put(
                ADD,
                &[&i64::from(id.level), &(id.index as i64), &hash.as_bytes().as_slice()],
            )
            .await?;
        }
        Ok(())
    }
}

struct Nodes(HashMap<(u8, u64), Hash>);

impl Nodes {
    fn look_up(&self) -> impl Fn(u8, u64) -> Option<Hash> {
        |level, index| self.0.get(&(level, index)).copied()
    }
}

/// Nodes in one question: a tree has one at its edge for each time that its size can be halved.
async fn nodes(tx: &mut Tx<'_>, ids: Vec<NodeId>) -> Result<Nodes, StorageError> {
    if ids.is_empty() {
        return Ok(Nodes(HashMap::new()));
    }
    let mut arguments = Arguments::default();
    let each: Vec<String> = ids
        .iter()
        .map(|id| {
            let (level, number) = (arguments.add(i64::from(id.level)), arguments.add(id.index as i64));
            format!("(level = {level} AND number = {number})")
        })
        .collect();
    let sql = format!(
        "SELECT level, number, hash FROM audit_nodes WHERE {}",
        each.join(" OR ")
    );
    let found = tx
        .all(&sql, &arguments.values(), |row| {
            Ok(((row.natural(0)?, row.natural(1)?), Hash::from(row.hash(2)?)))
        })
        .await?;
    Ok(Nodes(found.into_iter().collect()))
}

fn broken(error: TreeError) -> StorageError {
    StorageError::Corrupt(error.to_string())
}
