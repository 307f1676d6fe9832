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

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
