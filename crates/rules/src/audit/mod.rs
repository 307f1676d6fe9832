//! The tamper-evident log: what is hashed, how it is proved, what is signed, and how a stranger checks it (R21, R89).
//!
//! The tree is that of RFC 6962 (the same hashes as RFC 9162, section 2). Checkpoints, notes and proofs are written in the
//! C2SP texts `tlog-checkpoint`, `signed-note` and `tlog-proof`, so tools that know nothing of this product can read them.
//! Signing and checking a signature need a crypto library and are handed in as closures.
//!
//! Entries are counted from 1, as people count: the entry at position `n` is the last of a tree of size `n`. Leaves are
//! counted from 0, as RFC 6962 counts: the leaf of that entry has the index `n - 1`.

mod block;
mod case_proof;
mod checkpoint;
mod entry;
mod frontier;
mod hash;
mod key;
mod note;
mod portable;
mod proof;
mod receipt;
mod signature;
mod text;
mod tree;
mod verify;

pub use block::BlockError;
pub use case_proof::{CaseProof, CaseProofError, CaseProofTextError, ProvenEntry};
pub use checkpoint::{Checkpoint, CheckpointError, SignedCheckpoint, TrustedCheckpoint};
pub use entry::{Entry, EntryError, FIRST_SEQUENCE, Header, Payload};
pub use frontier::{Frontier, Node};
pub use hash::{Hash, HashError, empty_root, leaf_hash, node_hash};
pub use key::{ALGORITHM_ED25519, KeyError, TrustedKeys, VerifierKey};
pub use note::{NoteError, SignedNote, UntrustedNote};
pub use portable::{PortableProof, PortableProofError};
pub use proof::{ProofError, verify_consistency, verify_inclusion};
pub use receipt::{CheckedReceipt, Receipt, ReceiptError, ReceiptHead, ReceiptTextError};
pub use signature::{Signature, SignatureLineError};
pub use tree::{
    Appended, NodeId, TreeError, append, consistency_nodes, consistency_proof, frontier_nodes, inclusion_nodes,
    inclusion_proof, root,
};
pub use verify::{Finding, LogCheck, LogReport, LogSummary, StoredRow, StreamCheck, check_leaf, check_proven};
