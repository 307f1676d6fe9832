//! The lines for a computer in what people keep: a fingerprint and its proof, between a line that begins them and one that ends them.

use super::hash::{Hash, HashError};
use super::portable::{PortableProof, PortableProofError};

/// Opens the lines for a computer.
pub(super) const BEGIN: &str = "===== begin proof =====\n";
/// Closes them.
pub(super) const END: &str = "===== end proof =====\n";
/// Opens the line with the leaf hash.
const LEAF_LABEL: &str = "entry-hash ";

/// Why lines are not a fingerprint with its proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// The line with the hash of the entry is missing.
    #[error("there is no line \"entry-hash\" at the start of the proof")]
    NoLeaf,
    /// The hash of the entry is malformed.
    #[error("the hash of the entry: {0}")]
    Leaf(HashError),
    /// The proof is malformed.
    #[error(transparent)]
    Proof(#[from] PortableProofError),
}

/// The lines, with those around them.
pub(super) fn write(leaf: Hash, proof: &PortableProof) -> String {
    format!("{BEGIN}{LEAF_LABEL}{}\n{}{END}", leaf.to_base64(), proof.to_text())
}

/// Reads the lines between the two.
pub(super) fn read(text: &str) -> Result<(Hash, PortableProof), BlockError> {
    let (leaf, proof) = text.split_once('\n').ok_or(BlockError::NoLeaf)?;
    let leaf = leaf.strip_prefix(LEAF_LABEL).ok_or(BlockError::NoLeaf)?;
    Ok((
        Hash::from_base64(leaf).map_err(BlockError::Leaf)?,
        PortableProof::parse(proof)?,
    ))
}

/// A text as editors may have left it: line ends as Windows writes them and a byte order mark are forgiven.
pub(super) fn as_saved(text: &str) -> String {
    text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n")
}
