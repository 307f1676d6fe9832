//! Finding people by what somebody typed.

use rules::directory::{Directory, DirectoryPerson, find::find};

use super::support::person;

fn named(key: &str, name: &str) -> DirectoryPerson {
    DirectoryPerson {
        name: name.to_owned(),
        ..person(key, &[])
    }
}

#[test]
fn two_people_with_one_name_are_both_found() {
    let directory = Directory::new(vec![
        named("1", "Ada Green"),
        named("2", "Ada Green"),
        named("3", "Ada Greenwood"),
    ]);
    let keys = |typed: &str| {
        let found = find(&directory, typed);
        found.into_iter().map(|person| person.key.clone()).collect::<Vec<_>>()
    };
    assert_eq!(keys("ada GREEN"), ["1", "2", "3"]);
    assert_eq!(keys("2@office.example"), ["2"]);
    assert_eq!(keys("U-3"), ["3"]);
    assert_eq!(keys("reen"), [""; 0]);
}

#[test]
fn names_of_every_alphabet_are_found() {
    let directory = Directory::new(vec![named("1", "Zoë O’Ñeill-Łukasz"), named("2", "王 小明")]);
    for (typed, key) in [("zoë", "1"), ("ŁUKASZ", "1"), ("ñeill o", "1"), ("王", "2")] {
        let found = find(&directory, typed);
        assert_eq!(found.first().map(|person| &*person.key), Some(key), "{typed}");
    }
}

#[test]
fn of_two_with_one_key_one_is_kept() {
    let directory = Directory::new(vec![named("1", "B"), named("1", "A")]);
    assert_eq!(directory.people().len(), 1);
    assert_eq!(directory.person("1").map(|person| &*person.name), Some("A"));
    assert_eq!(directory.person("2"), None);
}
