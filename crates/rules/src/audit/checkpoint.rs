//! Checkpoints: the size and root of the log at one moment, signed, as C2SP `tlog-checkpoint` writes them.

use super::hash::{Hash, HashError};
use super::key::{TrustedKeys, VerifierKey};
use super::note::{NoteError, SignedNote, UntrustedNote};
use super::text::{is_line, parse_decimal};

/// The state of a log: so many entries, with this root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    origin: String,
    size: u64,
    root: Hash,
    extensions: Vec<String>,
}

/// A checkpoint with its signatures, well formed but not yet trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: SignedNote,
}

/// A checkpoint that its own log has signed with a trusted key. Only [`SignedCheckpoint::trust`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedCheckpoint(Checkpoint);

/// Why a text is not a checkpoint, or cannot be signed or believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it is malformed.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text does not end with a line feed.
    #[error("the checkpoint does not end with a line feed")]
    Unfinished,
    /// Fewer than three lines.
    #[error("a checkpoint has at least three lines, but this has {0}")]
    Lines(usize),
    /// The origin is empty or holds a control character.
    #[error("the origin of the checkpoint is empty or holds a control character")]
    Origin,
    /// The size is not a plain decimal number.
    #[error("the tree size \"{0}\" is not a decimal number without leading zeros")]
    Size(String),
    /// The root is not base64 of 32 bytes.
    #[error("the root hash of the checkpoint: {0}")]
    Root(HashError),
    /// An extension line is empty or holds a control character.
    #[error("extension line {0} of the checkpoint is empty or holds a control character")]
    Extension(usize),
    /// The key that should sign does not carry the name of the log.
    #[error("the key is named \"{key}\", but the log is \"{origin}\"")]
    KeyName {
        /// The name of the key.
        key: String,
        /// The origin of the log.
        origin: String,
    },
    /// No trusted signature, or a wrong one.
    #[error(transparent)]
    Untrusted(#[from] UntrustedNote),
    /// Trusted keys have signed, but none of the log that the checkpoint names.
    #[error("the checkpoint is for \"{0}\", but no trusted key of that name has signed it")]
    NotByItsLog(String),
}

impl Checkpoint {
    /// The state of the log `origin`, a name such as `example.org/complaints` that never changes.
    ///
    /// # Errors
    /// [`CheckpointError::Origin`].
    pub fn new(origin: &str, size: u64, root: Hash) -> Result<Self, CheckpointError> {
        if !is_line(origin) {
            return Err(CheckpointError::Origin);
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            extensions: Vec::new(),
        })
    }

    /// Adds extension lines. C2SP advises against them, since nobody can check what they say.
    ///
    /// # Errors
    /// [`CheckpointError::Extension`] with the number of the line, from 1.
    pub fn with_extensions(mut self, lines: Vec<String>) -> Result<Self, CheckpointError> {
        if let Some(bad) = lines.iter().position(|line| !is_line(line)) {
            return Err(CheckpointError::Extension(bad + 1));
        }
        self.extensions = lines;
        Ok(self)
    }

    /// Reads the text of a checkpoint, without signatures.
    ///
    /// # Errors
    /// A [`CheckpointError`] for anything that C2SP `tlog-checkpoint` does not allow.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let lines: Vec<&str> = text
            .strip_suffix('\n')
            .ok_or(CheckpointError::Unfinished)?
            .split('\n')
            .collect();
        let [origin, size, root, extensions @ ..] = lines.as_slice() else {
            return Err(CheckpointError::Lines(lines.len()));
        };
        let size = parse_decimal(size).ok_or_else(|| CheckpointError::Size((*size).to_owned()))?;
        let root = Hash::from_base64(root).map_err(CheckpointError::Root)?;
        let extensions = extensions.iter().map(|line| (*line).to_owned()).collect();
        Self::new(origin, size, root)?.with_extensions(extensions)
    }

    /// The text that is signed: origin, size, root and extensions, a line each.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut text = format!("{}\n{}\n{}\n", self.origin, self.size, self.root.to_base64());
        for line in &self.extensions {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    /// Signs the checkpoint. `sign` makes an Ed25519 signature with the private half of `key`, the key of this log.
    ///
    /// A log must never sign two checkpoints of which one is not the beginning of the other.
    ///
    /// # Errors
    /// [`CheckpointError::KeyName`] if the key is that of another log, or [`CheckpointError::Note`] if it is far too long.
    pub fn sign(
        self,
        key: &VerifierKey,
        sign: impl FnOnce(&[u8]) -> [u8; 64],
    ) -> Result<SignedCheckpoint, CheckpointError> {
        if key.name() != self.origin {
            return Err(CheckpointError::KeyName {
                key: key.name().to_owned(),
                origin: self.origin,
            });
        }
        let note = SignedNote::sign(&self.to_text(), key, sign)?;
        Ok(SignedCheckpoint { checkpoint: self, note })
    }

    /// The name of the log.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many entries the log had.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree over these entries.
    #[must_use]
    pub fn root(&self) -> Hash {
        self.root
    }

    /// Further lines, of which the checks here make nothing.
    #[must_use]
    pub fn extensions(&self) -> &[String] {
        &self.extensions
    }
}

impl SignedCheckpoint {
    /// Reads a checkpoint with its signatures.
    ///
    /// # Errors
    /// A [`CheckpointError`] for anything that the two C2SP texts do not allow.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let note = SignedNote::parse(text)?;
        Ok(Self {
            checkpoint: Checkpoint::parse(note.text())?,
            note,
        })
    }

    /// The checkpoint as it is stored and published.
    #[must_use]
    pub fn to_text(&self) -> String {
        self.note.to_text()
    }

    /// What it says, whoever signed it.
    #[must_use]
    pub fn untrusted(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// The note with its signatures, to which a witness may add its own.
    #[must_use]
    pub fn note(&self) -> &SignedNote {
        &self.note
    }

    /// Checks that the log itself has signed this, with a trusted key that bears its name.
    ///
    /// # Errors
    /// [`CheckpointError::Untrusted`] or [`CheckpointError::NotByItsLog`].
    pub fn trust<F>(&self, keys: &TrustedKeys<F>) -> Result<TrustedCheckpoint, CheckpointError>
    where
        F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    {
        let origin = self.checkpoint.origin();
        let signed = self.note.verify(keys)?;
        if signed.iter().any(|signature| signature.name() == origin) {
            Ok(TrustedCheckpoint(self.checkpoint.clone()))
        } else {
            Err(CheckpointError::NotByItsLog(origin.to_owned()))
        }
    }
}

impl std::ops::Deref for TrustedCheckpoint {
    type Target = Checkpoint;

    fn deref(&self) -> &Checkpoint {
        &self.0
    }
}
