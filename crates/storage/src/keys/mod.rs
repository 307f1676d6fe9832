//! The keys: the master key, what is derived from it, the key of each stream, and the key that signs the audit log.

mod apart;
mod backup_key;
mod cache;
mod derive;
mod file_key;
mod files;
mod seal;

use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::signature::{self, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use aws_lc_rs::{constant_time, digest, hmac, rand};
use rules::audit::VerifierKey;
use zeroize::Zeroizing;

pub use backup_key::BackupKey;
pub(crate) use cache::KeyCache;
pub use file_key::FileKey;
pub use seal::StreamKey;
pub(crate) use seal::{OVERHEAD as SEAL_OVERHEAD, place};

use crate::StorageError;

/// How many bytes every key has (AES-256, Ed25519 seeds, HMAC-SHA256).
const LENGTH: usize = 32;

/// How many bytes the token of a thread has: 80 bits, which nobody guesses by sending messages, and which fit into an address.
pub const THREAD_TOKEN: usize = 10;

/// The raw bytes of a key, overwritten when it goes.
type Secret = Zeroizing<[u8; LENGTH]>;

/// All keys of an installation. Cloning shares them; they are overwritten with the last clone.
#[derive(Clone)]
pub struct Keys {
    inner: Arc<Inner>,
}

struct Inner {
    wrapping: StreamKey,
    /// Wraps the keys of sealed cases; none in an installation that was made before there were any.
    sealing: Option<StreamKey>,
    search: hmac::Key,
    codes: hmac::Key,
    sessions: hmac::Key,
    lookups: hmac::Key,
    threads: hmac::Key,
    signing: Ed25519KeyPair,
    verifier: VerifierKey,
}

impl Keys {
    /// Reads `master.key`, `audit.key` and, where it is there, `sealed.key` from a folder.
    ///
    /// # Errors
    /// When a file is missing, readable by others than its owner, or not a key.
    pub fn load(folder: &Path) -> Result<Keys, StorageError> {
        Keys::from_secrets(
            &files::read(folder, files::MASTER)?,
            &files::read(folder, files::AUDIT)?,
            files::read_sealed(folder)?.as_ref(),
        )
    }

    /// Makes new keys in a folder that has none, readable by their owner only.
    ///
    /// # Errors
    /// When a key file is already there or the folder cannot be written.
    pub fn create(folder: &Path) -> Result<Keys, StorageError> {
        let (master, audit) = (Zeroizing::new(Keys::random()?), Zeroizing::new(Keys::random()?));
        files::write(folder, &master, &audit)?;
        Keys::create_sealed(folder)?;
        Keys::load(folder)
    }

    /// Makes the key of sealed cases in a folder that has the others and not this one.
    ///
    /// # Errors
    /// When it is there already or the folder cannot be written.
    pub fn create_sealed(folder: &Path) -> Result<(), StorageError> {
        files::write_sealed(folder, &Zeroizing::new(Keys::random()?))
    }

    /// Whether cases can be sealed: the folder has the key for it.
    pub fn can_seal(&self) -> bool {
        self.inner.sealing.is_some()
    }

    /// Fixed keys for tests, so that signatures and tokens are the same in every run.
    ///
    /// # Panics
    /// Never: these keys are well formed.
    pub fn for_tests() -> Keys {
        let [master, audit, sealed] = [7, 8, 9].map(|byte| Zeroizing::new([byte; LENGTH]));
        Keys::from_secrets(&master, &audit, Some(&sealed)).expect("32 bytes make a key")
    }

    /// The name of this log in its checkpoints. It comes from the signing key, so that no two installations share one.
    pub fn origin(&self) -> &str {
        self.inner.verifier.name()
    }

    /// The public half of the signing key: its text is a C2SP signed-note verifier key.
    pub fn verifier_key(&self) -> &VerifierKey {
        &self.inner.verifier
    }

    /// Fresh random bytes: where chance enters the product.
    ///
    /// # Errors
    /// When the operating system has no randomness to give.
    pub fn random<const N: usize>() -> Result<[u8; N], StorageError> {
        let mut bytes = [0; N];
        rand::fill(&mut bytes).map_err(|_| StorageError::Cipher("the system gave no randomness"))?;
        Ok(bytes)
    }

    fn from_secrets(master: &Secret, audit: &Secret, sealed: Option<&Secret>) -> Result<Keys, StorageError> {
        let root = derive::Root::new(master);
        let sealing = sealed.map(|sealed| derive::Root::new(sealed).secret("wrap keys of sealed cases"));
        let sealing = sealing
            .transpose()?
            .map(|key| StreamKey::from_bytes(&key))
            .transpose()?;
        let signing = Ed25519KeyPair::from_seed_unchecked(audit.as_slice())
            .map_err(|_| StorageError::Cipher("the audit key is not usable"))?;
        let public: [u8; 32] = signing
            .public_key()
            .as_ref()
            .try_into()
            .map_err(|_| StorageError::Cipher("the public audit key has not 32 bytes"))?;
        let origin = format!(
            "redress.audit/{}",
            hex(&digest::digest(&digest::SHA256, &public).as_ref()[..8])
        );
        let verifier = VerifierKey::new(&origin, public).map_err(|error| StorageError::Corrupt(error.to_string()))?;
        Ok(Keys {
            inner: Arc::new(Inner {
                wrapping: StreamKey::from_bytes(&*root.secret("wrap stream keys")?)?,
                sealing,
                search: root.hmac("search tokens")?,
                codes: root.hmac("receipt codes")?,
                sessions: root.hmac("session tokens")?,
                lookups: root.hmac("look-ups")?,
                threads: root.hmac("thread tokens")?,
                signing,
                verifier,
            }),
        })
    }

    /// The key under which the keys of streams are wrapped.
    pub(crate) fn wrapping(&self) -> &StreamKey {
        &self.inner.wrapping
    }

    /// The key under which the keys of sealed cases are wrapped.
    pub(crate) fn sealing(&self) -> Result<&StreamKey, StorageError> {
        self.inner.sealing.as_ref().ok_or(StorageError::NoSealedKey)
    }

    /// The keyed hash that search tokens are cut from.
    pub(crate) fn search_token(&self, purpose: &str, text: &str) -> hmac::Tag {
        let mut context = hmac::Context::with_key(&self.inner.search);
        for part in [purpose, " ", text] {
            context.update(part.as_bytes());
        }
        context.sign()
    }

    /// The keyed hash of a receipt code or a tracking link.
    pub(crate) fn code_hash(&self, purpose: &str, code: &[u8]) -> Vec<u8> {
        keyed(&self.inner.codes, purpose, code)
    }

    /// The keyed hash of a session token.
    pub(crate) fn session_hash(&self, token: &[u8]) -> Vec<u8> {
        keyed(&self.inner.sessions, "session", token)
    }

    /// The keyed hash by which something is found again without being stored: a user name, a throttle key.
    pub(crate) fn lookup_hash(&self, purpose: &str, value: &str) -> Vec<u8> {
        keyed(&self.inner.lookups, purpose, value.as_bytes())
    }

    /// The same of a value in parts, by which it is known whether another says the same.
    pub(crate) fn lookup_hash_of(&self, purpose: &str, parts: &[Vec<u8>]) -> Vec<u8> {
        let mut context = hmac::Context::with_key(&self.inner.lookups);
        context.update(purpose.as_bytes());
        for part in parts {
            context.update(&(part.len() as u64).to_le_bytes());
            context.update(part);
        }
        context.sign().as_ref().to_vec()
    }

    /// The bytes by which an address or a message id is known to be ours: a keyed hash, cut to the length of a token.
    pub fn thread_token(&self, of: &str) -> [u8; THREAD_TOKEN] {
        let mut cut = [0; THREAD_TOKEN];
        cut.copy_from_slice(&keyed(&self.inner.threads, "letter", of.as_bytes())[..THREAD_TOKEN]);
        cut
    }

    /// Whether the bytes are the token of that, found out in the same time whichever of them is wrong.
    pub fn thread_token_holds(&self, of: &str, given: &[u8]) -> bool {
        constant_time::verify_slices_are_equal(&self.thread_token(of), given).is_ok()
    }

    /// Signs a note.
    pub(crate) fn sign(&self, text: &[u8]) -> [u8; 64] {
        let mut bytes = [0; 64];
        bytes.copy_from_slice(self.inner.signing.sign(text).as_ref());
        bytes
    }
}

/// True when an Ed25519 signature is that of the key.
pub fn signature_holds(public: &[u8; 32], text: &[u8], bytes: &[u8; 64]) -> bool {
    UnparsedPublicKey::new(&signature::ED25519, public)
        .verify(text, bytes)
        .is_ok()
}

/// Lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            text.push(char::from(DIGITS[usize::from(digit)]));
        }
    }
    text
}

fn keyed(key: &hmac::Key, purpose: &str, value: &[u8]) -> Vec<u8> {
    let mut context = hmac::Context::with_key(key);
    context.update(purpose.as_bytes());
    context.update(&[0]);
    context.update(value);
    context.sign().as_ref().to_vec()
}
