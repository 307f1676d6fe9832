//! Sealing: AES-256-GCM-SIV (RFC 8452) with a random nonce, bound to the place where the sealed value lies.

use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use zeroize::Zeroizing;

use super::{Keys, LENGTH, Secret};
use crate::StorageError;

/// The first byte of every sealed value, so that a later cipher can stand beside this one.
const FORMAT: u8 = 1;

/// How many bytes a sealed value is longer than what it holds: format, nonce and tag.
pub(crate) const OVERHEAD: usize = 1 + NONCE_LEN + 16;

/// The data key of one stream, ready for use.
pub struct StreamKey {
    key: RandomizedNonceKey,
}

impl StreamKey {
    pub(super) fn from_bytes(bytes: &[u8; LENGTH]) -> Result<StreamKey, StorageError> {
        let key = RandomizedNonceKey::new(&AES_256_GCM_SIV, bytes);
        Ok(StreamKey {
            key: key.map_err(|_| StorageError::Cipher("a key is not usable"))?,
        })
    }

    /// Seals a value. `place` is not stored: only the same place opens it again.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, StorageError> {
        // Encrypted where it will be stored, so that no second copy of the words lies about.
        let mut sealed = Vec::with_capacity(plain.len() + OVERHEAD);
        sealed.push(FORMAT);
        sealed.extend([0; NONCE_LEN]);
        sealed.extend_from_slice(plain);
        let (head, body) = sealed.split_at_mut(1 + NONCE_LEN);
        let (nonce, tag) = self
            .key
            .seal_in_place_separate_tag(Aad::from(place), body)
            .map_err(|_| StorageError::Cipher("a value could not be sealed"))?;
        head[1..].copy_from_slice(nonce.as_ref());
        sealed.extend_from_slice(tag.as_ref());
        Ok(sealed)
    }

    /// Opens a value that was sealed for this place.
    ///
    /// # Errors
    /// [`StorageError::Corrupt`] when it was changed, moved from another place, or sealed under another key.
    pub fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, StorageError> {
        let (nonce, body) = match sealed.split_first() {
            Some((&FORMAT, rest)) if rest.len() >= NONCE_LEN => rest.split_at(NONCE_LEN),
            _ => return Err(StorageError::Corrupt("a sealed value has no known format".to_owned())),
        };
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| does_not_open())?;
        let mut plain = body.to_vec();
        let length = self
            .key
            .open_in_place(nonce, Aad::from(place), &mut plain)
            .map_err(|_| does_not_open())?
            .len();
        plain.truncate(length);
        Ok(plain)
    }
}

fn does_not_open() -> StorageError {
    StorageError::Corrupt("a sealed value does not open here: it was changed, or belongs elsewhere".to_owned())
}

impl Keys {
    /// Makes a key for a stream: the key, and its wrapped form to store.
    pub(crate) fn new_stream_key(&self, stream: &str) -> Result<(StreamKey, Vec<u8>), StorageError> {
        let bytes: Secret = Zeroizing::new(Keys::random()?);
        let wrapped = self.wrapping().seal(&wrapping_place(stream), bytes.as_slice())?;
        Ok((StreamKey::from_bytes(&bytes)?, wrapped))
    }

    /// Unwraps the key of a stream.
    pub(crate) fn unwrap_stream_key(&self, stream: &str, wrapped: &[u8]) -> Result<StreamKey, StorageError> {
        let other = |_| StorageError::OtherMaster {
            stream: stream.to_owned(),
        };
        StreamKey::from_bytes(&*unwrapped(self.wrapping(), stream, wrapped).map_err(other)?)
    }

    /// Unwraps the key of a sealed record.
    pub(crate) fn unwrap_sealed_key(&self, record: &str, wrapped: &[u8]) -> Result<StreamKey, StorageError> {
        let other = |_| StorageError::OtherSealedKey {
            record: record.to_owned(),
        };
        StreamKey::from_bytes(&*unwrapped(self.sealing()?, record, wrapped).map_err(other)?)
    }

    /// The key of a stream, wrapped anew as that of a sealed record: what unwraps the keys of streams does not unwrap it.
    pub(crate) fn wrap_away(&self, stream: &str, wrapped: &[u8], record: &str) -> Result<Vec<u8>, StorageError> {
        let bytes = unwrapped(self.wrapping(), stream, wrapped)?;
        self.sealing()?.seal(&wrapping_place(record), bytes.as_slice())
    }
}

fn unwrapped(under: &StreamKey, stream: &str, wrapped: &[u8]) -> Result<Secret, StorageError> {
    let bytes = Zeroizing::new(under.open(&wrapping_place(stream), wrapped)?);
    let bytes: Result<[u8; LENGTH], _> = bytes.as_slice().try_into();
    let bytes = bytes.map_err(|_| StorageError::Corrupt(format!("the key of {stream} has a wrong length")))?;
    Ok(Zeroizing::new(bytes))
}

fn wrapping_place(stream: &str) -> Vec<u8> {
    place(&["stream-key", stream])
}

/// Names a place so that no two places have the same bytes: each part follows its length.
pub(crate) fn place(parts: &[&str]) -> Vec<u8> {
    let mut bytes = b"redress-place-v1".to_vec();
    for part in parts {
        bytes.extend((part.len() as u64).to_be_bytes());
        bytes.extend(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_at_its_own_place_only() {
        let (key, _) = Keys::for_tests().new_stream_key("FC-10001").unwrap();
        let sealed = key.seal(b"here", b"words").unwrap();
        assert_eq!(key.open(b"here", &sealed).unwrap(), b"words");
        assert!(matches!(key.open(b"there", &sealed), Err(StorageError::Corrupt(_))));
        assert_eq!(sealed.len(), 5 + OVERHEAD);
    }

    #[test]
    fn the_same_words_never_look_the_same() {
        let (key, _) = Keys::for_tests().new_stream_key("FC-10001").unwrap();
        assert_ne!(
            key.seal(b"here", b"words").unwrap(),
            key.seal(b"here", b"words").unwrap()
        );
    }

    #[test]
    fn every_changed_bit_is_noticed() {
        let (key, _) = Keys::for_tests().new_stream_key("FC-10001").unwrap();
        let sealed = key.seal(b"here", b"words").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(key.open(b"here", &changed).is_err(), "bit {bit}");
        }
        for length in 0..sealed.len() {
            assert!(key.open(b"here", &sealed[..length]).is_err(), "length {length}");
        }
    }

    #[test]
    fn a_wrapped_key_serves_its_own_stream_only() {
        let keys = Keys::for_tests();
        let (key, wrapped) = keys.new_stream_key("FC-10001").unwrap();
        let again = keys.unwrap_stream_key("FC-10001", &wrapped).unwrap();
        assert_eq!(again.open(b"x", &key.seal(b"x", b"words").unwrap()).unwrap(), b"words");
        assert!(keys.unwrap_stream_key("FC-10002", &wrapped).is_err());
    }

    #[test]
    fn places_never_run_into_each_other() {
        assert_ne!(place(&["ab", "c"]), place(&["a", "bc"]));
        assert_ne!(place(&["a"]), place(&["a", ""]));
    }
}
