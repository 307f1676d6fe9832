//! Messages that once went wrong, or that are hard: each is read, both passes agree, and nothing grows.

use std::fs;
use std::path::Path;

use crate::properties::check;

#[test]
fn every_seed_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/seeds/read");
    let mut count = 0;
    for entry in fs::read_dir(&folder).expect("the seeds are there") {
        let path = entry.expect("a seed").path();
        let bytes = fs::read(&path).expect("a seed can be read");
        check(&bytes);
        count += 1;
    }
    assert!(count >= 10, "only {count} seeds");
}
