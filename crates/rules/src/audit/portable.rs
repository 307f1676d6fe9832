//! A proof that travels: index, hashes and signed checkpoint in one text, as C2SP `tlog-proof` writes it.

use super::checkpoint::{CheckpointError, SignedCheckpoint};
use super::hash::{Hash, HashError};
use super::text::{from_base64, parse_decimal, to_base64};

/// The first line of every proof.
const VERSION_LINE: &str = "c2sp.org/tlog-proof@v1";
/// What parts the proof from the checkpoint: the end of a line, and an empty line.
const SEPARATOR: &str = "\n\n";
/// The longest possible proof: a tree of 2^64 entries is 64 levels high.
const MAX_HASHES: usize = 64;

/// All that is needed, beside the leaf and the key of the log, to check that the log holds an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortableProof {
    /// Bytes that help to find the leaf; here those of [`Entry::canonical_bytes`](super::Entry::canonical_bytes).
    /// Nothing vouches for them but that they hash to the leaf.
    pub extra: Option<Vec<u8>>,
    /// The index of the leaf, from 0: one less than the position of the entry.
    pub index: u64,
    /// The inclusion proof, from the leaf upwards.
    pub hashes: Vec<Hash>,
    /// The checkpoint that the proof leads to.
    pub checkpoint: SignedCheckpoint,
}

/// Why a text is not a proof.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortableProofError {
    /// Another version, or something else altogether.
    #[error("the proof does not begin with the line \"{VERSION_LINE}\"")]
    Version,
    /// No empty line before the checkpoint.
    #[error("no empty line parts the proof from the checkpoint")]
    NoCheckpoint,
    /// The extra data is not base64.
    #[error("the extra data of the proof is not standard base64: {0}")]
    Extra(base64::DecodeError),
    /// The line with the index is missing or malformed.
    #[error("the proof has no line \"index\" with a decimal number without leading zeros")]
    Index,
    /// One of the hashes is malformed.
    #[error("hash {number} of the proof: {reason}")]
    Hash {
        /// Which line of hashes, from 1.
        number: usize,
        /// What is wrong with it.
        reason: HashError,
    },
    /// More hashes than any tree needs.
    #[error("the proof has {0} hashes; no tree needs more than {MAX_HASHES}")]
    TooManyHashes(usize),
    /// The checkpoint is malformed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

impl PortableProof {
    /// The proof as a text, which ends with the signed checkpoint.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{VERSION_LINE}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", to_base64(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.hashes {
            text.push_str(&hash.to_base64());
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint.to_text());
        text
    }

    /// Reads a proof. It is well formed then, but not checked.
    ///
    /// # Errors
    /// A [`PortableProofError`] for anything that C2SP `tlog-proof` does not allow.
    pub fn parse(text: &str) -> Result<Self, PortableProofError> {
        let body = text.strip_prefix(VERSION_LINE).and_then(|rest| rest.strip_prefix('\n'));
        let body = body.ok_or(PortableProofError::Version)?;
        let (lines, checkpoint) = body.split_once(SEPARATOR).ok_or(PortableProofError::NoCheckpoint)?;
        let mut lines = lines.split('\n').peekable();
        let extra = match lines.peek().and_then(|line| line.strip_prefix("extra ")) {
            Some(extra) => {
                lines.next();
                Some(from_base64(extra).map_err(PortableProofError::Extra)?)
            }
            None => None,
        };
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(parse_decimal).ok_or(PortableProofError::Index)?;
        let hashes = parse_hashes(&lines.collect::<Vec<_>>())?;
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint: SignedCheckpoint::parse(checkpoint)?,
        })
    }
}

fn parse_hashes(lines: &[&str]) -> Result<Vec<Hash>, PortableProofError> {
    if lines.len() > MAX_HASHES {
        return Err(PortableProofError::TooManyHashes(lines.len()));
    }
    let numbered = lines.iter().zip(1..);
    numbered
        .map(|(line, number)| Hash::from_base64(line).map_err(|reason| PortableProofError::Hash { number, reason }))
        .collect()
}
