//! Messages that once went wrong, or that are hard: each is read, both passes agree, and nothing grows.

use std::fs;
use std::path::Path;

use crate::properties::check;

fn seeds(kind: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds").join(kind);
    let entries = fs::read_dir(&folder).expect("the seeds are there");
    let all: Vec<Vec<u8>> = entries
        .map(|entry| fs::read(entry.expect("a seed").path()).expect("a seed can be read"))
        .collect();
    assert!(!all.is_empty(), "no seeds in {}", folder.display());
    all
}

#[test]
fn every_seed_is_read() {
    seeds("read").iter().for_each(|bytes| check(bytes));
}

#[test]
fn every_seed_of_a_reply_gives_words_of_its_own() {
    for seed in seeds("reply") {
        let text = String::from_utf8_lossy(&seed);
        assert!(mail::reply::new_words(&text).len() <= text.len());
    }
}

#[test]
fn every_seed_of_an_address_is_one_or_none() {
    for seed in seeds("address") {
        let found = mail::addresses(&String::from_utf8_lossy(&seed));
        assert!(found.iter().all(|one| one.address.contains('@')));
    }
}
