//! How an LDAP server is asked, and by which names its attributes go.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// How a server is asked.
#[derive(Clone)]
pub struct LdapSettings {
    /// Its addresses, tried in their order: "ldaps://ldap.office.example", "ldap://127.0.0.1:389".
    pub urls: Vec<String>,
    /// How the line is protected.
    pub encryption: Encryption,
    /// The name to sign in with and its password; without it nobody is signed in.
    pub account: Option<(String, String)>,
    /// Where the people lie: "ou=people,dc=office,dc=example".
    pub base: String,
    /// Which entries are people.
    pub filter: String,
    /// What the attributes are called.
    pub attributes: Attributes,
    /// How long and how much.
    pub limits: Limits,
}

/// The password is in no log.
impl fmt::Debug for LdapSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LdapSettings")
            .field("urls", &self.urls)
            .field("base", &self.base)
            .finish_non_exhaustive()
    }
}

/// Why a certificate is not taken, in words, if that is what an error is about; the second argument names the setting with trusted authorities.
pub type Explain = fn(&(dyn Error + 'static), &str) -> Option<String>;

/// How lines are encrypted, with the one provider of ciphers of the house.
#[derive(Clone)]
pub struct Encryption {
    /// Whom it trusts.
    pub client: Arc<rustls::ClientConfig>,
    /// Whether `ldap://` begins with StartTLS (RFC 4511, 4.14). Without it nothing on that line is encrypted.
    pub start_tls: StartTls,
    /// What says why a certificate is not taken.
    pub explain: Explain,
}

/// Whether a line that begins in the clear is encrypted before anything is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StartTls {
    /// It is, or nothing is said.
    Demanded,
    /// It is not: for a server on this machine.
    Off,
}

/// The names of the attributes; an empty one is not asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attributes {
    /// What stays the same while a person does: entryUUID (RFC 4530), objectGUID.
    pub key: String,
    /// The whole name. Where an entry lacks it, `cn`.
    pub name: String,
    /// The given name.
    pub given: String,
    /// The family name.
    pub family: String,
    /// What they sign in with, the first that is there first.
    pub usernames: Vec<String>,
    /// Their addresses. "smtp:" before one is left out, as Active Directory writes it in `proxyAddresses`.
    pub emails: Vec<String>,
    /// Department or team.
    pub unit: String,
    /// The line manager, by distinguished name.
    pub manager: String,
    /// The groups that they are in.
    pub groups: String,
    /// By which it is known that an account is closed.
    pub closed: Option<Flag>,
    /// By which it is known that somebody is away.
    pub absent: Option<Flag>,
}

/// An attribute that says something of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flag {
    /// Its name. Of `userAccountControl` the bit 2 is asked, which says that an account is closed.
    pub attribute: String,
    /// The values for which it holds, in whatever letters; where there are none, any but "false", "no" and "0".
    pub values: Vec<String>,
}

impl Attributes {
    /// As inetOrgPerson (RFC 2798) and OpenLDAP have them.
    pub fn of_open_ldap() -> Attributes {
        Attributes {
            key: "entryUUID".to_owned(),
            name: "displayName".to_owned(),
            given: "givenName".to_owned(),
            family: "sn".to_owned(),
            usernames: vec!["uid".to_owned()],
            emails: vec!["mail".to_owned()],
            unit: "departmentNumber".to_owned(),
            manager: "manager".to_owned(),
            groups: "memberOf".to_owned(),
            closed: None,
            absent: None,
        }
    }

    /// As Active Directory has them.
    pub fn of_active_directory() -> Attributes {
        Attributes {
            key: "objectGUID".to_owned(),
            usernames: vec!["sAMAccountName".to_owned(), "userPrincipalName".to_owned()],
            emails: vec!["mail".to_owned(), "proxyAddresses".to_owned()],
            unit: "department".to_owned(),
            closed: Some(Flag {
                attribute: "userAccountControl".to_owned(),
                values: Vec::new(),
            }),
            ..Attributes::of_open_ldap()
        }
    }

    /// Every name that is asked for.
    pub(super) fn all(&self) -> Vec<String> {
        let one = [
            &self.key,
            &self.name,
            &self.given,
            &self.family,
            &self.unit,
            &self.manager,
            &self.groups,
        ];
        let flags = [&self.closed, &self.absent]
            .into_iter()
            .flatten()
            .map(|flag| &flag.attribute);
        let all = one.into_iter().chain(&self.usernames).chain(&self.emails).chain(flags);
        let mut all: Vec<String> = all.filter(|name| !name.is_empty()).cloned().collect();
        all.push("cn".to_owned());
        all.sort();
        all.dedup();
        all
    }
}

/// How long and how much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// How many entries are asked for at a time (RFC 2696).
    pub page: u16,
    /// How long a connection and each answer may take.
    pub answer: Duration,
    /// How long the whole reading may take.
    pub whole: Duration,
    /// How many people are taken at most.
    pub people: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            page: 500,
            answer: Duration::from_secs(20),
            whole: Duration::from_secs(600),
            people: 200_000,
        }
    }
}
