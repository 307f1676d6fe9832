//! The tree over stored nodes: appending, roots and proofs, where only complete subtrees are ever stored.
//!
//! A node is named by its level and index: it covers the leaves `index << level` up to `(index + 1) << level`. Level 0
//! holds the leaf hashes. Because only complete subtrees are stored, a stored node never changes, and a table
//! `audit_nodes(level, index, hash)` is only ever added to. Nodes of a level that is a multiple of eight are exactly what
//! C2SP `tlog-tiles` publishes.

use super::frontier::{Frontier, Node};
use super::hash::{Hash, empty_root, node_hash};

/// The name of a complete subtree: the `index`-th group of `2^level` leaves, both counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId {
    /// Height above the leaves, 0 to 63.
    pub level: u8,
    /// Number of the subtree within its level, from the left.
    pub index: u64,
}

/// Why a root or a proof cannot be given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// The store lacks a node that a tree of this size must have: it was deleted, or the size is wrong.
    #[error("the stored tree has no node at level {}, index {}", .0.level, .0.index)]
    NodeMissing(NodeId),
    /// There is no such leaf in a tree of this size.
    #[error("a tree of {size} entries has no leaf with the index {index}")]
    LeafOutside {
        /// The index asked for, from 0.
        index: u64,
        /// The size of the tree, in entries.
        size: u64,
    },
    /// The older tree is larger than the newer one.
    #[error("a tree of {old} entries cannot be older than a tree of {new}")]
    SizesReversed {
        /// The size of the tree said to be older, in entries.
        old: u64,
        /// The size of the tree said to be newer, in entries.
        new: u64,
    },
}

/// What changed when a leaf was appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appended {
    /// The nodes to store, the leaf first.
    pub new_nodes: Vec<Node>,
    /// How many entries the tree has now.
    pub size: u64,
    /// The root of the tree as it is now.
    pub root: Hash,
}

/// Appends one leaf to the stored tree of `size` entries. For several at once use [`Frontier`], which loads nodes once.
///
/// # Errors
/// [`TreeError::NodeMissing`] if the stored tree is incomplete.
pub fn append(size: u64, leaf: Hash, node: impl Fn(u8, u64) -> Option<Hash>) -> Result<Appended, TreeError> {
    let mut frontier = Frontier::load(size, node)?;
    let mut new_nodes = Vec::new();
    frontier.append(leaf, |new| new_nodes.push(new));
    Ok(Appended {
        new_nodes,
        size: frontier.size(),
        root: frontier.root(),
    })
}

/// The root of the first `size` entries; `size` may be smaller than what is stored.
///
/// # Errors
/// [`TreeError::NodeMissing`] if the stored tree is incomplete or shorter than `size`.
pub fn root(size: u64, node: impl Fn(u8, u64) -> Option<Hash>) -> Result<Hash, TreeError> {
    if size == 0 {
        return Ok(empty_root());
    }
    Span { start: 0, end: size }.hash(&node)
}

/// The hashes that lead from the leaf with this `index` to the root of the first `size` entries, from the leaf upwards
/// (RFC 6962, section 2.1.1).
///
/// # Errors
/// [`TreeError::LeafOutside`], or [`TreeError::NodeMissing`] if the stored tree is incomplete.
pub fn inclusion_proof(index: u64, size: u64, node: impl Fn(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, TreeError> {
    inclusion_spans(index, size)?
        .iter()
        .map(|span| span.hash(&node))
        .collect()
}

/// The hashes that show the tree of `old` entries to be the beginning of the tree of `new` entries (RFC 6962, 2.1.2).
///
/// Empty when the sizes are equal or `old` is 0, where there is nothing to show.
///
/// # Errors
/// [`TreeError::SizesReversed`], or [`TreeError::NodeMissing`] if the stored tree is incomplete.
pub fn consistency_proof(old: u64, new: u64, node: impl Fn(u8, u64) -> Option<Hash>) -> Result<Vec<Hash>, TreeError> {
    consistency_spans(old, new)?
        .iter()
        .map(|span| span.hash(&node))
        .collect()
}

/// The nodes that [`Frontier::load`] and [`root`] ask for, so that they can be fetched in one query.
#[must_use]
pub fn frontier_nodes(size: u64) -> Vec<NodeId> {
    Span { start: 0, end: size }.nodes()
}

/// The nodes that [`inclusion_proof`] asks for.
///
/// # Errors
/// [`TreeError::LeafOutside`].
pub fn inclusion_nodes(index: u64, size: u64) -> Result<Vec<NodeId>, TreeError> {
    Ok(inclusion_spans(index, size)?.iter().flat_map(Span::nodes).collect())
}

/// The nodes that [`consistency_proof`] asks for.
///
/// # Errors
/// [`TreeError::SizesReversed`].
pub fn consistency_nodes(old: u64, new: u64) -> Result<Vec<NodeId>, TreeError> {
    Ok(consistency_spans(old, new)?.iter().flat_map(Span::nodes).collect())
}

/// The spans whose hashes make up an inclusion proof: at each split, the half that the leaf is not in.
fn inclusion_spans(index: u64, size: u64) -> Result<Vec<Span>, TreeError> {
    if index >= size {
        return Err(TreeError::LeafOutside { index, size });
    }
    let mut proof = Vec::new();
    let mut span = Span { start: 0, end: size };
    while span.end - span.start > 1 {
        let (left, right) = span.halves();
        let (inside, beside) = if index < left.end { (left, right) } else { (right, left) };
        proof.push(beside);
        span = inside;
    }
    proof.reverse();
    Ok(proof)
}

/// The spans whose hashes make up a consistency proof: walk to where the old tree ends, keep the other half each time.
fn consistency_spans(old: u64, new: u64) -> Result<Vec<Span>, TreeError> {
    if old > new {
        return Err(TreeError::SizesReversed { old, new });
    }
    let mut proof = Vec::new();
    if old == 0 {
        return Ok(proof);
    }
    let mut span = Span { start: 0, end: new };
    while old != span.end {
        let (left, right) = span.halves();
        let (inside, beside) = if old <= left.end { (left, right) } else { (right, left) };
        proof.push(beside);
        span = inside;
    }
    // A span that starts at 0 is the old tree itself, whose root the verifier already has.
    if span.start > 0 {
        proof.push(span);
    }
    proof.reverse();
    Ok(proof)
}

/// A stretch of leaves that RFC 6962 makes one subtree: it starts at a multiple of a power of two not below its length.
#[derive(Clone, Copy)]
struct Span {
    start: u64,
    end: u64,
}

impl Span {
    /// Splits where RFC 6962 splits: the left half has the largest power of two that is below the length, which is over 1.
    fn halves(self) -> (Self, Self) {
        let middle = self.start + (1 << (self.end - self.start - 1).ilog2());
        (
            Self {
                start: self.start,
                end: middle,
            },
            Self {
                start: middle,
                end: self.end,
            },
        )
    }

    /// The complete subtrees that cover the span, from the left, each smaller than the one before.
    fn nodes(&self) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        let mut start = self.start;
        while start < self.end {
            let level = (self.end - start).ilog2();
            nodes.push(NodeId {
                level: level as u8,
                index: start >> level,
            });
            start += 1 << level;
        }
        nodes
    }

    /// The hash of the span, which is not empty.
    fn hash(&self, node: &impl Fn(u8, u64) -> Option<Hash>) -> Result<Hash, TreeError> {
        let look_up = |id: NodeId| node(id.level, id.index).ok_or(TreeError::NodeMissing(id));
        let mut from_right = self.nodes().into_iter().rev().map(look_up);
        let last = from_right.next().unwrap_or_else(|| Ok(empty_root()))?;
        from_right.try_fold(last, |right, left| Ok(node_hash(left?, right)))
    }
}
