//! `[email]`: how letters leave the house.

use std::path::PathBuf;

use casework::jobs::post_limits::AutomaticLimits;
use channels::email::Tls;
use serde::Deserialize;

use super::{Oauth, is_address};

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
    /// A PEM file with certificates that are trusted beside those of the machine.
    pub roots: Option<PathBuf>,
    /// The name to sign in with, if the server asks for one.
    pub username: Option<String>,
    /// The file that holds the password, so that it is not in this one.
    pub password_file: Option<PathBuf>,
    /// Where tokens come from, instead of a password.
    pub oauth: Option<Oauth>,
    /// The folder of the letter box.
    pub folder: Option<PathBuf>,
    /// Where answers to letters go; the sender's address if it is not given.
    pub reply_to: Option<String>,
    /// Where reports about letters go, such as that one did not arrive; the sender's address if it is not given.
    pub return_path: Option<String>,
    /// Whether the mail server delivers `name+anything@domain` to `name@domain`: then both addresses carry the name of the letter.
    #[serde(default)]
    pub plus: bool,
    /// How many automatic letters go out.
    #[serde(default)]
    pub automatic: Automatic,
    /// How many letters go to one domain.
    #[serde(default)]
    pub per_domain: PerDomain,
    /// How letters are signed, if they are signed here.
    pub dkim: Option<Dkim>,
}

/// `[email.automatic]`: how many automatic letters go out before one is held, in case two machines answer each other.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Automatic {
    /// To one address.
    pub per_address: u32,
    /// About one case.
    pub per_case: u32,
    /// Within how many hours.
    pub hours: u32,
}

/// `[email.per_domain]`: how many letters go to one domain.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerDomain {
    /// In a minute; as many as there are if it is not given.
    pub letters_a_minute: Option<usize>,
    /// At once; as many as there are connections to the mail server if it is not given.
    pub at_once: Option<usize>,
}

/// `[email.dkim]`: the signature by which other mail servers know that a letter comes from us (RFC 6376).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dkim {
    /// The domain that signs: that of the sender's address, or one above it.
    pub domain: String,
    /// Under which name its DNS holds the public key.
    pub selector: String,
    /// The file that holds the private key.
    pub key_file: PathBuf,
}

impl Default for Automatic {
    fn default() -> Self {
        let AutomaticLimits {
            per_address,
            per_case,
            hours,
        } = AutomaticLimits::default();
        Self {
            per_address,
            per_case,
            hours,
        }
    }
}

impl Email {
    /// What can be read but not used: key and reason.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut check =
            |key: &str, fault: Result<(), String>| faults.extend(fault.err().map(|why| (key.to_owned(), why)));
        check("email.from", is_address(&self.from));
        for (key, address) in [
            ("email.reply_to", &self.reply_to),
            ("email.return_path", &self.return_path),
        ] {
            if let Some(address) = address {
                check(key, is_address(address));
            }
        }
        let (missing, key) = match self.mode {
            EmailMode::Smtp => (self.host.is_none(), "email.host"),
            EmailMode::LetterBox => (self.folder.is_none(), "email.folder"),
        };
        if missing {
            check(key, Err("it is missing, and this mode needs it".to_owned()));
        }
        check("email.username", self.signs_in());
        let Automatic {
            per_address,
            per_case,
            hours,
        } = self.automatic;
        let numbers = [("per_address", per_address), ("per_case", per_case), ("hours", hours)];
        for (key, _) in numbers.into_iter().filter(|(_, number)| *number == 0) {
            check(
                &format!("email.automatic.{key}"),
                Err("with 0 no automatic letter would ever go out; give at least 1".to_owned()),
            );
        }
        if hours > MOST_HOURS {
            check(
                "email.automatic.hours",
                Err(format!("give at most {MOST_HOURS} hours, which is a week")),
            );
        }
        let per_domain = [
            ("letters_a_minute", self.per_domain.letters_a_minute),
            ("at_once", self.per_domain.at_once),
        ];
        for (key, _) in per_domain.into_iter().filter(|(_, number)| *number == Some(0)) {
            check(
                &format!("email.per_domain.{key}"),
                Err("with 0 no letter would ever go out; give at least 1, or leave it out".to_owned()),
            );
        }
        faults
    }

    /// The paths that it names.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let dkim = self.dkim.as_mut().map(|dkim| &mut dkim.key_file);
        let own = [&mut self.folder, &mut self.roots, &mut self.password_file];
        let own = own.into_iter().filter_map(Option::as_mut);
        own.chain(dkim).chain(self.oauth.iter_mut().flat_map(Oauth::paths))
    }

    /// A name goes with one thing to sign in with.
    fn signs_in(&self) -> Result<(), String> {
        let with = (
            self.username.is_some(),
            self.password_file.is_some(),
            self.oauth.is_some(),
        );
        let why = match with {
            (false, false, false) | (true, true, false) | (true, false, true) => return Ok(()),
            (_, true, true) => "give either a password_file or a section [email.oauth], and not both",
            (true, false, false) => "it needs a password_file or a section [email.oauth] beside it",
            (false, ..) => "it is missing, and a password_file or [email.oauth] needs it",
        };
        Err(why.to_owned())
    }
}

/// Counts are kept for a week.
const MOST_HOURS: u32 = 168;

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

impl Security {
    /// The same for whoever connects.
    pub(crate) fn tls(self) -> Tls {
        match self {
            Security::StartTls => Tls::StartTls,
            Security::Tls => Tls::Implicit,
            Security::None => Tls::None,
        }
    }
}
