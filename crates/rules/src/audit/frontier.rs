//! The right-hand edge of the tree: the few hashes that suffice to append to it and to compute its root.

use super::hash::{Hash, empty_root, node_hash};
use super::tree::{NodeId, TreeError, frontier_nodes};

/// A complete subtree and its hash, as it is kept in the table of nodes. It never changes once it exists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// Which subtree.
    pub id: NodeId,
    /// Its hash; for level 0, the leaf hash.
    pub hash: Hash,
}

/// A tree reduced to the hashes of the largest complete subtrees that cover it, the leftmost and largest first.
///
/// For `n` leaves that is one hash for each one-bit of `n`, so at most 64. The writer loads these, appends any number
/// of leaves, and stores what [`Frontier::append`] hands out; a verifier streams over every leaf and keeps nothing else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// The tree with no leaves.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// The edge of the stored tree of `size` leaves; `node` looks up a stored hash by level and index.
    ///
    /// It asks for the nodes that [`frontier_nodes`] names, so a caller can fetch them all in one query beforehand.
    ///
    /// # Errors
    /// [`TreeError::NodeMissing`] if a node is not stored.
    pub fn load(size: u64, node: impl Fn(u8, u64) -> Option<Hash>) -> Result<Self, TreeError> {
        let look_up = |id: NodeId| node(id.level, id.index).ok_or(TreeError::NodeMissing(id));
        let peaks = frontier_nodes(size)
            .into_iter()
            .map(look_up)
            .collect::<Result<_, _>>()?;
        Ok(Self { size, peaks })
    }

    /// How many leaves the tree has; also the index that the next leaf will have.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf and hands `keep` every subtree that it completes, the leaf itself first.
    ///
    /// Over `n` leaves fewer than `2n` nodes are handed out.
    pub fn append(&mut self, leaf: Hash, mut keep: impl FnMut(Node)) {
        let leaf_index = self.size;
        let mut hash = leaf;
        let mut level: u8 = 0;
        keep(Node {
            id: NodeId {
                level,
                index: leaf_index,
            },
            hash,
        });
        // Each trailing one-bit of the size is a peak of that level, which the new subtree joins as its right half.
        while leaf_index >> level & 1 == 1
            && let Some(left) = self.peaks.pop()
        {
            hash = node_hash(left, hash);
            level += 1;
            keep(Node {
                id: NodeId {
                    level,
                    index: leaf_index >> level,
                },
                hash,
            });
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root of the tree (RFC 6962, section 2.1).
    #[must_use]
    pub fn root(&self) -> Hash {
        let right_to_left = self.peaks.iter().rev().copied();
        right_to_left
            .reduce(|right, left| node_hash(left, right))
            .unwrap_or_else(empty_root)
    }
}
