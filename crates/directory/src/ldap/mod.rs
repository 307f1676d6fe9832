//! The directory from an LDAP server (RFC 4511): OpenLDAP, Active Directory and others that speak it.

mod entry;
mod fault;
mod name;
mod search;
mod settings;

use std::pin::Pin;
use std::sync::Arc;

use casework::directory::{Reading, Source, Unread};
use tokio::task::JoinSet;

use self::fault::{Elsewhere, Fault};
pub use self::settings::{Attributes, Encryption, Explain, Flag, LdapSettings, Limits, StartTls};

/// A server, or several that hold the same.
#[derive(Debug, Clone)]
pub struct LdapServer {
    settings: Arc<LdapSettings>,
}

impl LdapServer {
    /// A server that is asked so.
    pub fn asked(settings: LdapSettings) -> LdapServer {
        LdapServer {
            settings: Arc::new(settings),
        }
    }

    /// Reads from the first that answers whole.
    async fn read_from_any(&self) -> Result<Reading, Unread> {
        let mut words = Vec::new();
        for url in &self.settings.urls {
            match self.read_from(url).await {
                Ok(reading) => return Ok(reading),
                Err(fault) => {
                    words.push(format!("{url}: {}", fault.words));
                    if fault.elsewhere == Elsewhere::NotAsked {
                        break;
                    }
                }
            }
        }
        Err(Unread(words.join(" ")))
    }

    /// In a task of its own: what a server sends may be no LDAP at all, and then the reader of the protocol panics.
    async fn read_from(&self, url: &str) -> Result<Reading, Fault> {
        let (settings, address) = (self.settings.clone(), url.to_owned());
        // Ends with this value, also when nobody waits for it any more.
        let mut reading = JoinSet::new();
        reading.spawn(async move { search::read(&settings, &address).await });
        match tokio::time::timeout(self.settings.limits.whole, reading.join_next()).await {
            Ok(Some(Ok(read))) => read,
            Ok(_) => Err(Fault::here("It answered what cannot be read.")),
            Err(_) => Err(Fault::here(
                "Reading everybody took longer than it may (whole_minutes).",
            )),
        }
    }
}

impl Source for LdapServer {
    fn place(&self) -> String {
        format!("{} ({})", self.settings.urls.join(", "), self.settings.base)
    }

    fn read(&self) -> Pin<Box<dyn Future<Output = Result<Reading, Unread>> + Send + '_>> {
        Box::pin(self.read_from_any())
    }
}
