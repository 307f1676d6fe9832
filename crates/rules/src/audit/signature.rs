//! One signature line of a note: an em dash, the name of the key, and its ID with the signature in base64.

use super::key::{VerifierKey, is_key_name};
use super::text::{from_base64, to_base64};

/// What a signature line opens with: an em dash and a space.
const SIGNATURE_MARK: &str = "\u{2014} ";

/// One signature line of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    name: String,
    key_id: u32,
    bytes: Vec<u8>,
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

impl Signature {
    /// The line for an Ed25519 signature made with the private half of `key`.
    pub(super) fn new(key: &VerifierKey, bytes: [u8; 64]) -> Self {
        Self {
            name: key.name().to_owned(),
            key_id: key.id(),
            bytes: bytes.to_vec(),
        }
    }

    /// Whether this is the line of that key.
    pub(super) fn is_by(&self, key: &VerifierKey) -> bool {
        self.name == key.name() && self.key_id == key.id()
    }

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

    pub(super) fn to_line(&self) -> String {
        let bytes = [&self.key_id.to_be_bytes(), self.bytes.as_slice()].concat();
        format!("{SIGNATURE_MARK}{} {}\n", self.name, to_base64(&bytes))
    }

    pub(super) fn parse(line: &str) -> Result<Self, SignatureLineError> {
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
