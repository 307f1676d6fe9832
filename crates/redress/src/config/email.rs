//! `[email]`: how letters leave the house.

use std::path::PathBuf;

use serde::Deserialize;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Email {
    /// By SMTP, or into a folder of files.
    pub mode: EmailMode,
    /// The sender's address.
    pub from: String,
    /// The sender's name.
    pub from_name: String,
    /// The mail server, for SMTP.
    pub host: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default)]
    pub security: Security,
    /// The name to sign in with, if the server asks for one.
    pub username: Option<String>,
    /// The file that holds the password, so that it is not in this one.
    pub password_file: Option<PathBuf>,
    /// The folder of the letter box.
    pub folder: Option<PathBuf>,
}

/// How letters leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum EmailMode {
    /// To a mail server.
    Smtp,
    /// Into files: for trying it out.
    LetterBox,
}

/// How the connection to the mail server is protected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Security {
    /// STARTTLS, and nothing is sent without it.
    #[default]
    StartTls,
    /// TLS from the first byte.
    Tls,
    /// None: for a server on this machine.
    None,
}
