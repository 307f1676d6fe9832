//! Checkpoints: their exact text, strict reading, and that only the log itself can sign one.

use rules::audit::{Checkpoint, CheckpointError, HashError, SignedCheckpoint, UntrustedNote, empty_root};

use crate::support::{Key, ORIGIN, trusting};

const ROOT: &str = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

#[test]
fn the_text_is_origin_size_root_and_extensions() {
    let plain = Checkpoint::new(ORIGIN, 109_482, empty_root()).unwrap();
    assert_eq!(plain.to_text(), format!("{ORIGIN}\n109482\n{ROOT}\n"));
    assert_eq!(Checkpoint::parse(&plain.to_text()), Ok(plain.clone()));
    let extended = plain
        .with_extensions(vec!["one".to_owned(), "two words".to_owned()])
        .unwrap();
    assert_eq!(
        extended.to_text(),
        format!("{ORIGIN}\n109482\n{ROOT}\none\ntwo words\n")
    );
    assert_eq!(Checkpoint::parse(&extended.to_text()), Ok(extended));
    assert_eq!(
        Checkpoint::parse(&format!("a log with spaces\n0\n{ROOT}\n"))
            .unwrap()
            .size(),
        0
    );
}

#[test]
fn malformed_checkpoints_are_refused_with_the_reason() {
    let parse = |text: &str| Checkpoint::parse(text).unwrap_err();
    assert_eq!(parse(""), CheckpointError::Unfinished);
    assert_eq!(parse(&format!("log\n1\n{ROOT}")), CheckpointError::Unfinished);
    assert_eq!(parse("log\n1\n"), CheckpointError::Lines(2));
    assert_eq!(parse(&format!("\n1\n{ROOT}\n")), CheckpointError::Origin);
    for size in [
        "",
        "01",
        "00",
        "+1",
        "-1",
        " 1",
        "1 ",
        "1e3",
        "0x1",
        "18446744073709551616",
        "\u{661}",
    ] {
        assert_eq!(
            parse(&format!("log\n{size}\n{ROOT}\n")),
            CheckpointError::Size(size.to_owned())
        );
    }
    assert!(Checkpoint::parse(&format!("log\n{}\n{ROOT}\n", u64::MAX)).is_ok());
    assert_eq!(parse("log\n1\nAAAA\n"), CheckpointError::Root(HashError::Length(3)));
    assert!(matches!(
        parse(&format!("log\n1\n{ROOT} \n")),
        CheckpointError::Root(HashError::Base64(_))
    ));
    assert_eq!(
        parse(&format!("log\n1\n{ROOT}\nfirst\n\n")),
        CheckpointError::Extension(2)
    );
    assert_eq!(
        Checkpoint::new("two\nlines", 0, empty_root()),
        Err(CheckpointError::Origin)
    );
    let split = Checkpoint::new("log", 0, empty_root())
        .unwrap()
        .with_extensions(vec!["two\nlines".to_owned()]);
    assert_eq!(split, Err(CheckpointError::Extension(1)));
}

#[test]
fn a_signed_checkpoint_is_trusted_under_its_key() {
    let key = Key::of_log();
    let signed = key.checkpoint(7, empty_root());
    let read = SignedCheckpoint::parse(&signed.to_text()).unwrap();
    assert_eq!(read, signed);
    let trusted = read.trust(&trusting(&[&key])).unwrap();
    assert_eq!(
        (trusted.origin(), trusted.size(), trusted.root()),
        (ORIGIN, 7, empty_root())
    );
    let refused = read.trust(&trusting(&[])).unwrap_err();
    assert_eq!(refused, CheckpointError::Untrusted(UntrustedNote::NoKnownKey));
}

#[test]
fn after_a_change_of_key_both_keys_are_trusted() {
    let (old, new) = (Key::of_log(), Key::new(ORIGIN, 1));
    let keys = trusting(&[&old, &new]);
    assert!(old.checkpoint(7, empty_root()).trust(&keys).is_ok());
    assert!(new.checkpoint(8, empty_root()).trust(&keys).is_ok());
}

#[test]
fn another_key_cannot_speak_for_the_log() {
    let (log, other) = (Key::of_log(), Key::new("example.org/other", 1));
    let checkpoint = Checkpoint::new(ORIGIN, 7, empty_root()).unwrap();
    let refused = checkpoint.clone().sign(&other.public, other.sign()).unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!("the key is named \"example.org/other\", but the log is \"{ORIGIN}\"")
    );
    let note = rules::audit::SignedNote::sign(&checkpoint.to_text(), &other.public, other.sign()).unwrap();
    let forged = SignedCheckpoint::parse(&note.to_text()).unwrap();
    let refused = forged.trust(&trusting(&[&log, &other])).unwrap_err();
    assert_eq!(refused, CheckpointError::NotByItsLog(ORIGIN.to_owned()));
}

#[test]
fn a_changed_size_or_root_is_not_what_was_signed() {
    let key = Key::of_log();
    let text = key.checkpoint(7, empty_root()).to_text();
    for changed in [
        text.replace("\n7\n", "\n6\n"),
        text.replace(ROOT, &rules::audit::leaf_hash(b"").to_base64()),
    ] {
        let refused = SignedCheckpoint::parse(&changed)
            .unwrap()
            .trust(&trusting(&[&key]))
            .unwrap_err();
        assert!(matches!(
            refused,
            CheckpointError::Untrusted(UntrustedNote::BadSignature { .. })
        ));
    }
}
