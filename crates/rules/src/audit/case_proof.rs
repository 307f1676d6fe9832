//! The proof of a case: that every entry of it is in the log, told by fingerprints alone, so that whoever gets it learns no more than how many.
//!
//! The entries of a sealed record stand among those of its case, in the order of the log: nothing tells a sealed case from another.

use super::block::{self, BEGIN, BlockError, END};
use super::checkpoint::{CheckpointError, SignedCheckpoint, TrustedCheckpoint};
use super::hash::Hash;
use super::key::TrustedKeys;
use super::portable::PortableProof;
use super::proof::{ProofError, verify_inclusion};
use super::receipt::Receipt;
use super::text::{is_line, parse_decimal};

const TITLE: &str = "Feedback and complaints: proof of a case";
const REFERENCE: &str = "Reference  ";
const ENTRIES: &str = "Entries    ";
const ABOUT: &str = "Each part below shows that one entry of our record of this case is in our log. The parts are for a computer: they hold no word of the case and name nobody.";

/// One entry in the proof of a case: where it stands, its fingerprint, and the way from it to the root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProvenEntry {
    /// The index of the leaf, from 0.
    pub index: u64,
    /// The leaf hash.
    pub leaf: Hash,
    /// The inclusion proof, from the leaf upwards.
    pub hashes: Vec<Hash>,
}

/// The proof of a case as it is written and read; nothing in it is believed before [`CaseProof::check`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseProof {
    service: String,
    reference: String,
    entries: Vec<ProvenEntry>,
    checkpoint: SignedCheckpoint,
}

/// Why a text is not the proof of a case, or one cannot be written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseProofTextError {
    /// A field is empty, or holds a line feed or control character.
    #[error("the {0} of the proof is empty or does not fit on one line")]
    Field(&'static str),
    /// There is no entry at all.
    #[error("a proof of a case needs at least one entry")]
    Empty,
    /// The lines for people are not as they are written.
    #[error("the lines above the first part are not those of a proof of a case")]
    Head,
    /// A part does not end, or something stands between two parts.
    #[error("part {0} of the proof does not end with the line \"===== end proof =====\"")]
    Unfinished(usize),
    /// A part is malformed.
    #[error("part {number} of the proof: {reason}")]
    Part {
        /// Which, from 1.
        number: usize,
        /// What is wrong with it.
        reason: BlockError,
    },
    /// A part shows its entry, which a proof of a case never does.
    #[error("part {0} of the proof shows an entry; a proof of a case shows none")]
    ShowsEntry(usize),
    /// The parts do not lead to one and the same checkpoint.
    #[error("part {0} of the proof has another checkpoint than the first")]
    OtherCheckpoint(usize),
    /// Another number of parts than it says.
    #[error("the proof says that it has {said} entries, but it has {found} parts")]
    Count {
        /// What stands above the parts.
        said: u64,
        /// How many parts there are.
        found: usize,
    },
}

/// Why the proof of a case does not hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CaseProofError {
    /// Its checkpoint is not signed by its log with a trusted key.
    #[error("the checkpoint of the proof cannot be trusted: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// A part does not lead to the checkpoint.
    #[error("part {number} of the proof does not show that the log holds its entry: {reason}")]
    Inclusion {
        /// Which, from 1.
        number: usize,
        /// What is wrong with it.
        reason: ProofError,
    },
    /// The parts are not in the order of the log, or one stands twice.
    #[error("part {number} of the proof is for the leaf {index}, which does not come after that of the part before")]
    Order {
        /// Which, from 1.
        number: usize,
        /// Its leaf.
        index: u64,
    },
    /// The receipt is for another case.
    #[error("the proof is for {proof}, the receipt for {receipt}")]
    OtherCase {
        /// The reference of the proof.
        proof: String,
        /// The reference of the receipt.
        receipt: String,
    },
    /// The first entry is not the one that the receipt was given for.
    #[error(
        "the first entry of the proof is not the one that the receipt was given for: a proof of this case has to begin with it"
    )]
    OtherBeginning,
}

impl CaseProof {
    /// A proof for a case. The entries may come in any order; they are written in that of the log.
    ///
    /// # Errors
    /// [`CaseProofTextError`] if there is no entry, or service or reference is no line of text.
    pub fn new(
        (service, reference): (&str, &str),
        mut entries: Vec<ProvenEntry>,
        checkpoint: SignedCheckpoint,
    ) -> Result<Self, CaseProofTextError> {
        for (name, text) in [("service", service), ("reference", reference)] {
            if !is_line(text) || text.trim() != text {
                return Err(CaseProofTextError::Field(name));
            }
        }
        if entries.is_empty() {
            return Err(CaseProofTextError::Empty);
        }
        entries.sort_by_key(|entry| entry.index);
        Ok(Self {
            service: service.to_owned(),
            reference: reference.to_owned(),
            entries,
            checkpoint,
        })
    }

    /// The proof as a text file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let part = |entry: &ProvenEntry| {
            let proof = PortableProof {
                extra: None,
                index: entry.index,
                hashes: entry.hashes.clone(),
                checkpoint: self.checkpoint.clone(),
            };
            block::write(entry.leaf, &proof)
        };
        let parts: String = self.entries.iter().map(part).collect();
        head(&self.service, &self.reference, self.entries.len() as u64) + &parts
    }

    /// Reads a proof. Line ends as Windows writes them and a byte order mark are forgiven.
    ///
    /// # Errors
    /// [`CaseProofTextError`] if the text is not as [`CaseProof::to_text`] writes it.
    pub fn parse(text: &str) -> Result<Self, CaseProofTextError> {
        let text = block::as_saved(text);
        let (above, parts) = text.split_once(BEGIN).ok_or(CaseProofTextError::Empty)?;
        let (service, reference, said) = read_head(above).ok_or(CaseProofTextError::Head)?;
        let mut read = Vec::new();
        for (number, part) in (1..).zip(parts.split(BEGIN)) {
            read.push(read_part(number, part)?);
        }
        if said != read.len() as u64 {
            return Err(CaseProofTextError::Count {
                said,
                found: read.len(),
            });
        }
        let checkpoint = read[0].1.clone();
        if let Some(other) = read.iter().position(|(_, one)| *one != checkpoint) {
            return Err(CaseProofTextError::OtherCheckpoint(other + 1));
        }
        Ok(Self {
            service: service.to_owned(),
            reference: reference.to_owned(),
            entries: read.into_iter().map(|(entry, _)| entry).collect(),
            checkpoint,
        })
    }

    /// Whether a text means to be the proof of a case: it says so at its top.
    #[must_use]
    pub fn is_meant(text: &str) -> bool {
        text.lines().nth(1) == Some(TITLE)
    }

    /// The reference of the case. It is the word of whoever made the proof; a receipt shows it.
    #[must_use]
    pub fn reference(&self) -> &str {
        &self.reference
    }

    /// The entries, in the order of the log.
    #[must_use]
    pub fn entries(&self) -> &[ProvenEntry] {
        &self.entries
    }

    /// The checkpoint that every part leads to.
    #[must_use]
    pub fn checkpoint(&self) -> &SignedCheckpoint {
        &self.checkpoint
    }

    /// Checks the proof by itself: the log has signed its checkpoint, and that covers every entry.
    ///
    /// # Errors
    /// A [`CaseProofError`] that says what does not hold.
    pub fn check<F>(&self, keys: &TrustedKeys<F>) -> Result<TrustedCheckpoint, CaseProofError>
    where
        F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    {
        let checkpoint = self.checkpoint.trust(keys)?;
        let mut before = None;
        for (number, entry) in (1..).zip(&self.entries) {
            let ProvenEntry { index, leaf, hashes } = entry;
            if before.is_some_and(|before| before >= *index) {
                return Err(CaseProofError::Order { number, index: *index });
            }
            before = Some(*index);
            verify_inclusion(*leaf, *index, checkpoint.size(), hashes, checkpoint.root())
                .map_err(|reason| CaseProofError::Inclusion { number, reason })?;
        }
        Ok(checkpoint)
    }

    /// Checks that the proof begins with the entry that a receipt was given for: that ties it to the reference.
    ///
    /// # Errors
    /// [`CaseProofError::OtherCase`] or [`CaseProofError::OtherBeginning`].
    pub fn begins_with(&self, receipt: &Receipt) -> Result<(), CaseProofError> {
        let theirs = &receipt.head().reference;
        if *theirs != self.reference {
            return Err(CaseProofError::OtherCase {
                proof: self.reference.clone(),
                receipt: theirs.clone(),
            });
        }
        let first = self.entries.first().map(|entry| (entry.index, entry.leaf));
        match first == Some((receipt.proof().index, receipt.leaf())) {
            true => Ok(()),
            false => Err(CaseProofError::OtherBeginning),
        }
    }
}

fn head(service: &str, reference: &str, entries: u64) -> String {
    format!("{service}\n{TITLE}\n\n{REFERENCE}{reference}\n{ENTRIES}{entries}\n\n{ABOUT}\n\n")
}

/// The head, if writing what it says gives it again.
fn read_head(text: &str) -> Option<(&str, &str, u64)> {
    let mut lines = text.split('\n');
    let service = lines.next()?;
    let reference = lines.nth(2)?.strip_prefix(REFERENCE)?;
    let entries = lines.next()?.strip_prefix(ENTRIES).and_then(parse_decimal)?;
    (head(service, reference, entries) == text).then_some((service, reference, entries))
}

fn read_part(number: usize, text: &str) -> Result<(ProvenEntry, SignedCheckpoint), CaseProofTextError> {
    let lines = text.strip_suffix(END).ok_or(CaseProofTextError::Unfinished(number))?;
    let (leaf, proof) = block::read(lines).map_err(|reason| CaseProofTextError::Part { number, reason })?;
    if proof.extra.is_some() {
        return Err(CaseProofTextError::ShowsEntry(number));
    }
    let entry = ProvenEntry {
        index: proof.index,
        leaf,
        hashes: proof.hashes,
    };
    Ok((entry, proof.checkpoint))
}
