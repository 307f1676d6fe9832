//! The key files: made once, read by their owner only, refused in words when they are not what they must be.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use std::fs;
use std::path::PathBuf;

use storage::{Keys, StorageError};

fn folder() -> PathBuf {
    let name: u128 = u128::from_le_bytes(Keys::random().unwrap());
    std::env::temp_dir().join(format!("redress-keys-{name:032x}"))
}

fn refusal(folder: &std::path::Path) -> String {
    match Keys::load(folder) {
        Err(error @ StorageError::KeyFile { .. }) => error.to_string(),
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was taken"),
    }
}

#[test]
fn made_keys_are_loaded_again_and_never_overwritten() {
    let folder = folder();
    let made = Keys::create(&folder).unwrap();
    let loaded = Keys::load(&folder).unwrap();
    assert_eq!(made.verifier_key(), loaded.verifier_key());
    assert_ne!(made.verifier_key(), Keys::for_tests().verifier_key());
    assert!(made.verifier_key().to_string().starts_with("redress.audit/"));
    let Err(again) = Keys::create(&folder) else {
        panic!("it was overwritten")
    };
    assert!(again.to_string().contains("already there"), "{again}");
    fs::remove_dir_all(folder).unwrap();
}

#[cfg(unix)]
#[test]
fn key_files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder();
    Keys::create(&folder).unwrap();
    for name in ["master.key", "audit.key", "sealed.key"] {
        let path = folder.join(name);
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        let refusal = refusal(&folder);
        assert!(refusal.contains(name) && refusal.contains("chmod 600"), "{refusal}");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
        Keys::load(&folder).unwrap();
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn what_is_no_key_is_refused_in_words() {
    let folder = folder();
    assert!(refusal(&folder).contains("it is not there"));
    Keys::create(&folder).unwrap();
    let path = folder.join("audit.key");
    for (text, words) in [
        ("# only a comment\n", "one line of base64"),
        ("AAAA\nAAAA\n", "one line of base64"),
        ("not base64!\n", "not base64"),
        ("AAAA\n", "32 bytes, but this has 3"),
    ] {
        fs::write(&path, text).unwrap();
        let refusal = refusal(&folder);
        assert!(refusal.contains(words), "{text:?}: {refusal}");
    }
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn an_installation_without_the_key_of_sealed_cases_gets_one_once() {
    let folder = folder();
    Keys::create(&folder).unwrap();
    let path = folder.join("sealed.key");
    let first = fs::read(&path).unwrap();
    assert!(Keys::load(&folder).unwrap().can_seal());
    fs::remove_file(&path).unwrap();
    assert!(
        !Keys::load(&folder).unwrap().can_seal(),
        "everything else works without it"
    );
    Keys::create_sealed(&folder).unwrap();
    assert!(Keys::load(&folder).unwrap().can_seal());
    assert_ne!(fs::read(&path).unwrap(), first);
    assert!(Keys::create_sealed(&folder).is_err(), "nothing is written over one");
    fs::write(&path, "not a key").unwrap();
    assert!(
        Keys::load(&folder).is_err(),
        "a key that is none is said, not passed over"
    );
}
