//! OpenPGP (RFC 9580): reading the certificates of line managers, and encrypting a letter to one. What may be used is decided by the rules.
//!
//! A certificate is believed in what it signed itself: user ids, subkeys and dates without a good signature of its own are as if they were not there,
//! and what others signed, and pictures, is not kept.

use aws_lc_rs::rand;
use jiff::Timestamp;
use pgp::composed::{ArmorOptions, Encryption, MessageBuilder, PublicOrSecret, SignedPublicKey, SignedPublicSubKey};
use pgp::crypto::aead::{AeadAlgorithm, ChunkSize};
use pgp::crypto::sym::SymmetricKeyAlgorithm;
use pgp::packet::{KeyFlags, Signature, SignatureType};
use pgp::types::{Duration, EncryptionKey, KeyDetails as _, KeyVersion, SignedUser, Tag};
use rand_core::{CryptoRng, RngCore};
use rules::confidential::sealing::letter_key::{Certificate, KeyFile, MOST_BYTES, Opens};
use rules::unseen::without_unseen;

use crate::StorageError;

/// How a certificate in text begins.
const BEGINS: &str = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
/// How a secret key in text begins.
const SECRET: &str = "-----BEGIN PGP PRIVATE KEY BLOCK-----";
/// The longest user id that is kept, in characters.
const LONGEST_USER: usize = 300;

/// What a file holds: text (armored) or binary, one certificate or a keyring.
pub fn read(bytes: &[u8]) -> KeyFile {
    if bytes.len() > MOST_BYTES {
        return KeyFile::Unreadable;
    }
    let text = String::from_utf8_lossy(bytes);
    if text.contains(SECRET) {
        return KeyFile::Secret;
    }
    let mut keys = Vec::new();
    let found = match text.find(BEGINS) {
        // Several blocks one after another are as many files; what stands before the first is somebody's words.
        Some(first) => text[first..]
            .split(BEGINS)
            .skip(1)
            .try_for_each(|block| add_all(&mut keys, format!("{BEGINS}{block}").as_bytes())),
        None => add_all(&mut keys, bytes),
    };
    if keys.iter().any(|key| matches!(key, PublicOrSecret::Secret(_))) {
        return KeyFile::Secret;
    }
    let read = found.and_then(|()| keys.into_iter().map(certificate).collect::<Option<Vec<Certificate>>>());
    match read {
        Some(certificates) if !certificates.is_empty() => KeyFile::Certificates(certificates),
        _ => KeyFile::Unreadable,
    }
}

fn add_all(keys: &mut Vec<PublicOrSecret>, bytes: &[u8]) -> Option<()> {
    let (found, _) = PublicOrSecret::from_reader_many(bytes).ok()?;
    for key in found {
        keys.push(key.ok()?);
    }
    Some(())
}

fn certificate(key: PublicOrSecret) -> Option<Certificate> {
    let PublicOrSecret::Public(mut key) = key else {
        return None;
    };
    if !matches!(key.version(), KeyVersion::V4 | KeyVersion::V6) {
        return None;
    }
    keep_own(&mut key);
    let latest = own_signatures(&key).max_by_key(|signature| signature.created());
    // Without a word about itself it says neither whose it is nor how long it holds.
    let expires_at = ends(key.created_at(), latest?.key_expiration_time());
    let flags = latest.map(Signature::key_flags);
    let mut opens: Vec<Opens> = key.public_subkeys.iter().filter_map(subkey).collect();
    if flags.is_some_and(|flags| encrypts(&flags)) && works(&key, key.version()) {
        opens.push(Opens {
            fingerprint: hex(&key),
            made_at: at(key.created_at()),
            expires_at,
            is_revoked: false,
        });
    }
    Some(Certificate {
        fingerprint: hex(&key),
        users: key.details.users.iter().map(user_id).collect(),
        made_at: at(key.created_at()),
        expires_at,
        // Also one that we cannot judge, by somebody whom the owner trusts with it: better a link than a letter to a lost key.
        is_revoked: !key.details.revocation_signatures.is_empty(),
        opens,
        armored: key.to_armored_string(ArmorOptions::default()).ok()?,
    })
}

/// Leaves in a certificate what it signed itself: no signatures of others, no pictures, no user id that it took back.
fn keep_own(key: &mut SignedPublicKey) {
    let primary = &key.primary_key;
    let details = &mut key.details;
    details.user_attributes.clear();
    details
        .direct_signatures
        .retain(|signature| signature.verify_key(primary).is_ok());
    for user in &mut details.users {
        let id = user.id.clone();
        user.signatures
            .retain(|signature| signature.verify_certification(primary, Tag::UserId, &id).is_ok());
    }
    details.users.retain(|user| {
        let latest = user.signatures.iter().max_by_key(|signature| signature.created());
        latest.is_some_and(|latest| latest.typ() != Some(SignatureType::CertRevocation))
    });
    for subkey in &mut key.public_subkeys {
        let of = subkey.key.clone();
        subkey
            .signatures
            .retain(|signature| signature.verify_subkey_binding(primary, &of).is_ok());
    }
    key.public_subkeys.retain(|subkey| !subkey.signatures.is_empty());
}

fn own_signatures(key: &SignedPublicKey) -> impl Iterator<Item = &Signature> {
    let of_users = key.details.users.iter().flat_map(|user| &user.signatures);
    let certifies = |signature: &&Signature| signature.typ() != Some(SignatureType::CertRevocation);
    key.details.direct_signatures.iter().chain(of_users.filter(certifies))
}

fn subkey(subkey: &SignedPublicSubKey) -> Option<Opens> {
    let is = |kind: SignatureType| move |signature: &&Signature| signature.typ() == Some(kind);
    let bindings = subkey.signatures.iter().filter(is(SignatureType::SubkeyBinding));
    let binding = bindings.max_by_key(|signature| signature.created())?;
    if !encrypts(&binding.key_flags()) || !works(subkey, subkey.version()) {
        return None;
    }
    Some(Opens {
        fingerprint: hex(subkey),
        made_at: at(subkey.created_at()),
        expires_at: ends(subkey.created_at(), binding.key_expiration_time()),
        is_revoked: subkey
            .signatures
            .iter()
            .any(|signature| is(SignatureType::SubkeyRevocation)(&signature)),
    })
}

fn encrypts(flags: &KeyFlags) -> bool {
    flags.encrypt_comms() || flags.encrypt_storage()
}

/// Whether something can be encrypted to it: of a kind that nobody here can use, or that is none, this is found out now and not when a letter waits.
fn works(key: &impl EncryptionKey, version: KeyVersion) -> bool {
    key.algorithm().can_encrypt() && to(key, version, b"?".to_vec()).is_ok()
}

fn hex(key: &impl pgp::types::KeyDetails) -> String {
    format!("{:X}", key.fingerprint())
}

fn user_id(user: &SignedUser) -> String {
    let text = String::from_utf8_lossy(user.id.id()).into_owned();
    without_unseen(&text)
        .chars()
        .filter(|character| !character.is_control())
        .take(LONGEST_USER)
        .collect()
}

fn at(seconds: pgp::types::Timestamp) -> Timestamp {
    Timestamp::from_second(i64::from(seconds.as_secs())).unwrap_or(Timestamp::MAX)
}

/// When a key ends that may be used for so long; a length of nothing means for ever (RFC 9580, section 5.2.3.13).
fn ends(made: pgp::types::Timestamp, after: Option<Duration>) -> Option<Timestamp> {
    let after = after.map(Duration::as_secs).filter(|seconds| *seconds > 0)?;
    let ends = i64::from(made.as_secs()) + i64::from(after);
    Some(Timestamp::from_second(ends).unwrap_or(Timestamp::MAX))
}

/// Encrypts bytes to a key of a certificate, as an armored message. Takes as long as the bytes are many: call it where a thread may wait.
///
/// # Errors
/// When the certificate cannot be read again, has no such key, or nothing can be encrypted to it.
pub fn encrypt(certificate: &Certificate, opens: &Opens, plain: Vec<u8>) -> Result<String, StorageError> {
    let fault = |_| StorageError::Cipher("nothing can be encrypted to this OpenPGP key");
    let key = PublicOrSecret::from_reader_many(certificate.armored.as_bytes())
        .map_err(fault)?
        .0
        .next();
    let Some(Ok(PublicOrSecret::Public(key))) = key else {
        return Err(StorageError::Corrupt(
            "an OpenPGP certificate cannot be read again".to_owned(),
        ));
    };
    let subkey = key
        .public_subkeys
        .iter()
        .find(|subkey| hex(*subkey) == opens.fingerprint);
    match subkey {
        Some(subkey) => to(subkey, subkey.version(), plain).map_err(fault),
        None if hex(&key) == opens.fingerprint => to(&key, key.version(), plain).map_err(fault),
        None => Err(StorageError::Corrupt(
            "an OpenPGP certificate has lost a key".to_owned(),
        )),
    }
}

fn to(key: &impl EncryptionKey, version: KeyVersion, plain: Vec<u8>) -> pgp::errors::Result<String> {
    let message = MessageBuilder::from_bytes("", plain);
    // What programs of today all read; the newer form only for keys that are of its own time.
    if version == KeyVersion::V6 {
        let mut message = message.seipd_v2(
            Chance,
            SymmetricKeyAlgorithm::AES256,
            AeadAlgorithm::Ocb,
            ChunkSize::default(),
        );
        message.encrypt_to_key(Chance, key)?;
        return armored(message);
    }
    let mut message = message.seipd_v1(Chance, SymmetricKeyAlgorithm::AES256);
    message.encrypt_to_key(Chance, key)?;
    armored(message)
}

fn armored<R: std::io::Read, E: Encryption>(
    message: pgp::composed::MessageBuilder<'_, R, E>,
) -> pgp::errors::Result<String> {
    message.to_armored_string(Chance, ArmorOptions::default())
}

/// Chance from the one provider of the house, in the shape that OpenPGP asks for.
#[derive(Clone, Copy)]
struct Chance;

impl CryptoRng for Chance {}

impl RngCore for Chance {
    fn next_u32(&mut self) -> u32 {
        let mut bytes = [0; 4];
        self.fill_bytes(&mut bytes);
        u32::from_le_bytes(bytes)
    }

    fn next_u64(&mut self) -> u64 {
        let mut bytes = [0; 8];
        self.fill_bytes(&mut bytes);
        u64::from_le_bytes(bytes)
    }

    fn fill_bytes(&mut self, into: &mut [u8]) {
        // There is no way to say so here, and a letter that chance did not seal must not go.
        rand::fill(into).expect("the system gives randomness");
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), rand_core::Error> {
        self.fill_bytes(into);
        Ok(())
    }
}
