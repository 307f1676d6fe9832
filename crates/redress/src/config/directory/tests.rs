//! What the section says, and what is refused of it.

use directory::Attributes;

use super::Directory;

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
