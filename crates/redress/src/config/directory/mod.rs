//! `[directory]`: where people and their line managers are read, how often, and who is asked at the top of the line.

mod ldap;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::Arc;

use casework::directory::{DirectoryParts, Source};
use directory::{CsvFile, LdapServer};
use jiff::SignedDuration;
use rules::directory::Nominated;
use rules::directory::when::Pace;
use serde::Deserialize;

use self::ldap::Ldap;
use super::is_address;

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

fn six() -> u32 {
    6
}

fn two_days() -> u32 {
    48
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
