//! The 32-byte SHA-256 values of the log, and how leaves and nodes are hashed.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

/// First byte hashed for a leaf, so that a leaf can never be passed off as a node (RFC 6962, section 2.1).
const LEAF_PREFIX: [u8; 1] = [0x00];
/// First byte hashed for a node of two children (RFC 6962, section 2.1).
const NODE_PREFIX: [u8; 1] = [0x01];

/// A SHA-256 value: of a leaf, of a node, of a whole tree, or of a ciphertext.
///
/// Shown as 64 lower-case hexadecimal digits; the C2SP texts use [`Hash::to_base64`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; Hash::LENGTH]);

/// Why some bytes or a text are not a [`Hash`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Neither 32 bytes nor the text of 32 bytes.
    #[error("a hash has {expected} bytes, but this has {0}", expected = Hash::LENGTH)]
    Length(usize),
    /// Something other than 64 hexadecimal digits.
    #[error("a hash in hexadecimal is 64 digits from 0 to 9 and a to f")]
    Hex,
    /// Not standard padded base64 (RFC 4648, section 4).
    #[error("this is not standard base64: {0}")]
    Base64(base64::DecodeError),
}

/// The hash of a leaf that holds `data`: SHA-256 of a zero byte and the data (RFC 6962, section 2.1).
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    Hash(
        Sha256::new()
            .chain_update(LEAF_PREFIX)
            .chain_update(data)
            .finalize()
            .into(),
    )
}

/// The hash of a node with two children: SHA-256 of a one byte, the left and the right hash (RFC 6962, section 2.1).
#[must_use]
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash(
        Sha256::new()
            .chain_update(NODE_PREFIX)
            .chain_update(left.0)
            .chain_update(right.0)
            .finalize()
            .into(),
    )
}

/// The root of a tree with no leaves: SHA-256 of nothing (RFC 6962, section 2.1).
#[must_use]
pub fn empty_root() -> Hash {
    Hash::of(b"")
}

impl Hash {
    /// How many bytes a hash has.
    pub const LENGTH: usize = 32;

    /// Plain SHA-256 of `bytes`, with no prefix: used for ciphertexts, never for leaves or nodes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The bytes, as they are stored.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; Self::LENGTH] {
        &self.0
    }

    /// The hash as 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn to_hex(self) -> String {
        self.to_string()
    }

    /// Reads 64 hexadecimal digits, in either case.
    ///
    /// # Errors
    /// [`HashError::Hex`] for anything else.
    pub fn from_hex(text: &str) -> Result<Self, HashError> {
        let digits = text.as_bytes();
        if digits.len() != Self::LENGTH * 2 {
            return Err(HashError::Hex);
        }
        let mut bytes = [0; Self::LENGTH];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = hex_digit(pair[0])? << 4 | hex_digit(pair[1])?;
        }
        Ok(Self(bytes))
    }

    /// The hash in standard base64 with padding (44 characters).
    #[must_use]
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads standard base64 with padding; any other spelling of the same bytes is refused.
    ///
    /// # Errors
    /// [`HashError::Base64`] or [`HashError::Length`].
    pub fn from_base64(text: &str) -> Result<Self, HashError> {
        Self::try_from(STANDARD.decode(text).map_err(HashError::Base64)?.as_slice())
    }
}

impl From<[u8; Hash::LENGTH]> for Hash {
    fn from(bytes: [u8; Hash::LENGTH]) -> Self {
        Self(bytes)
    }
}

impl TryFrom<&[u8]> for Hash {
    type Error = HashError;

    fn try_from(bytes: &[u8]) -> Result<Self, HashError> {
        bytes.try_into().map(Self).map_err(|_| HashError::Length(bytes.len()))
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Hash({self})")
    }
}

fn hex_digit(digit: u8) -> Result<u8, HashError> {
    match digit {
        b'0'..=b'9' => Ok(digit - b'0'),
        b'a'..=b'f' => Ok(digit - b'a' + 10),
        b'A'..=b'F' => Ok(digit - b'A' + 10),
        _ => Err(HashError::Hex),
    }
}
