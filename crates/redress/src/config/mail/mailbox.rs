//! `[[mail.mailbox]]`: a mailbox that is read over IMAP, and with what one signs in there.

use std::path::PathBuf;
use std::sync::Arc;

use channels::email::SignIn;
use channels::email::Tls;
use channels::email::inbound::imap::{After, MailboxSettings, Patience};
use serde::Deserialize;
use storage::certificates;

use crate::config::{Oauth, Security, named};

type Fault = Box<dyn std::error::Error>;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mailbox {
    /// What it is called here. How far it was read is kept under this name.
    pub name: String,
    /// The server.
    pub host: String,
    /// Its port: 993 with TLS, else 143.
    pub port: Option<u16>,
    /// How the connection is protected.
    #[serde(default = "tls")]
    pub security: Security,
    /// A PEM file with certificates that are trusted beside those of the machine.
    pub roots: Option<PathBuf>,
    /// The name to sign in with.
    pub username: String,
    /// The file that holds the password.
    pub password_file: Option<PathBuf>,
    /// Where tokens come from, instead of a password.
    pub oauth: Option<Oauth>,
    /// The folder that is read.
    #[serde(default = "inbox")]
    pub folder: String,
    /// What becomes of a message there: "leave", "seen", "move:Folder" or "delete".
    #[serde(default = "leave")]
    pub after: String,
}

fn tls() -> Security {
    Security::Tls
}

fn inbox() -> String {
    "INBOX".to_owned()
}

fn leave() -> String {
    "leave".to_owned()
}

impl Mailbox {
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let own = [&mut self.roots, &mut self.password_file];
        let own = own.into_iter().filter_map(Option::as_mut);
        own.chain(self.oauth.iter_mut().flat_map(Oauth::paths))
    }

    pub(super) fn check(&self, mut check: impl FnMut(&str, Result<(), String>)) {
        let said = |words: &str| Err(words.to_owned());
        if self.name.trim().is_empty() || self.name.contains(char::is_control) {
            check(
                "name",
                said("it is missing: call the mailbox something, like \"helpline\""),
            );
        }
        if self.password_file.is_some() == self.oauth.is_some() {
            check(
                "",
                said("it needs a password_file or a section [mail.mailbox.oauth], and not both"),
            );
        }
        match self.after.parse::<After>() {
            Err(why) => check("after", Err(why)),
            Ok(after) => {
                let shown = self.shown(SignIn::Password(String::new()), after);
                check(
                    "",
                    shown.and_then(|settings| settings.check().map_err(|error| error.to_string())),
                );
            }
        }
    }

    /// The settings, with the files that they name.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub(crate) fn settings(&self, size_limit: u64) -> Result<MailboxSettings, Fault> {
        let sign_in = match (&self.oauth, &self.password_file) {
            (Some(oauth), _) => SignIn::Token(Arc::new(oauth.source()?)),
            (None, Some(file)) => SignIn::Password(named::secret(file)?),
            (None, None) => return Err(format!("mailbox {}: there is nothing to sign in with", self.name).into()),
        };
        let roots = self.roots.as_deref();
        let trust = certificates::client(roots).map_err(|why| match roots {
            Some(file) => format!("{} cannot be used: {why}", file.display()),
            None => why,
        })?;
        let mut settings = self.shown(sign_in, self.after.parse()?)?;
        settings.trust = Arc::new(trust);
        settings.size_limit = size_limit;
        Ok(settings)
    }

    /// The settings as far as they stand in the section itself: it trusts nobody yet.
    fn shown(&self, sign_in: SignIn, after: After) -> Result<MailboxSettings, String> {
        let tls = self.security.tls();
        let usual = if tls == Tls::Implicit { 993 } else { 143 };
        Ok(MailboxSettings {
            name: self.name.clone(),
            host: self.host.clone(),
            port: self.port.unwrap_or(usual),
            tls,
            trust: Arc::new(certificates::nobody()?),
            username: self.username.clone(),
            sign_in,
            folder: self.folder.clone(),
            after,
            size_limit: 0,
            patience: Patience::default(),
        })
    }
}
