//! People to ask about.

use std::collections::BTreeMap;

use rules::directory::{Asked, Chosen, Directory, DirectoryPerson, Found, Nominated, Unavailable, line_manager};

/// Somebody with an address, under these managers.
pub(crate) fn person(key: &str, managers: &[&str]) -> DirectoryPerson {
    DirectoryPerson {
        key: key.to_owned(),
        name: key.to_owned(),
        usernames: vec![format!("u-{key}")],
        emails: vec![format!("{key}@office.example")],
        managers: managers.iter().map(|key| (*key).to_owned()).collect(),
        ..DirectoryPerson::default()
    }
}

/// bea above ada above tom and tim; nell stands alone.
pub(crate) fn office() -> Vec<DirectoryPerson> {
    vec![
        person("bea", &[]),
        person("ada", &["bea"]),
        person("tom", &["ada"]),
        person("tim", &["ada"]),
        person("nell", &[]),
    ]
}

/// The person outside.
pub(crate) fn nora() -> Nominated {
    Nominated {
        name: "Nora".to_owned(),
        email: "nora@outside.example".to_owned(),
    }
}

/// Asks about these, with nora outside.
pub(crate) fn ask(people: Vec<DirectoryPerson>, about: &[&str], unavailable: &[(&str, Unavailable)]) -> Found {
    let about: Vec<String> = about.iter().map(|key| (*key).to_owned()).collect();
    let unavailable: BTreeMap<String, Unavailable> =
        unavailable.iter().map(|(key, why)| ((*key).to_owned(), *why)).collect();
    let asked = Asked {
        about: &about,
        unavailable: &unavailable,
        nominated: Some(&nora()),
    };
    line_manager(&Directory::new(people), &asked)
}

/// Who is asked, by name; "-" where a person has to choose.
pub(crate) fn who(found: &Found) -> &str {
    match &found.who {
        Chosen::Person { name, .. } => name,
        Chosen::Nominated(nominated) => &nominated.name,
        Chosen::Nobody => "-",
    }
}
