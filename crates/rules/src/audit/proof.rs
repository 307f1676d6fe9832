//! Checking a proof with nothing but the proof: no stored nodes, no trust in whoever made it.

use super::hash::{Hash, empty_root, node_hash};

/// Why a proof shows nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// There is no such leaf in a tree of this size.
    #[error("a tree of {size} entries has no leaf with the index {index}")]
    LeafOutside {
        /// The index that the proof is for, from 0.
        index: u64,
        /// The size of the tree, in entries.
        size: u64,
    },
    /// The older tree is larger than the newer one: the log was cut or rolled back.
    #[error("the newer tree has {new} entries, fewer than the {old} of the older one")]
    SizesReversed {
        /// The size of the older tree, in entries.
        old: u64,
        /// The size of the newer tree, in entries.
        new: u64,
    },
    /// Sizes and index fix how many hashes a proof has; this has another number.
    #[error("the proof should have {expected} hashes, but has {found}")]
    Length {
        /// The right number of hashes.
        expected: usize,
        /// The number found.
        found: usize,
    },
    /// The hashes do not lead to the root of the (newer) tree.
    #[error("the proof leads to the root {found}, not to {expected}")]
    RootDiffers {
        /// The root that was to be reached.
        expected: Hash,
        /// The root that the proof leads to.
        found: Hash,
    },
    /// The hashes do not lead to the root of the older tree: its entries were changed since.
    #[error("the proof leads to the older root {found}, not to {expected}")]
    OldRootDiffers {
        /// The root that was to be reached.
        expected: Hash,
        /// The root that the proof leads to.
        found: Hash,
    },
}

/// Checks that the leaf with this `index` is in the tree of `size` entries with this `root` (RFC 9162, section 2.1.3.2).
///
/// # Errors
/// A [`ProofError`] that says what is wrong.
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, proof: &[Hash], root: Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::LeafOutside { index, size });
    }
    let path = Path::new(index, size);
    expect_length(path.inner + path.border, proof.len())?;
    let (inner, border) = proof.split_at(path.inner);
    let mut hash = leaf;
    for (level, &sibling) in inner.iter().enumerate() {
        hash = if index >> level & 1 == 0 {
            node_hash(hash, sibling)
        } else {
            node_hash(sibling, hash)
        };
    }
    hash = climb_border(hash, border);
    if hash == root {
        Ok(())
    } else {
        Err(ProofError::RootDiffers {
            expected: root,
            found: hash,
        })
    }
}

/// Checks that the tree of `old_size` entries is the beginning of the tree of `new_size` entries (RFC 9162, 2.1.4.2).
///
/// Every tree begins with the empty one; two trees of one size must have one root.
///
/// # Errors
/// A [`ProofError`] that says what is wrong.
pub fn verify_consistency(
    old_size: u64,
    old_root: Hash,
    new_size: u64,
    new_root: Hash,
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old_size > new_size {
        return Err(ProofError::SizesReversed {
            old: old_size,
            new: new_size,
        });
    }
    if old_size == 0 || old_size == new_size {
        expect_length(0, proof.len())?;
        let expected = if old_size == 0 { empty_root() } else { new_root };
        return expect_old_root(old_root, expected);
    }
    let (found_old, found_new) = climb_both(old_size, old_root, new_size, proof)?;
    expect_old_root(old_root, found_old)?;
    if found_new == new_root {
        Ok(())
    } else {
        Err(ProofError::RootDiffers {
            expected: new_root,
            found: found_new,
        })
    }
}

/// The two roots that a consistency proof leads to, the older first; the sizes are over 0 and differ.
fn climb_both(old_size: u64, old_root: Hash, new_size: u64, proof: &[Hash]) -> Result<(Hash, Hash), ProofError> {
    let last = old_size - 1;
    let path = Path::new(last, new_size);
    // Both trees share the complete subtree in which the old one ends. The climb starts at its top.
    let shared = old_size.trailing_zeros();
    let inner = path.inner - shared as usize;
    // Where that subtree is the whole old tree its hash is the old root, and the proof leaves it out.
    let left_out = old_size.is_power_of_two();
    expect_length(inner + path.border + usize::from(!left_out), proof.len())?;
    let (start, rest) = match proof.split_first() {
        Some((&first, rest)) if !left_out => (first, rest),
        _ => (old_root, proof),
    };
    let (inner, border) = rest.split_at(inner);
    let (mut old, mut new) = (start, start);
    for (level, &sibling) in inner.iter().enumerate() {
        if last >> shared >> level & 1 == 0 {
            new = node_hash(new, sibling);
        } else {
            old = node_hash(sibling, old);
            new = node_hash(sibling, new);
        }
    }
    Ok((climb_border(old, border), climb_border(new, border)))
}

/// Above the split everything is on the left, for the leaf lies on the right-hand edge of the tree.
fn climb_border(from: Hash, siblings: &[Hash]) -> Hash {
    siblings.iter().fold(from, |hash, &sibling| node_hash(sibling, hash))
}

fn expect_length(expected: usize, found: usize) -> Result<(), ProofError> {
    if expected == found {
        Ok(())
    } else {
        Err(ProofError::Length { expected, found })
    }
}

fn expect_old_root(expected: Hash, found: Hash) -> Result<(), ProofError> {
    if expected == found {
        Ok(())
    } else {
        Err(ProofError::OldRootDiffers { expected, found })
    }
}

/// The way from a leaf to the root: `inner` steps until it meets the way of the last leaf, then `border` steps on it,
/// each of which has a sibling on the left.
struct Path {
    inner: usize,
    border: usize,
}

impl Path {
    fn new(index: u64, size: u64) -> Self {
        let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
        let border = index.checked_shr(inner).unwrap_or(0).count_ones();
        Self {
            inner: inner as usize,
            border: border as usize,
        }
    }
}
