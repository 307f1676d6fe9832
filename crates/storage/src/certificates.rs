//! Certificates of the servers that are asked: which authorities are trusted beside those of the machine, and why one is not, in words. Whatever of
//! the house speaks TLS to another server judges it by this.

use std::error::Error;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use rustls::{CertificateError, ClientConfig, RootCertStore};

/// A client that trusts the authorities of this machine, and those of a PEM file beside them.
///
/// # Errors
/// Why the file cannot be used.
pub fn client(file: Option<&Path>) -> Result<ClientConfig, String> {
    let own = file.map(read).transpose()?.unwrap_or_default();
    client_with(&own, &rustls_native_certs::load_native_certs().certs).map_err(|error| error.to_string())
}

/// A client that trusts nobody, for settings that are judged and not used.
///
/// # Errors
/// When the provider of ciphers has none.
pub fn nobody() -> Result<ClientConfig, String> {
    client_with(&[], &[]).map_err(|error| error.to_string())
}

/// A client that trusts these. One provider of ciphers for the whole house.
pub(crate) fn client_with(
    own: &[CertificateDer<'static>],
    machine: &[CertificateDer<'static>],
) -> Result<ClientConfig, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(machine.iter().chain(own).cloned());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
    Ok(client.with_root_certificates(roots).with_no_client_auth())
}

/// The certificates of a PEM file, one at least.
///
/// # Errors
/// Why it cannot be used.
pub(crate) fn read(file: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = CertificateDer::pem_file_iter(file).map_err(|error| error.to_string())?;
    let certificates: Vec<_> = read.collect::<Result<_, _>>().map_err(|error| error.to_string())?;
    match certificates.is_empty() {
        true => Err("it holds no certificate".to_owned()),
        false => Ok(certificates),
    }
}

/// Why a server's certificate is not taken, if that is why it could not be asked; `setting` names the file of authorities that are trusted.
pub fn refusal(error: &(dyn Error + 'static), setting: &str) -> Option<String> {
    let mut deeper = Some(error);
    while let Some(error) = deeper {
        if let Some(rustls::Error::InvalidCertificate(why)) = error.downcast_ref() {
            return Some(words(why, setting));
        }
        deeper = beneath(error);
    }
    None
}

/// What an error came from. Of an error of the network that is what it holds, which it passes over when it is asked for its source.
fn beneath<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
    match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
        Some(held) => Some(held),
        None => error.source(),
    }
}

fn words(why: &CertificateError, setting: &str) -> String {
    match why {
        CertificateError::UnknownIssuer => format!(
            "its certificate comes from an authority that is not trusted here. Write a file with the certificate of that authority (PEM) into {setting}"
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another name than the one that it is asked by. Write the name that stands in the certificate into the address"
                .to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has run out. It needs a new one".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate does not hold yet. Is the clock of this machine right?".to_owned()
        }
        other => format!("its certificate cannot be used: {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_certificate_is_found_within_an_error_of_the_network() {
        let tls = |why| io::Error::other(rustls::Error::InvalidCertificate(why));
        let said = |error: &io::Error| refusal(error, "the setting");
        let unknown = said(&tls(CertificateError::UnknownIssuer)).expect("words");
        assert!(
            unknown.contains("not trusted here") && unknown.ends_with("into the setting"),
            "{unknown}"
        );
        for (why, says) in [
            (CertificateError::NotValidForName, "another name"),
            (CertificateError::Expired, "has run out"),
            (CertificateError::NotValidYet, "clock"),
            (CertificateError::Revoked, "cannot be used"),
        ] {
            assert!(
                said(&tls(why.clone())).is_some_and(|words| words.contains(says)),
                "{why:?}"
            );
        }
        let deeper = io::Error::other(tls(CertificateError::UnknownIssuer));
        assert_eq!(said(&deeper), Some(unknown), "as a client of HTTP has it");
        assert_eq!(said(&io::Error::other("the line is cut")), None);
    }
}
