//! How to reach the mail server, or which folder stands in for it.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::{DkimSettings, SettingsError};
use crate::email::{SignIn, is_this_machine};

/// How the conversation with the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tls {
    /// Not at all: only for a server on this machine or a network that is trusted as a whole.
    None,
    /// Plain at first, then encrypted before anything is said (RFC 3207); usual on port 587. A server that does not offer it gets nothing.
    StartTls,
    /// Encrypted from the first byte (RFC 8314); usual on port 465.
    Implicit,
}

/// A mail server that takes our letters.
#[derive(Clone)]
pub struct SmtpSettings {
    /// Its name; with TLS it must be the name on its certificate.
    pub host: String,
    /// Usually 587, 465 or 25.
    pub port: u16,
    /// How the conversation is protected. Trusted certificates are the machine's own; `SSL_CERT_FILE` names others.
    pub tls: Tls,
    /// Certificates of authorities that are trusted beside those, as PEM.
    pub roots: Option<String>,
    /// The user name, if the server wants one.
    pub username: Option<String>,
    /// With what that user signs in.
    pub sign_in: Option<SignIn>,
    /// How many letters to one domain are handed over at once; none for as many as there are connections.
    pub connections_per_domain: Option<usize>,
    /// How letters are signed, where the mail server does not sign them.
    pub dkim: Option<DkimSettings>,
    /// How long each step may take: connecting, securing, signing in, handing over. A minute is a good value; RFC 5321, section 4.5.3.2
    /// allows a server up to ten for the last step.
    pub timeout: Duration,
}

/// A folder that keeps the letters instead of sending them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterBoxSettings {
    /// The folder; it is made if it does not exist.
    pub folder: PathBuf,
}

impl SmtpSettings {
    /// Refuses what cannot work and what would give the password away.
    pub(super) fn check(&self) -> Result<(), SettingsError> {
        let refused = |words: &str| Err(SettingsError(words.to_owned()));
        if self.host.trim().is_empty()
            || self
                .host
                .contains(|character: char| character.is_whitespace() || character.is_control())
        {
            return refused("Give the name of the mail server");
        }
        if self.timeout.is_zero() {
            return refused("Give the mail server some time to answer, such as 60 seconds");
        }
        if self.username.is_some() != self.sign_in.is_some() {
            return refused("Give the mail server both a user name and a password or tokens, or neither");
        }
        if self.sign_in.is_some() && self.tls == Tls::None && !is_this_machine(&self.host) {
            return refused("A password or a token may only go to the mail server encrypted: choose STARTTLS or TLS");
        }
        Ok(())
    }
}

impl fmt::Debug for SmtpSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut fields = formatter.debug_struct("SmtpSettings");
        fields
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("username", &self.username);
        fields
            .field("sign_in", &self.sign_in)
            .field("dkim", &self.dkim)
            .field("timeout", &self.timeout)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> SmtpSettings {
        SmtpSettings {
            host: "mail.calderbrook.example".to_owned(),
            port: 587,
            tls: Tls::StartTls,
            username: Some("feedback".to_owned()),
            roots: None,
            sign_in: Some(SignIn::Password("hunter2 secret".to_owned())),
            connections_per_domain: None,
            dkim: None,
            timeout: Duration::from_secs(60),
        }
    }

    #[test]
    fn a_password_is_never_sent_in_the_clear_nor_printed() {
        assert_eq!(settings().check(), Ok(()));
        let open = SmtpSettings {
            tls: Tls::None,
            ..settings()
        };
        assert!(open.check().unwrap_err().to_string().contains("encrypted"));
        for host in ["localhost", "127.0.0.1", "::1"] {
            assert_eq!(
                SmtpSettings {
                    host: host.to_owned(),
                    ..open.clone()
                }
                .check(),
                Ok(())
            );
        }
        let printed = format!("{:?}", settings());
        assert!(
            printed.contains("feedback") && !printed.contains("hunter2"),
            "{printed}"
        );
    }

    #[test]
    fn half_settings_are_refused() {
        assert!(
            SmtpSettings {
                host: " ".to_owned(),
                ..settings()
            }
            .check()
            .is_err()
        );
        assert!(
            SmtpSettings {
                sign_in: None,
                ..settings()
            }
            .check()
            .is_err()
        );
        assert!(
            SmtpSettings {
                timeout: Duration::ZERO,
                ..settings()
            }
            .check()
            .is_err()
        );
    }
}
