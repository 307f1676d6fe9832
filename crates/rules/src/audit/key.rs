//! The public key of a log in its text form, and the keys that a checker trusts.

use std::fmt;
use std::str::FromStr;

use sha2::{Digest as _, Sha256};

use super::text::{control_character, from_base64, to_base64};

/// The byte that marks an Ed25519 key in C2SP `signed-note`; no other kind is read or written.
pub const ALGORITHM_ED25519: u8 = 0x01;

/// An Ed25519 public key with the name of its owner, written `name+keyid+base64` as in C2SP `signed-note`.
///
/// The key of a log has the origin of the log as its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    id: u32,
    public: [u8; 32],
}

/// The keys that a checker trusts, with the function that checks one Ed25519 signature.
///
/// The function gets the public key, the signed bytes and the signature, and says whether they belong together.
pub struct TrustedKeys<F> {
    keys: Vec<VerifierKey>,
    check: F,
}

/// Why a text or a name is not that of a key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Empty, or with a space, a plus sign or a control character in it.
    #[error(
        "\"{0}\" cannot be the name of a key: it must not be empty nor hold spaces, plus signs or control characters"
    )]
    Name(String),
    /// Not three parts.
    #[error("a key is written as name, key ID and key, with a plus sign between")]
    Parts,
    /// The second part is not eight lower-case hexadecimal digits.
    #[error("the key ID \"{0}\" is not eight hexadecimal digits in lower case")]
    Id(String),
    /// The third part is not standard base64.
    #[error("the key is not standard base64: {0}")]
    Base64(base64::DecodeError),
    /// The key is of a kind that this product does not use.
    #[error("the key is of kind {0:#04x}; only Ed25519 keys ({ALGORITHM_ED25519:#04x}) are known here")]
    Algorithm(u8),
    /// The key is not 32 bytes after the byte for its kind.
    #[error("an Ed25519 key has 32 bytes, but this has {0}")]
    Length(usize),
    /// The ID is not the one of this name and key: one of the three was changed.
    #[error("the key ID is {found:08x}, but name and key give {expected:08x}")]
    IdDiffers {
        /// What name and key give.
        expected: u32,
        /// What the text says.
        found: u32,
    },
}

impl VerifierKey {
    /// A key for `name`, from the 32 bytes of an Ed25519 public key (RFC 8032).
    ///
    /// # Errors
    /// [`KeyError::Name`].
    pub fn new(name: &str, public: [u8; 32]) -> Result<Self, KeyError> {
        if !is_key_name(name) {
            return Err(KeyError::Name(name.to_owned()));
        }
        Ok(Self {
            name: name.to_owned(),
            id: key_id(name, &public),
            public,
        })
    }

    /// Whose key it is: the origin of the log.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key ID: the first four bytes of SHA-256 over the name, a line feed, the kind and the key.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The Ed25519 public key (RFC 8032).
    #[must_use]
    pub fn public(&self) -> &[u8; 32] {
        &self.public
    }
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = to_base64(&[&[ALGORITHM_ED25519], self.public.as_slice()].concat());
        write!(f, "{}+{:08x}+{key}", self.name, self.id)
    }
}

impl FromStr for VerifierKey {
    type Err = KeyError;

    fn from_str(text: &str) -> Result<Self, KeyError> {
        // The key itself may hold plus signs, being base64; the two parts before it may not.
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(KeyError::Parts);
        };
        let found = parse_key_id(id)?;
        let bytes = from_base64(key).map_err(KeyError::Base64)?;
        let (&algorithm, public) = bytes.split_first().ok_or(KeyError::Length(0))?;
        if algorithm != ALGORITHM_ED25519 {
            return Err(KeyError::Algorithm(algorithm));
        }
        let public = public.try_into().map_err(|_| KeyError::Length(public.len()))?;
        let key = Self::new(name, public)?;
        if key.id == found {
            Ok(key)
        } else {
            Err(KeyError::IdDiffers {
                expected: key.id,
                found,
            })
        }
    }
}

impl<F: Fn(&[u8; 32], &[u8], &[u8; 64]) -> bool> TrustedKeys<F> {
    /// Trusts `keys`, old ones included if a log has changed its key; `check` verifies one Ed25519 signature.
    pub fn new(keys: impl IntoIterator<Item = VerifierKey>, check: F) -> Self {
        Self {
            keys: keys.into_iter().collect(),
            check,
        }
    }

    /// The trusted key with this name and ID.
    #[must_use]
    pub fn find(&self, name: &str, id: u32) -> Option<&VerifierKey> {
        self.keys.iter().find(|key| key.name == name && key.id == id)
    }

    /// Whether `signature` is that of `key` over `text`.
    #[must_use]
    pub fn verifies(&self, key: &VerifierKey, text: &str, signature: &[u8]) -> bool {
        signature
            .try_into()
            .is_ok_and(|signature| (self.check)(&key.public, text.as_bytes(), signature))
    }
}

pub(super) fn is_key_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '+') && control_character(name).is_none()
}

fn key_id(name: &str, public: &[u8; 32]) -> u32 {
    let hash = Sha256::new()
        .chain_update(name)
        .chain_update(b"\n")
        .chain_update([ALGORITHM_ED25519])
        .chain_update(public)
        .finalize();
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]])
}

fn parse_key_id(text: &str) -> Result<u32, KeyError> {
    let id = u32::from_str_radix(text, 16)
        .ok()
        .filter(|id| format!("{id:08x}") == text);
    id.ok_or_else(|| KeyError::Id(text.to_owned()))
}
