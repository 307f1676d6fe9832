//! `[directory.ldap]`: which server is asked, how, and by which names its attributes go.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use directory::{Attributes, Encryption, Flag, LdapSettings, Limits, StartTls};
use serde::Deserialize;
use storage::certificates;

use super::Fault;
use crate::config::named;

/// The section.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Ldap {
    /// Its addresses, tried in their order.
    pub urls: Vec<String>,
    /// Which product it is: what its attributes are called.
    #[serde(default)]
    pub kind: Product,
    /// Whether `ldap://` begins with StartTLS.
    #[serde(default = "yes")]
    pub start_tls: bool,
    /// A PEM file with certificates that are trusted beside those of the machine.
    pub roots: Option<PathBuf>,
    /// The name to sign in with.
    pub bind_dn: Option<String>,
    /// The file that holds its password.
    pub password_file: Option<PathBuf>,
    /// Where the people lie.
    pub base: String,
    /// Which entries are people.
    pub filter: Option<String>,
    /// What attributes are called, where that is not as the product has it.
    #[serde(default)]
    pub attributes: Names,
    /// How many entries are asked for at a time.
    #[serde(default = "a_page")]
    pub page: u16,
    /// How long a connection and each answer may take.
    #[serde(default = "an_answer")]
    pub answer_seconds: u32,
    /// How long the whole reading may take.
    #[serde(default = "the_whole")]
    pub whole_minutes: u32,
    /// How many people are taken at most.
    #[serde(default = "the_most")]
    pub most_people: u32,
}

/// A product, by what its attributes are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Product {
    /// OpenLDAP and others with inetOrgPerson.
    #[default]
    OpenLdap,
    /// Active Directory.
    ActiveDirectory,
}

/// `[directory.ldap.attributes]`: names of attributes; an empty one is not asked for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Names {
    key: Option<String>,
    name: Option<String>,
    given: Option<String>,
    family: Option<String>,
    username: Option<String>,
    email: Option<String>,
    unit: Option<String>,
    manager: Option<String>,
    groups: Option<String>,
    closed: Option<Says>,
    absent: Option<Says>,
}

/// An attribute with the values by which it says something of a person.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Says {
    attribute: String,
    #[serde(default)]
    values: Vec<String>,
}

fn yes() -> bool {
    true
}

fn a_page() -> u16 {
    Limits::default().page
}

fn an_answer() -> u32 {
    20
}

fn the_whole() -> u32 {
    10
}

fn the_most() -> u32 {
    200_000
}

impl Ldap {
    fn start_tls(&self) -> StartTls {
        match self.start_tls {
            true => StartTls::Demanded,
            false => StartTls::Off,
        }
    }

    /// What can be read but not used: key and reason.
    pub(super) fn check(&self, mut check: impl FnMut(&str, Result<(), String>)) {
        if self.urls.is_empty() {
            check("urls", Err("name one server at least".to_owned()));
        }
        for url in &self.urls {
            check("urls", is_server(url, self.start_tls()));
        }
        if self.bind_dn.is_some() != self.password_file.is_some() {
            check(
                "bind_dn",
                Err("it goes with password_file: give both, or neither".to_owned()),
            );
        }
        if self.base.trim().is_empty() {
            check(
                "base",
                Err("say where the people lie, like ou=people,dc=example,dc=ac,dc=uk".to_owned()),
            );
        }
        if [
            u32::from(self.page),
            self.answer_seconds,
            self.whole_minutes,
            self.most_people,
        ]
        .contains(&0)
        {
            let why = "page, answer_seconds, whole_minutes and most_people are 1 at least";
            check("page", Err(why.to_owned()));
        }
    }

    /// How the server is asked. Reads the files that are named.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub(super) fn settings(&self) -> Result<LdapSettings, Fault> {
        let client = |roots: Option<&Path>| {
            let named = |why| {
                format!(
                    "{} cannot be used: {why}",
                    roots.map_or_else(String::new, |file| file.display().to_string())
                )
            };
            certificates::client(roots).map_err(named)
        };
        let password = self.password_file.as_deref().map(named::secret).transpose()?;
        let usual = match self.kind {
            Product::OpenLdap => "(objectClass=inetOrgPerson)",
            Product::ActiveDirectory => "(&(objectCategory=person)(objectClass=user))",
        };
        Ok(LdapSettings {
            urls: self.urls.clone(),
            encryption: Encryption {
                client: Arc::new(client(self.roots.as_deref())?),
                start_tls: self.start_tls(),
                explain: certificates::refusal,
            },
            account: self.bind_dn.clone().zip(password),
            base: self.base.clone(),
            filter: self.filter.clone().unwrap_or_else(|| usual.to_owned()),
            attributes: self.attributes.over(match self.kind {
                Product::OpenLdap => Attributes::of_open_ldap(),
                Product::ActiveDirectory => Attributes::of_active_directory(),
            }),
            limits: Limits {
                page: self.page,
                answer: Duration::from_secs(u64::from(self.answer_seconds)),
                whole: Duration::from_secs(60 * u64::from(self.whole_minutes)),
                people: self.most_people as usize,
            },
        })
    }
}

impl Names {
    /// These, and the usual ones where none is given.
    fn over(&self, usual: Attributes) -> Attributes {
        let one = |given: &Option<String>, usual: String| given.clone().unwrap_or(usual);
        let several = |given: &Option<String>, usual: Vec<String>| given.clone().map_or(usual, |name| vec![name]);
        let flag = |given: &Option<Says>, usual: Option<Flag>| match given {
            Some(Says { attribute, .. }) if attribute.is_empty() => None,
            Some(Says { attribute, values }) => Some(Flag {
                attribute: attribute.clone(),
                values: values.clone(),
            }),
            None => usual,
        };
        Attributes {
            key: one(&self.key, usual.key),
            name: one(&self.name, usual.name),
            given: one(&self.given, usual.given),
            family: one(&self.family, usual.family),
            usernames: several(&self.username, usual.usernames),
            emails: several(&self.email, usual.emails),
            unit: one(&self.unit, usual.unit),
            manager: one(&self.manager, usual.manager),
            groups: one(&self.groups, usual.groups),
            closed: flag(&self.closed, usual.closed),
            absent: flag(&self.absent, usual.absent),
        }
    }
}

/// An address of a server; one over which names and passwords would go in the clear only on this machine.
fn is_server(url: &str, start_tls: StartTls) -> Result<(), String> {
    let (is_encrypted, rest) = match (url.strip_prefix("ldaps://"), url.strip_prefix("ldap://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (start_tls == StartTls::Demanded, rest),
        (None, None) => return Err(format!("\"{url}\" begins with neither ldaps:// nor ldap://")),
    };
    let host = rest.trim_end_matches('/');
    let (name, port) = host
        .rsplit_once(':')
        .filter(|(_, port)| !port.ends_with(']'))
        .unwrap_or((host, "636"));
    if name.is_empty() || host.contains(['/', '@', '?', ' ']) || port.parse::<u16>().is_err() {
        return Err(format!(
            "\"{url}\" is no address of a server, like ldaps://ldap.example.ac.uk or ldap://127.0.0.1:1389"
        ));
    }
    let is_here = ["localhost", "127.0.0.1", "[::1]"].contains(&name);
    match is_encrypted || is_here {
        true => Ok(()),
        false => Err(format!(
            "{url} would say names and the password in the clear: write ldaps://, or leave start_tls at true"
        )),
    }
}
