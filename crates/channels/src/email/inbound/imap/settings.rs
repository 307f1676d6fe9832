//! How to reach a mailbox, and what becomes of a message there once it is kept here.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;

use crate::email::{SettingsError, SignIn, Tls, is_this_machine};

/// A mailbox that is read.
#[derive(Clone)]
pub struct MailboxSettings {
    /// What it is called here: "helpline". It stays the same for as long as the mailbox is the same.
    pub name: String,
    /// The server; with TLS it must be the name on its certificate.
    pub host: String,
    /// Usually 993, or 143.
    pub port: u16,
    /// How the conversation is protected.
    pub tls: Tls,
    /// Whom to trust.
    pub trust: Arc<ClientConfig>,
    /// The name to sign in with.
    pub username: String,
    /// With what.
    pub sign_in: SignIn,
    /// The folder that is read.
    pub folder: String,
    /// What becomes of a message there once it is kept here.
    pub after: After,
    /// The largest message that is taken, in bytes.
    pub size_limit: u64,
    /// The waits.
    pub patience: Patience,
}

/// How long is waited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a server that says nothing. One that opens a large folder for the first time may take a minute.
    pub answer: Duration,
    /// Until a server that tells when something comes is asked afresh. RFC 2177 asks for less than 29 minutes; a line that was cut is noticed then.
    pub idle: Duration,
    /// Between two looks where the server does not tell.
    pub poll: Duration,
    /// After the first failure; each one after that waits twice as long, up to [`Patience::longest`].
    pub first_wait: Duration,
    /// After many failures.
    pub longest: Duration,
    /// How long a message that could not be taken is left alone, after the first, the second and each later failure.
    pub odd: [Duration; 3],
    /// How often it is asked whose turn it is to read the mailbox: some times while a turn lasts, which is a minute.
    pub turn: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Patience {
            answer: Duration::from_secs(120),
            idle: Duration::from_secs(9 * 60),
            poll: Duration::from_secs(60),
            first_wait: Duration::from_secs(2),
            longest: Duration::from_secs(10 * 60),
            odd: [5, 60, 3600].map(Duration::from_secs),
            turn: Duration::from_secs(15),
        }
    }
}

/// What becomes of a message on the server once it is kept here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum After {
    /// Nothing: not even that it was read.
    Leave,
    /// It is marked as read.
    Seen,
    /// It goes to another folder.
    Move(String),
    /// It goes.
    Delete,
}

impl std::str::FromStr for After {
    type Err = String;

    fn from_str(text: &str) -> Result<After, String> {
        match (text, text.split_once(':')) {
            ("leave", _) => Ok(After::Leave),
            ("seen", _) => Ok(After::Seen),
            ("delete", _) => Ok(After::Delete),
            (_, Some(("move", folder))) if !folder.trim().is_empty() => Ok(After::Move(folder.trim().to_owned())),
            _ => Err(format!(
                "\"{text}\" is none of \"leave\", \"seen\", \"move:Folder\" and \"delete\""
            )),
        }
    }
}

impl MailboxSettings {
    /// Refuses what cannot work and what would give a password away.
    ///
    /// # Errors
    /// Says what to change.
    pub fn check(&self) -> Result<(), SettingsError> {
        let refused = |words: &str| Err(SettingsError(words.to_owned()));
        if self.tls == Tls::None && !is_this_machine(&self.host) {
            return refused("Mail is read encrypted, or from this machine: choose STARTTLS or TLS");
        }
        if self.host.trim().is_empty() || self.host.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return refused("Give the name of the mail server");
        }
        if self.username.is_empty() || self.username.contains(|c: char| c.is_control()) {
            return refused("Give the name to sign in with");
        }
        if let After::Move(folder) = &self.after
            && folder == &self.folder
        {
            return refused("A message cannot be moved to the folder that it is read from");
        }
        for folder in [Some(&self.folder), self.after.folder()].into_iter().flatten() {
            if folder.is_empty() || folder.contains(|c: char| c.is_control()) {
                return refused("Give the name of the folder");
            }
        }
        Ok(())
    }
}

impl After {
    fn folder(&self) -> Option<&String> {
        match self {
            After::Move(folder) => Some(folder),
            After::Leave | After::Seen | After::Delete => None,
        }
    }
}

impl fmt::Debug for MailboxSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("MailboxSettings")
            .field("name", &self.name)
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("username", &self.username)
            .field("folder", &self.folder)
            .field("after", &self.after)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_becomes_of_a_message_is_one_of_four() {
        assert_eq!("leave".parse(), Ok(After::Leave));
        assert_eq!("move: Done/2026".parse(), Ok(After::Move("Done/2026".to_owned())));
        for wrong in ["", "move", "move:", "burn", "Seen"] {
            let refused = wrong.parse::<After>().expect_err(wrong);
            assert!(refused.contains("move:Folder"), "{refused}");
        }
    }
}
