//! Finding people by what somebody typed: a name or part of one, an e-mail address, a username.

use super::{Directory, DirectoryPerson};

/// Those whom the words may mean, by name: whoever is known as exactly that first, otherwise everybody whose name has every word as the beginning of
/// one of its own. Several may have one name; all of them are answered.
///
/// ```
/// use rules::directory::{Directory, DirectoryPerson, find::find};
/// let person = |key: &str, name: &str| DirectoryPerson { key: key.into(), name: name.into(), ..Default::default() };
/// let directory = Directory::new(vec![person("1", "Ada Green"), person("2", "Adam Greenwood"), person("3", "Bea Boss")]);
/// let names = |typed| find(&directory, typed).iter().map(|person| &*person.name).collect::<Vec<_>>();
/// assert_eq!(names("green ada"), ["Ada Green", "Adam Greenwood"]);
/// assert!(names(" ").is_empty());
/// ```
pub fn find<'a>(directory: &'a Directory, typed: &str) -> Vec<&'a DirectoryPerson> {
    let mut found = directory.known_as(typed);
    if found.is_empty() {
        let words = words(typed);
        if words.is_empty() {
            return found;
        }
        let means = |person: &&DirectoryPerson| {
            let own = self::words(&person.name);
            words.iter().all(|word| own.iter().any(|own| own.starts_with(word)))
        };
        found = directory.people().iter().filter(means).collect();
    }
    found.sort_by(|a, b| (&a.name, &a.key).cmp(&(&b.name, &b.key)));
    found
}

/// Those whom somebody wrote down, in their order, by key: "Ada Green and t.tech@example.ac.uk". Each by whole name, e-mail address or username; `None` for a
/// description, for whoever is not there, and where two could be meant.
///
/// ```
/// use rules::directory::{Directory, DirectoryPerson, find::meant};
/// let person = |key: &str, name: &str| DirectoryPerson { key: key.into(), name: name.into(), ..Default::default() };
/// let directory = Directory::new(vec![person("1", "Ada Green"), person("2", "Bea Boss"), person("3", "Bea Boss")]);
/// assert_eq!(meant(&directory, "ada green"), [Some("1".to_owned())]);
/// assert_eq!(meant(&directory, "Ada Green and Bea Boss"), [Some("1".to_owned()), None], "two have that name");
/// assert_eq!(meant(&directory, "the man at the desk, Ada"), [None, None]);
/// ```
pub fn meant(directory: &Directory, written: &str) -> Vec<Option<String>> {
    let parts = written.split([',', ';', '\n']).flat_map(|part| part.split(" and "));
    let parts = parts.map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| one(directory, part)).collect()
}

fn one(directory: &Directory, written: &str) -> Option<String> {
    let mut found = directory.known_as(written);
    if found.is_empty() {
        let named = sorted(written);
        // One word could be a first name of many, of whom the directory happens to hold one.
        let is_named = |person: &&DirectoryPerson| named.len() > 1 && sorted(&person.name) == named;
        found = directory.people().iter().filter(is_named).collect();
    }
    match found.as_slice() {
        [person] => Some(person.key.clone()),
        _ => None,
    }
}

fn sorted(text: &str) -> Vec<String> {
    let mut words = words(text);
    words.sort();
    words
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
