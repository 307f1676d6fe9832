//! The receipt that a complainant keeps: what we promise in words, and the proof that our log holds the complaint.

mod head;

pub use head::{ReceiptHead, ReceiptTextError};

use super::block::{self, BEGIN, END};
use super::checkpoint::{CheckpointError, TrustedCheckpoint};
use super::entry::{Entry, EntryError};
use super::hash::{Hash, leaf_hash};
use super::key::TrustedKeys;
use super::portable::PortableProof;
use super::proof::{ProofError, verify_consistency, verify_inclusion};

/// A receipt as it is written and read; nothing in it is believed before [`Receipt::check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    head: ReceiptHead,
    leaf: Hash,
    proof: PortableProof,
}

/// A receipt whose proof holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedReceipt {
    entry: Option<Entry>,
    checkpoint: TrustedCheckpoint,
}

/// Why a receipt does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The checkpoint in it is not signed by its log with a trusted key.
    #[error("the checkpoint of the receipt cannot be trusted: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The proof does not lead from the entry to the checkpoint.
    #[error("the receipt does not show that the log holds the entry: {0}")]
    Inclusion(ProofError),
    /// The entry in the receipt cannot be read.
    #[error("the receipt carries an entry that cannot be read: {0}")]
    Entry(#[from] EntryError),
    /// The entry in the receipt has another hash than the receipt says.
    #[error("the entry in the receipt has the hash {found}, not {expected}")]
    LeafDiffers {
        /// The hash that the receipt names.
        expected: Hash,
        /// The hash of the entry that it carries.
        found: Hash,
    },
    /// The entry in the receipt is about another case.
    #[error("the receipt is for {reference}, but its entry is about {stream}")]
    ReferenceDiffers {
        /// The reference at the head of the receipt.
        reference: String,
        /// What the entry is about.
        stream: String,
    },
    /// The entry in the receipt has another position than the proof.
    #[error("the entry in the receipt is at position {position}, but its proof is for the leaf with the index {index}")]
    PositionDiffers {
        /// The position that the entry names, from 1.
        position: u64,
        /// The index that the proof is for, from 0.
        index: u64,
    },
    /// The later checkpoint is that of another log.
    #[error("the receipt is from the log \"{receipt}\", the later checkpoint from \"{later}\"")]
    OtherLog {
        /// The log of the receipt.
        receipt: String,
        /// The log of the later checkpoint.
        later: String,
    },
    /// The log of today is not a continuation of the log that the receipt was given for.
    #[error("the log has been changed since the receipt was given: {0}")]
    HistoryChanged(ProofError),
}

impl Receipt {
    /// A receipt for `entry`. Its header goes into the receipt in the clear, so that a checker can see what was logged.
    ///
    /// # Errors
    /// [`ReceiptTextError`] if the head cannot be written as lines of text.
    pub fn with_entry(head: ReceiptHead, entry: &Entry, proof: PortableProof) -> Result<Self, ReceiptTextError> {
        let proof = PortableProof {
            extra: Some(entry.canonical_bytes()),
            ..proof
        };
        Ok(Self {
            head: head.checked()?,
            leaf: entry.leaf_hash(),
            proof,
        })
    }

    /// A receipt that shows only the hash of its entry, for when the header must not leave the house.
    ///
    /// # Errors
    /// [`ReceiptTextError`] if the head cannot be written as lines of text.
    pub fn with_hash_only(head: ReceiptHead, leaf: Hash, proof: PortableProof) -> Result<Self, ReceiptTextError> {
        let proof = PortableProof { extra: None, ..proof };
        Ok(Self {
            head: head.checked()?,
            leaf,
            proof,
        })
    }

    /// The receipt as a text file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self { head, leaf, proof } = self;
        head.to_text() + &block::write(*leaf, proof)
    }

    /// Reads a receipt. Line ends as Windows writes them and a byte order mark are forgiven, since editors add them.
    ///
    /// # Errors
    /// [`ReceiptTextError`] if the text is not as [`Receipt::to_text`] writes it.
    pub fn parse(text: &str) -> Result<Self, ReceiptTextError> {
        let text = block::as_saved(text);
        let (head, rest) = text.split_once(BEGIN).ok_or(ReceiptTextError::NoProof)?;
        let rest = rest.strip_suffix(END).ok_or(ReceiptTextError::ProofUnfinished)?;
        let (leaf, proof) = block::read(rest)?;
        let head = ReceiptHead::parse(head)?;
        Ok(Self { head, leaf, proof })
    }

    /// What the receipt says in words.
    #[must_use]
    pub fn head(&self) -> &ReceiptHead {
        &self.head
    }

    /// The hash of the entry.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        self.leaf
    }

    /// The proof, with the index of the leaf and the checkpoint.
    #[must_use]
    pub fn proof(&self) -> &PortableProof {
        &self.proof
    }

    /// Checks the receipt by itself: the log has signed its checkpoint, and the checkpoint covers its entry.
    ///
    /// Where the entry is in the receipt, its reference must be that of the head. The other lines of the head (received,
    /// decision due) are our word, not part of the proof.
    ///
    /// # Errors
    /// A [`ReceiptError`] that says what does not hold.
    pub fn check<F>(&self, keys: &TrustedKeys<F>) -> Result<CheckedReceipt, ReceiptError>
    where
        F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    {
        let checkpoint = self.proof.checkpoint.trust(keys)?;
        let PortableProof { index, hashes, .. } = &self.proof;
        verify_inclusion(self.leaf, *index, checkpoint.size(), hashes, checkpoint.root())
            .map_err(ReceiptError::Inclusion)?;
        let entry = self
            .proof
            .extra
            .as_deref()
            .map(|bytes| self.check_entry(bytes))
            .transpose()?;
        Ok(CheckedReceipt { entry, checkpoint })
    }

    fn check_entry(&self, bytes: &[u8]) -> Result<Entry, ReceiptError> {
        let found = leaf_hash(bytes);
        if found != self.leaf {
            return Err(ReceiptError::LeafDiffers {
                expected: self.leaf,
                found,
            });
        }
        let entry = Entry::from_canonical_bytes(bytes)?;
        if entry.header.stream != self.head.reference {
            let reference = self.head.reference.clone();
            return Err(ReceiptError::ReferenceDiffers {
                reference,
                stream: entry.header.stream,
            });
        }
        if entry.position - 1 != self.proof.index {
            return Err(ReceiptError::PositionDiffers {
                position: entry.position,
                index: self.proof.index,
            });
        }
        Ok(entry)
    }
}

impl CheckedReceipt {
    /// The entry that the log holds, if the receipt shows it: what was logged, for which reference, and when.
    #[must_use]
    pub fn entry(&self) -> Option<&Entry> {
        self.entry.as_ref()
    }

    /// The checkpoint that the receipt was given with.
    #[must_use]
    pub fn checkpoint(&self) -> &TrustedCheckpoint {
        &self.checkpoint
    }

    /// Checks that the log of `later` still begins with the log that the receipt was given for. `consistency` is the
    /// proof between the two sizes, from the smaller to the larger.
    ///
    /// # Errors
    /// [`ReceiptError::OtherLog`], or [`ReceiptError::HistoryChanged`] if the log was altered, cut or rolled back.
    pub fn check_against_later(&self, later: &TrustedCheckpoint, consistency: &[Hash]) -> Result<(), ReceiptError> {
        let then = &self.checkpoint;
        if then.origin() != later.origin() {
            return Err(ReceiptError::OtherLog {
                receipt: then.origin().to_owned(),
                later: later.origin().to_owned(),
            });
        }
        verify_consistency(then.size(), then.root(), later.size(), later.root(), consistency)
            .map_err(ReceiptError::HistoryChanged)
    }
}
