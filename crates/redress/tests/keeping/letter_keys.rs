//! Keys of line managers by command: looked at, used with the fingerprint that the owner read out and with no other, listed, taken away.

use std::fs;

use crate::demonstration::{Demonstration, run, stop};

/// The public key of "Grace Obi <grace.obi@example.ac.uk>".
const GRACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../testkit/src/gpg/grace.asc");
const MAILBOX: &str = "grace.obi@example.ac.uk";

#[test]
fn a_key_is_used_with_the_fingerprint_that_its_owner_read_out_and_with_no_other() {
    let demo = Demonstration::new("letter-keys");
    let server = demo.serve();
    let config = demo.configuration("keys.toml", &[], "");
    let key = |words: &[&str]| run(&config, &[&["directory", "key"], words].concat());
    let add = |file: &str, more: &[&str]| key(&[&["add", file, "--email", MAILBOX], more].concat());
    let (said, code) = add(GRACE, &[]);
    assert!(code == 1 && said.contains("Nothing was kept"), "{said}");
    let fingerprint = said
        .lines()
        .nth(1)
        .map(str::trim)
        .filter(|line| line.len() == 49)
        .unwrap_or_else(|| panic!("a fingerprint in groups: {said}"))
        .to_owned();
    let (said, _) = key(&["list"]);
    assert!(said.contains("No key is known"), "{said}");
    let (said, code) = add(
        GRACE,
        &["--fingerprint", &fingerprint.replace('0', "1").replacen('5', "6", 1)],
    );
    assert!(
        code != 0 && said.contains("it is another key, or was mistyped"),
        "{said}"
    );
    let secret = demo.folder.join("secret.asc");
    let text = fs::read_to_string(GRACE).unwrap().replace("PUBLIC KEY", "PRIVATE KEY");
    fs::write(&secret, text).unwrap();
    let (said, code) = add(&secret.display().to_string(), &["--fingerprint", &fingerprint]);
    assert!(code != 0 && said.contains("This is a secret key"), "{said}");
    let (said, code) = add("/nowhere/at/all", &[]);
    assert!(code != 0 && said.contains("/nowhere/at/all"), "{said}");
    let spoken = fingerprint.to_lowercase().replace(' ', "");
    let (said, code) = add(GRACE, &["--fingerprint", &spoken]);
    assert!(code == 0 && said.contains("encrypted to it from now on"), "{said}");
    let (said, _) = key(&["list"]);
    assert!(said.contains(MAILBOX) && said.contains(&fingerprint), "{said}");
    let (said, code) = key(&["remove", MAILBOX]);
    assert!(code == 0 && said.contains("taken away"), "{said}");
    let (said, code) = key(&["remove", MAILBOX]);
    assert!(code != 0 && said.contains("No key is known"), "{said}");
    stop(server);
}
