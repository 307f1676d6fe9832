//! From an entry of the server to the values of a person.

use std::collections::HashMap;

use ldap3::SearchEntry;
use rules::directory::Away;

use super::name::plain;
use super::settings::{Attributes, Flag};
use crate::person::Values;

/// The bit of `userAccountControl` that closes an account.
const CLOSED_BIT: i64 = 2;

/// The entry with its attributes by their names in small letters: servers answer with letters of their own.
pub(super) struct Entry {
    dn: String,
    texts: HashMap<String, Vec<String>>,
    bytes: HashMap<String, Vec<Vec<u8>>>,
}

impl Entry {
    pub(super) fn of(entry: SearchEntry) -> Entry {
        Entry {
            dn: entry.dn,
            texts: entry
                .attrs
                .into_iter()
                .map(|(name, all)| (name.to_lowercase(), all))
                .collect(),
            bytes: entry
                .bin_attrs
                .into_iter()
                .map(|(name, all)| (name.to_lowercase(), all))
                .collect(),
        }
    }

    /// Its name in plain form, by which others name it as their manager.
    pub(super) fn plain_name(&self) -> String {
        plain(&self.dn)
    }

    /// The values of a person. Managers are still names of entries.
    pub(super) fn values(&self, attributes: &Attributes) -> Values {
        let name = self.first(&attributes.name).or_else(|| self.first("cn"));
        Values {
            key: self.key(&attributes.key),
            name: name.unwrap_or_default(),
            given: self.first(&attributes.given).unwrap_or_default(),
            family: self.first(&attributes.family).unwrap_or_default(),
            usernames: self.several(&attributes.usernames),
            emails: self
                .several(&attributes.emails)
                .iter()
                .filter_map(|email| address(email))
                .collect(),
            unit: self.first(&attributes.unit).unwrap_or_default(),
            managers: self
                .all(&attributes.manager)
                .iter()
                .map(|manager| plain(manager))
                .collect(),
            groups: self.all(&attributes.groups).to_vec(),
            away: self.away(attributes),
        }
    }

    /// What it is known by: a text, or bytes in digits; an identifier of bytes may be a text by chance, and is bytes all the same. Where the server
    /// gives none, its name.
    fn key(&self, attribute: &str) -> String {
        let attribute = attribute.to_lowercase();
        let digits = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let bytes = self
            .bytes
            .get(&attribute)
            .and_then(|all| all.first())
            .map(|bytes| digits(bytes));
        let text = || self.texts.get(&attribute).and_then(|all| all.first()).cloned();
        let text = || {
            text().map(|text| {
                if attribute == "objectguid" {
                    digits(text.as_bytes())
                } else {
                    text.to_lowercase()
                }
            })
        };
        bytes
            .or_else(text)
            .filter(|key| !key.is_empty())
            .unwrap_or_else(|| self.plain_name())
    }

    fn all(&self, attribute: &str) -> &[String] {
        self.texts.get(&attribute.to_lowercase()).map_or(&[], Vec::as_slice)
    }

    fn first(&self, attribute: &str) -> Option<String> {
        self.all(attribute)
            .iter()
            .find(|value| !value.trim().is_empty())
            .cloned()
    }

    fn several(&self, attributes: &[String]) -> Vec<String> {
        attributes
            .iter()
            .flat_map(|attribute| self.all(attribute))
            .cloned()
            .collect()
    }

    fn away(&self, attributes: &Attributes) -> Option<Away> {
        let holds = |flag: &Option<Flag>| flag.as_ref().is_some_and(|flag| self.holds(flag));
        match (holds(&attributes.closed), holds(&attributes.absent)) {
            (true, _) => Some(Away::Closed),
            (false, true) => Some(Away::Absent),
            (false, false) => None,
        }
    }

    fn holds(&self, flag: &Flag) -> bool {
        self.all(&flag.attribute).iter().any(|value| {
            let value = value.trim().to_lowercase();
            if flag.attribute.eq_ignore_ascii_case("userAccountControl") {
                return value.parse::<i64>().is_ok_and(|bits| bits & CLOSED_BIT != 0);
            }
            match flag.values.as_slice() {
                [] => !["", "false", "no", "0"].contains(&&*value),
                values => values.iter().any(|wanted| wanted.to_lowercase() == value),
            }
        })
    }
}

/// An address without what Active Directory writes before it; nothing for addresses of other kinds.
fn address(written: &str) -> Option<String> {
    match written.split_once(':') {
        Some((kind, address)) if kind.eq_ignore_ascii_case("smtp") => Some(address.to_owned()),
        Some(_) => None,
        None => Some(written.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(texts: &[(&str, &[&str])], bytes: &[(&str, &[u8])]) -> Entry {
        Entry::of(SearchEntry {
            dn: "CN=Ada Green,OU=Staff,DC=office".to_owned(),
            attrs: texts
                .iter()
                .map(|(name, all)| {
                    (
                        (*name).to_owned(),
                        all.iter().map(|value| (*value).to_owned()).collect(),
                    )
                })
                .collect(),
            bin_attrs: bytes
                .iter()
                .map(|(name, value)| ((*name).to_owned(), vec![value.to_vec()]))
                .collect(),
        })
    }

    #[test]
    fn an_entry_of_active_directory_is_a_person() {
        let ad = Attributes::of_active_directory();
        let ada = entry(
            &[
                ("displayName", &["Ada Green"]),
                ("samaccountname", &["agreen"]),
                ("userPrincipalName", &["agreen@office.example"]),
                ("mail", &["Ada.Green@office.example"]),
                (
                    "proxyAddresses",
                    &["SMTP:ada.green@office.example", "smtp:ag@office.example", "x500:/o=x"],
                ),
                ("department", &["IT"]),
                ("manager", &["CN=Bea Boss,OU=Staff,DC=office"]),
                ("userAccountControl", &["514"]),
            ],
            &[("objectGUID", &[0xff, 0x00, 0x2a])],
        );
        let values = ada.values(&ad);
        assert_eq!((&*values.key, values.away), ("ff002a", Some(Away::Closed)));
        assert_eq!(
            values.emails,
            [
                "Ada.Green@office.example",
                "ada.green@office.example",
                "ag@office.example"
            ]
        );
        assert_eq!(values.usernames, ["agreen", "agreen@office.example"]);
        let open = entry(&[("userAccountControl", &["512"])], &[]);
        assert_eq!(open.values(&ad).away, None);
        let readable = entry(&[("objectGUID", &["abc"])], &[]);
        assert_eq!(
            readable.values(&ad).key,
            "616263",
            "by chance a text, and the same as its bytes"
        );
    }

    #[test]
    fn an_entry_without_an_identifier_is_known_by_its_name_and_without_a_display_name_by_cn() {
        let values = entry(&[("cn", &["Ada Green"]), ("displayName", &[" "])], &[]).values(&Attributes::of_open_ldap());
        assert_eq!(
            (&*values.name, &*values.key),
            ("Ada Green", &*plain("cn=ada green,ou=staff,dc=office"))
        );
    }

    #[test]
    fn somebody_is_away_by_an_attribute_with_the_values_that_say_so() {
        let flag = |values: &[&str]| Attributes {
            absent: Some(Flag {
                attribute: "employeeType".to_owned(),
                values: values.iter().map(|value| (*value).to_owned()).collect(),
            }),
            ..Attributes::of_open_ldap()
        };
        let is_away = |values: &[&str], says: &str| {
            entry(&[("employeetype", &[says])], &[])
                .values(&flag(values))
                .away
                .is_some()
        };
        assert!(is_away(&["on leave"], "On Leave") && !is_away(&["on leave"], "staff"));
        assert!(is_away(&[], "TRUE") && !is_away(&[], "false") && !is_away(&[], "0"));
    }
}
