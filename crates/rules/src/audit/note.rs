//! Signed notes: a text with signatures beneath it, as C2SP `signed-note` writes them.

use super::key::{TrustedKeys, VerifierKey, is_key_name};
use super::text::{control_character, from_base64, to_base64};

/// A longer note is refused unread: a checkpoint is a few hundred bytes, and a witness adds about a hundred.
const MAX_BYTES: usize = 1_000_000;
/// More signatures are refused: C2SP asks for room for 16, and each costs a verification.
const MAX_SIGNATURES: usize = 100;
/// What a signature line opens with: an em dash and a space.
const SIGNATURE_MARK: &str = "\u{2014} ";
/// What parts the text from the signatures: the end of its last line, and an empty line.
const SEPARATOR: &str = "\n\n";

/// A text and the signatures on it, not yet trusted: see [`SignedNote::verify`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedNote {
    text: String,
    signatures: Vec<Signature>,
}

/// One signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: String,
    key_id: u32,
    bytes: Vec<u8>,
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

/// What is wrong with a signature line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignatureLineError {
    /// It does not begin with an em dash and a space.
    #[error("the line does not begin with an em dash and a space")]
    NoMark,
    /// Nothing parts the name from the signature.
    #[error("no space parts the name of the key from the signature")]
    NoSpace,
    /// The name is empty or holds spaces or plus signs.
    #[error("\"{0}\" cannot be the name of a key")]
    Name(String),
    /// The signature is not standard base64.
    #[error("the signature is not standard base64: {0}")]
    Base64(base64::DecodeError),
    /// Not even a key ID and one byte.
    #[error("the signature has {0} bytes, too few for a key ID and a signature")]
    Short(usize),
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
        self.signatures
            .retain(|other| other.name != key.name() || other.key_id != key.id());
        let bytes = sign(self.text.as_bytes()).to_vec();
        self.signatures.push(Signature {
            name: key.name().to_owned(),
            key_id: key.id(),
            bytes,
        });
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
            let Some(key) = keys.find(&signature.name, signature.key_id) else {
                continue;
            };
            if !keys.verifies(key, &self.text, &signature.bytes) {
                return Err(UntrustedNote::BadSignature {
                    name: signature.name.clone(),
                    key_id: signature.key_id,
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

impl Signature {
    /// The name of the key that is said to have signed.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The ID of the key that is said to have signed.
    #[must_use]
    pub fn key_id(&self) -> u32 {
        self.key_id
    }

    /// The signature without the key ID: 64 bytes for Ed25519, other lengths for other kinds.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn to_line(&self) -> String {
        let bytes = [&self.key_id.to_be_bytes(), self.bytes.as_slice()].concat();
        format!("{SIGNATURE_MARK}{} {}\n", self.name, to_base64(&bytes))
    }

    fn parse(line: &str) -> Result<Self, SignatureLineError> {
        let line = line.strip_prefix(SIGNATURE_MARK).ok_or(SignatureLineError::NoMark)?;
        let (name, bytes) = line.split_once(' ').ok_or(SignatureLineError::NoSpace)?;
        if !is_key_name(name) {
            return Err(SignatureLineError::Name(name.to_owned()));
        }
        let bytes = from_base64(bytes).map_err(SignatureLineError::Base64)?;
        match bytes.split_first_chunk() {
            Some((key_id, signature)) if !signature.is_empty() => Ok(Self {
                name: name.to_owned(),
                key_id: u32::from_be_bytes(*key_id),
                bytes: signature.to_vec(),
            }),
            _ => Err(SignatureLineError::Short(bytes.len())),
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
