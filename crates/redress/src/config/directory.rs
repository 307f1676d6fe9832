//! `[directory]`: where people and their line managers are read, how often, and who is asked at the top of the line.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use casework::directory::{DirectoryParts, Source};
use directory::{Attributes, CsvFile, Encryption, Flag, LdapServer, LdapSettings, Limits, StartTls};
use jiff::SignedDuration;
use rules::directory::Nominated;
use rules::directory::when::Pace;
use serde::Deserialize;
use storage::certificates;

use super::{is_address, named};

/// The section; paths are relative to the configuration file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Directory {
    /// A file of comma-separated values.
    pub csv: Option<PathBuf>,
    /// A server.
    pub ldap: Option<Ldap>,
    /// How many hours pass between two readings.
    #[serde(default = "six")]
    pub every_hours: u32,
    /// After how many hours without a reading everybody who looks is warned.
    #[serde(default = "two_days")]
    pub old_after_hours: u32,
    /// Who is asked when nobody above somebody can be (A15).
    pub nominated: Option<Outside>,
    /// Groups whose members are VIPs (A11).
    #[serde(default)]
    pub vip_groups: Vec<String>,
    /// Usernames or addresses of those who are away.
    #[serde(default)]
    pub absent: Vec<String>,
}

/// `[directory.nominated]`: somebody outside the department.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Outside {
    /// Their name.
    pub name: String,
    /// Where they are written to.
    pub email: String,
}

/// `[directory.ldap]`: which server, and how it is asked.
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

fn six() -> u32 {
    6
}

fn two_days() -> u32 {
    48
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

type Fault = Box<dyn std::error::Error>;

impl Directory {
    /// Every path of the section.
    pub(super) fn paths(&mut self) -> impl Iterator<Item = &mut PathBuf> {
        let ldap = self.ldap.iter_mut();
        let of_ldap = ldap
            .flat_map(|ldap| [&mut ldap.roots, &mut ldap.password_file])
            .filter_map(Option::as_mut);
        self.csv.iter_mut().chain(of_ldap)
    }

    /// What can be read but not used: key and reason.
    pub(super) fn faults(&self) -> Vec<(String, String)> {
        let mut faults = Vec::new();
        let mut check = |key: &str, fault: Result<(), String>| {
            faults.extend(fault.err().map(|why| (format!("directory{key}"), why)));
        };
        if self.csv.is_some() == self.ldap.is_some() {
            check(
                "",
                Err("it needs a csv file or a section [directory.ldap], and not both".to_owned()),
            );
        }
        if self.every_hours == 0 || self.old_after_hours < self.every_hours {
            let why = "every_hours is at least 1, and old_after_hours no less than that";
            check("", Err(why.to_owned()));
        }
        if let Some(nominated) = &self.nominated {
            check(".nominated.email", is_address(&nominated.email));
        }
        if let Some(ldap) = &self.ldap {
            ldap.check(|key, fault| check(&format!(".ldap.{key}"), fault));
        }
        faults
    }

    /// What the office needs to keep it. Reads the files that it names.
    ///
    /// # Errors
    /// When one of them cannot be used.
    pub(crate) fn parts(&self) -> Result<DirectoryParts, Fault> {
        let source: Arc<dyn Source> = match (&self.ldap, &self.csv) {
            (Some(ldap), _) => Arc::new(LdapServer::asked(ldap.settings()?)),
            (None, csv) => Arc::new(CsvFile::at(csv.clone().unwrap_or_default())),
        };
        let hours = |hours: u32| SignedDuration::from_hours(i64::from(hours));
        Ok(DirectoryParts {
            source,
            pace: Pace {
                every: hours(self.every_hours),
                old_after: hours(self.old_after_hours),
            },
            nominated: self
                .nominated
                .clone()
                .map(|Outside { name, email }| Nominated { name, email }),
            vip_groups: self.vip_groups.clone(),
            absent: self.absent.clone(),
        })
    }
}

impl Ldap {
    fn check(&self, mut check: impl FnMut(&str, Result<(), String>)) {
        if self.urls.is_empty() {
            check("urls", Err("name one server at least".to_owned()));
        }
        for url in &self.urls {
            check("urls", is_server(url, self.start_tls));
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

    fn settings(&self) -> Result<LdapSettings, Fault> {
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
                start_tls: if self.start_tls {
                    StartTls::Demanded
                } else {
                    StartTls::Off
                },
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
fn is_server(url: &str, start_tls: bool) -> Result<(), String> {
    let (is_encrypted, rest) = match (url.strip_prefix("ldaps://"), url.strip_prefix("ldap://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (start_tls, rest),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn section(text: &str) -> Directory {
        toml::from_str(text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn faults(text: &str) -> String {
        let faults = section(text).faults();
        faults.into_iter().map(|(key, why)| format!("{key}: {why}\n")).collect()
    }

    const SERVER: &str = "[ldap]\nurls = [\"ldaps://ldap.office.example\"]\nbase = \"dc=office\"";

    #[test]
    fn a_file_or_a_server_and_not_both() {
        assert_eq!(faults("csv = \"people.csv\""), "");
        assert_eq!(faults(SERVER), "");
        for text in ["", &format!("csv = \"people.csv\"\n{SERVER}")] {
            assert!(
                faults(text).starts_with("directory: it needs a csv file or a section"),
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_used_is_refused_with_its_key() {
        for (text, says) in [
            ("csv = \"a\"\nevery_hours = 0", "every_hours is at least 1"),
            ("csv = \"a\"\nevery_hours = 9\nold_after_hours = 8", "no less than that"),
            (
                "csv = \"a\"\n[nominated]\nname = \"N\"\nemail = \"N\"",
                "directory.nominated.email: ",
            ),
            ("[ldap]\nurls = []\nbase = \"dc=a\"", "directory.ldap.urls: name one"),
            (
                "[ldap]\nurls = [\"http://a\"]\nbase = \"dc=a\"",
                "neither ldaps:// nor ldap://",
            ),
            (
                "[ldap]\nurls = [\"ldaps://a/dc=b\"]\nbase = \"dc=a\"",
                "no address of a server",
            ),
            (
                "[ldap]\nurls = [\"ldaps://\"]\nbase = \"dc=a\"",
                "no address of a server",
            ),
            (
                "[ldap]\nurls = [\"ldap://a:389\"]\nstart_tls = false\nbase = \"dc=a\"",
                "in the clear",
            ),
            ("[ldap]\nurls = [\"ldaps://a\"]\nbase = \" \"", "directory.ldap.base: "),
            (
                "[ldap]\nurls = [\"ldaps://a\"]\nbase = \"dc=a\"\nbind_dn = \"cn=a\"",
                "goes with password_file",
            ),
            (
                "[ldap]\nurls = [\"ldaps://a\"]\nbase = \"dc=a\"\npage = 0",
                "are 1 at least",
            ),
        ] {
            let faults = faults(text);
            assert!(faults.contains(says), "{faults:?} does not say {says:?}");
        }
        for url in ["ldap://127.0.0.1:1389", "ldap://localhost", "ldap://[::1]:389"] {
            let text = format!("[ldap]\nurls = [\"{url}\"]\nstart_tls = false\nbase = \"dc=a\"");
            assert_eq!(faults(&text), "", "{url}");
        }
    }

    #[test]
    fn attributes_are_those_of_the_product_where_none_is_named() {
        let ldap = |more: &str| {
            section(&format!("{SERVER}\n{more}"))
                .ldap
                .expect("a server")
                .settings()
                .expect("settings")
        };
        let (open, active) = (ldap(""), ldap("kind = \"active_directory\""));
        assert_eq!(
            (open.attributes, &*open.filter),
            (Attributes::of_open_ldap(), "(objectClass=inetOrgPerson)")
        );
        assert_eq!(active.attributes, Attributes::of_active_directory());
        let own = ldap(
            "filter = \"(employeeType=staff)\"\n[ldap.attributes]\nunit = \"ou\"\nusername = \"mailNickname\"\n\
             absent = { attribute = \"employeeStatus\", values = [\"leave\"] }\ngiven = \"\"",
        );
        assert_eq!(
            (&*own.attributes.unit, &*own.attributes.given, &*own.filter),
            ("ou", "", "(employeeType=staff)")
        );
        assert_eq!(own.attributes.usernames, ["mailNickname"]);
        assert_eq!(
            own.attributes.absent.map(|flag| flag.values),
            Some(vec!["leave".to_owned()])
        );
    }
}
