//! `[mail]`: the doors through which mail comes in, and which addresses are ours.

mod mailbox;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::str::FromStr;

use channels::email::inbound::lmtp::{Addresses, Listen, LmtpSettings, Reach};
use serde::{Deserialize, Deserializer};

pub(crate) use mailbox::Mailbox;

/// The section; paths are relative to the configuration file.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mail {
    /// The addresses to which people write. What stands after a plus in one belongs to it too.
    pub addresses: Vec<String>,
    /// Where mail servers hand messages over (LMTP): an address and a port, or `unix:` and a path.
    #[serde(default, deserialize_with = "words")]
    pub listen: Option<Listen>,
    /// Whether it may listen where other machines can reach it.
    #[serde(default)]
    pub listen_anywhere: bool,
    /// By which name the mail server of the institution signs what it found about a sender (RFC 8601).
    pub authserv_id: Option<String>,
    /// The largest message, in megabytes.
    #[serde(default = "fifty")]
    pub largest_mb: u32,
    /// The mailboxes that are read.
    #[serde(default)]
    pub mailbox: Vec<Mailbox>,
}

fn fifty() -> u32 {
    50
}

/// A value with a form of its own.
pub(super) fn words<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err = String>,
{
    let text = String::deserialize(deserializer)?;
    text.parse().map(Some).map_err(serde::de::Error::custom)
}

impl Mail {
    /// Every path of the section.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let socket = self.listen.as_mut().and_then(|listen| match listen {
            Listen::Socket(path) => Some(path),
            Listen::Port(_) => None,
        });
        let mailboxes = self.mailbox.iter_mut().flat_map(Mailbox::paths);
        socket.into_iter().chain(mailboxes)
    }

    /// What can be read but not used: key and reason.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut check = |key: &str, fault: Result<(), String>| {
            faults.extend(fault.err().map(|why| (format!("mail.{key}"), why)));
        };
        if self.addresses.is_empty() {
            check("addresses", Err("it names no address to which people write".to_owned()));
        }
        for address in &self.addresses {
            check("addresses", super::is_address(address));
        }
        if self.largest_mb == 0 {
            check("largest_mb", Err("it is at least 1".to_owned()));
        }
        for (index, mailbox) in self.mailbox.iter().enumerate() {
            let called = |other: &Mailbox| other.name == mailbox.name || mailbox.name == LISTENER;
            if self.mailbox[..index].iter().any(called) || mailbox.name == LISTENER {
                let why = format!("\"{}\" is the name of another way in", mailbox.name);
                check("mailbox.name", Err(why));
            }
            mailbox.check(|key, fault| check(&format!("mailbox.{key}"), fault));
        }
        faults
    }

    /// The largest message, in bytes.
    pub(crate) fn size_limit(&self) -> u64 {
        u64::from(self.largest_mb) * 1_000_000
    }

    /// The door for mail servers, if there is one.
    pub(crate) fn door(&self) -> Option<LmtpSettings> {
        let listen = self.listen.clone()?;
        let usual = LmtpSettings::usual(listen, Addresses::new(&self.addresses), self.size_limit());
        Some(LmtpSettings {
            reach: match self.listen_anywhere {
                true => Reach::Others,
                false => Reach::ThisMachine,
            },
            mailbox: LISTENER.to_owned(),
            ..usual
        })
    }
}

/// What the door for mail servers is called in the record of what came in.
const LISTENER: &str = "lmtp";

/// As much of the configuration as the pipe command needs, which is run for each message: nothing else of it is judged.
#[derive(Debug, Deserialize)]
pub(crate) struct DoorOnly {
    mail: Option<ListenOnly>,
}

#[derive(Debug, Deserialize)]
struct ListenOnly {
    #[serde(default, deserialize_with = "words")]
    listen: Option<Listen>,
}

impl DoorOnly {
    /// Where the product listens, by this configuration file.
    ///
    /// # Errors
    /// When the file cannot be read, or names no door.
    pub(crate) fn read(file: &std::path::Path) -> Result<Listen, String> {
        let called = file.display();
        let text = std::fs::read_to_string(file).map_err(|error| format!("{called} cannot be read: {error}"))?;
        let only: DoorOnly = toml::from_str(&text).map_err(|error| format!("{called}: {error}"))?;
        match only.mail.and_then(|mail| mail.listen) {
            None => Err(format!(
                "{called} says nowhere where messages are handed over: mail.listen"
            )),
            Some(Listen::Socket(path)) => {
                let folder = file.parent().unwrap_or_else(|| std::path::Path::new(""));
                Ok(Listen::Socket(folder.join(path)))
            }
            Some(port) => Ok(port),
        }
    }
}
