//! A signature of our own on each letter, by which other mail servers know that it comes from our domain and was not changed (RFC 6376, RFC 8463).

use std::fmt;

use mail_auth::common::crypto::{DkimKey, Ed25519Key, RsaKey};
use mail_auth::common::headers::HeaderWriter as _;
use mail_auth::dkim::{Canonicalization, DkimSigner, Done};
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject as _;

use super::{SendError, SettingsError};

/// What is signed. RFC 6376, section 5.4.1, names these among what a reader is shown; whoever changes or adds one breaks the signature.
const SIGNED: [&str; 8] = [
    "Date",
    "From",
    "To",
    "Subject",
    "Message-ID",
    "Reply-To",
    "References",
    "Content-Type",
];

/// How letters are signed.
#[derive(Clone, PartialEq, Eq)]
pub struct DkimSettings {
    /// The domain that signs.
    pub domain: String,
    /// Under which name its DNS holds the public key: `selector._domainkey.domain`.
    pub selector: String,
    /// The private key in PEM: RSA (PKCS#1 or PKCS#8) or Ed25519 (PKCS#8).
    pub key: String,
}

/// Signs letters.
pub(super) struct Signer {
    signer: DkimSigner<DkimKey, Done>,
}

impl Signer {
    /// Reads the key.
    pub(super) fn open(settings: &DkimSettings) -> Result<Signer, SettingsError> {
        for (what, name) in [("domain", &settings.domain), ("selector", &settings.selector)] {
            let is_name = |character: char| character.is_ascii_alphanumeric() || matches!(character, '.' | '-' | '_');
            if name.is_empty() || !name.chars().all(is_name) {
                return Err(SettingsError(format!(
                    "\"{name}\" cannot be the {what} of a signature (DKIM): it is a name of letters, digits, hyphens and dots."
                )));
            }
        }
        let signer = DkimSigner::from_key(key(&settings.key)?)
            .domain(&settings.domain)
            .selector(&settings.selector)
            .headers(SIGNED)
            .header_canonicalization(Canonicalization::Relaxed)
            .body_canonicalization(Canonicalization::Relaxed);
        Ok(Signer { signer })
    }

    /// The message with its signature before it.
    pub(super) fn signed(&self, message: Vec<u8>) -> Result<Vec<u8>, SendError> {
        let signature = self
            .signer
            .sign(&message)
            .map_err(|error| SendError::temporary(format!("The letter could not be signed (DKIM): {error}.")))?;
        let mut signed = signature.to_header().into_bytes();
        signed.extend_from_slice(&message);
        Ok(signed)
    }
}

fn key(pem: &str) -> Result<DkimKey, SettingsError> {
    let unusable = |why: &str| SettingsError(format!("The key for signatures (DKIM) cannot be used: {why}."));
    let der = PrivateKeyDer::from_pem_slice(pem.as_bytes())
        .map_err(|_| unusable("it is no private key in PEM, which begins with -----BEGIN PRIVATE KEY-----"))?;
    if let PrivateKeyDer::Pkcs8(pkcs8) = &der
        && let Ok(key) = Ed25519Key::from_pkcs8_maybe_unchecked_der(pkcs8.secret_pkcs8_der())
    {
        return Ok(key.into());
    }
    let key = RsaKey::from_key_der(der).map_err(|_| unusable("it is neither RSA of at least 2048 bits nor Ed25519"))?;
    Ok(key.into())
}

impl fmt::Debug for DkimSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("DkimSettings")
            .field("domain", &self.domain)
            .field("selector", &self.selector)
            .field("key", &"(hidden)")
            .finish()
    }
}
