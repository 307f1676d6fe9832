//! Signed notes: a text with signatures beneath it, as C2SP `signed-note` writes them.

use super::key::{TrustedKeys, VerifierKey};
use super::signature::{Signature, SignatureLineError};
use super::text::control_character;

/// A longer note is refused unread: a checkpoint is a few hundred bytes, and a witness adds about a hundred.
const MAX_BYTES: usize = 1_000_000;
/// More signatures are refused: C2SP asks for room for 16, and each costs a verification.
const MAX_SIGNATURES: usize = 100;
/// What parts the text from the signatures: the end of its last line, and an empty line.
const SEPARATOR: &str = "\n\n";

/// A text and the signatures on it, not yet trusted: see [`SignedNote::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<Signature>,
}

/// Why a text is not a signed note.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Too long to be read.
    #[error("the note has {0} bytes; more than {MAX_BYTES} are not read")]
    TooLong(usize),
    /// A tab, carriage return or the like.
    #[error("the note holds the control character U+{code:04X}", code = u32::from(*.0))]
    ControlCharacter(char),
    /// The signed text does not end with a line feed.
    #[error("the text of the note does not end with a line feed")]
    TextUnfinished,
    /// Nothing parts the text from the signatures.
    #[error("no empty line parts the text of the note from its signatures")]
    NoSeparator,
    /// The empty line is there, but nothing after it.
    #[error("the note has no signature")]
    NoSignature,
    /// The last line does not end with a line feed.
    #[error("the last signature line does not end with a line feed")]
    LineUnfinished,
    /// Too many signatures to be checked.
    #[error("the note has {0} signatures; more than {MAX_SIGNATURES} are not read")]
    TooManySignatures(usize),
    /// One of the signature lines is malformed.
    #[error("signature {number} of the note: {reason}")]
    SignatureLine {
        /// Which line, from 1.
        number: usize,
        /// What is wrong with it.
        reason: SignatureLineError,
    },
}

/// Why a note is not to be believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UntrustedNote {
    /// A trusted key is named, but did not sign this text.
    #[error("the signature of {name}+{key_id:08x} does not belong to this text")]
    BadSignature {
        /// The name of the key.
        name: String,
        /// The ID of the key.
        key_id: u32,
    },
    /// None of the signatures is by a trusted key.
    #[error("none of the signatures is by a key that is trusted here")]
    NoKnownKey,
}

impl SignedNote {
    /// Signs `text`, which ends with a line feed. `sign` makes an Ed25519 signature with the private half of `key`.
    ///
    /// # Errors
    /// A [`NoteError`] if the text cannot be that of a note.
    pub fn sign(text: &str, key: &VerifierKey, sign: impl FnOnce(&[u8]) -> [u8; 64]) -> Result<Self, NoteError> {
        check_text(text)?;
        let mut note = Self {
            text: text.to_owned(),
            signatures: Vec::new(),
        };
        note.add_signature(key, sign);
        Ok(note)
    }

    /// Signs once more, below the other signatures; an earlier signature of the same key is replaced.
    pub fn add_signature(&mut self, key: &VerifierKey, sign: impl FnOnce(&[u8]) -> [u8; 64]) {
        self.signatures.retain(|other| !other.is_by(key));
        self.signatures.push(Signature::new(key, sign(self.text.as_bytes())));
    }

    /// Reads a note. Its signatures are well formed then, but not checked.
    ///
    /// # Errors
    /// A [`NoteError`] for anything that C2SP `signed-note` does not allow.
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > MAX_BYTES {
            return Err(NoteError::TooLong(note.len()));
        }
        if let Some(found) = control_character(note) {
            return Err(NoteError::ControlCharacter(found));
        }
        // The text may hold empty lines of its own: the last one is the separator.
        let end = note.rfind(SEPARATOR).ok_or(NoteError::NoSeparator)? + 1;
        let (text, rest) = note.split_at(end);
        Ok(Self {
            text: text.to_owned(),
            signatures: parse_signatures(&rest[1..])?,
        })
    }

    /// The note as it is stored and sent. [`SignedNote::parse`] reads it back unchanged.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines = self.signatures.iter().map(Signature::to_line);
        [self.text.clone(), "\n".to_owned()].into_iter().chain(lines).collect()
    }

    /// The signed text, with the line feed at its end.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signatures in the order of their lines, unchecked.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// The signatures of trusted keys, all of them checked. Signatures of other keys are passed over, as C2SP demands.
    ///
    /// # Errors
    /// [`UntrustedNote::BadSignature`] if one signature of a trusted key is wrong, [`UntrustedNote::NoKnownKey`] if
    /// there is none.
    pub fn verify<F>(&self, keys: &TrustedKeys<F>) -> Result<Vec<&Signature>, UntrustedNote>
    where
        F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool,
    {
        let mut verified = Vec::new();
        for signature in &self.signatures {
            let (name, key_id) = (signature.name(), signature.key_id());
            let Some(key) = keys.find(name, key_id) else { continue };
            if !keys.verifies(key, &self.text, signature.bytes()) {
                return Err(UntrustedNote::BadSignature {
                    name: name.to_owned(),
                    key_id,
                });
            }
            verified.push(signature);
        }
        if verified.is_empty() {
            Err(UntrustedNote::NoKnownKey)
        } else {
            Ok(verified)
        }
    }
}

fn check_text(text: &str) -> Result<(), NoteError> {
    match control_character(text) {
        _ if text.len() > MAX_BYTES => Err(NoteError::TooLong(text.len())),
        Some(found) => Err(NoteError::ControlCharacter(found)),
        None if !text.ends_with('\n') => Err(NoteError::TextUnfinished),
        None => Ok(()),
    }
}

fn parse_signatures(block: &str) -> Result<Vec<Signature>, NoteError> {
    if block.is_empty() {
        return Err(NoteError::NoSignature);
    }
    let block = block.strip_suffix('\n').ok_or(NoteError::LineUnfinished)?;
    let count = block.split('\n').count();
    if count > MAX_SIGNATURES {
        return Err(NoteError::TooManySignatures(count));
    }
    let numbered = block.split('\n').zip(1..);
    numbered
        .map(|(line, number)| Signature::parse(line).map_err(|reason| NoteError::SignatureLine { number, reason }))
        .collect()
}
