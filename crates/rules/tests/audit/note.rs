//! Signed notes and keys: what is written, what is read, and exactly why the rest is refused.

use rules::audit::{KeyError, NoteError, SignatureLineError, SignedNote, UntrustedNote, VerifierKey};

use crate::support::{Key, trusting};

const TEXT: &str = "First line\n\nand one after an empty line\n";

fn note() -> SignedNote {
    let key = Key::new("example.org/log", 0);
    SignedNote::sign(TEXT, &key.public, key.sign()).unwrap()
}

#[test]
fn a_note_reads_back_as_it_was_written() {
    let note = note();
    let text = note.to_text();
    assert!(
        text.starts_with("First line\n\nand one after an empty line\n\n\u{2014} example.org/log "),
        "{text}"
    );
    assert_eq!(text.matches('\n').count(), 5);
    assert_eq!(SignedNote::parse(&text), Ok(note.clone()));
    assert_eq!(note.text(), TEXT);
    assert_eq!(note.signatures()[0].bytes().len(), 64);
}

#[test]
fn a_note_counts_only_if_a_trusted_key_signed_it() {
    let (log, witness) = (Key::new("example.org/log", 0), Key::new("example.org/witness", 1));
    let mut note = note();
    note.add_signature(&witness.public, witness.sign());
    assert_eq!(note.verify(&trusting(&[&log])).unwrap(), [&note.signatures()[0]]);
    assert_eq!(note.verify(&trusting(&[&witness])).unwrap(), [&note.signatures()[1]]);
    assert_eq!(note.verify(&trusting(&[&witness, &log])).unwrap().len(), 2);
    assert_eq!(note.verify(&trusting(&[])), Err(UntrustedNote::NoKnownKey));
    // The name alone, or the key alone, is not the key.
    let (same_name, same_key) = (Key::new("example.org/log", 2), Key::new("example.org/other", 0));
    assert_eq!(note.verify(&trusting(&[&same_name])), Err(UntrustedNote::NoKnownKey));
    assert_eq!(note.verify(&trusting(&[&same_key])), Err(UntrustedNote::NoKnownKey));
}

#[test]
fn one_wrong_signature_of_a_trusted_key_spoils_the_note() {
    let (log, witness) = (Key::new("example.org/log", 0), Key::new("example.org/witness", 1));
    let mut note = note();
    note.add_signature(&witness.public, |_| [7; 64]);
    let spoilt = UntrustedNote::BadSignature {
        name: "example.org/witness".to_owned(),
        key_id: witness.public.id(),
    };
    assert_eq!(note.verify(&trusting(&[&log, &witness])), Err(spoilt));
    assert!(note.verify(&trusting(&[&log])).is_ok());
    let changed = SignedNote::parse(&note.to_text().replace("First", "Third")).unwrap();
    assert!(matches!(
        changed.verify(&trusting(&[&log])),
        Err(UntrustedNote::BadSignature { .. })
    ));
}

#[test]
fn signing_again_replaces_the_signature_of_the_same_key_only() {
    let (log, witness) = (Key::new("example.org/log", 0), Key::new("example.org/witness", 1));
    let mut note = note();
    note.add_signature(&witness.public, witness.sign());
    note.add_signature(&log.public, |_| [7; 64]);
    let names: Vec<_> = note.signatures().iter().map(rules::audit::Signature::name).collect();
    assert_eq!(names, ["example.org/witness", "example.org/log"]);
    assert_eq!(note.signatures()[1].bytes(), [7; 64]);
}

#[test]
fn a_signature_of_another_length_is_passed_over_unless_its_key_is_trusted() {
    let log = Key::new("example.org/log", 0);
    let long = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, [9; 4 + 72]);
    let text = format!("{}\u{2014} example.org/witness {long}\n", note().to_text());
    assert_eq!(
        SignedNote::parse(&text)
            .unwrap()
            .verify(&trusting(&[&log]))
            .unwrap()
            .len(),
        1
    );
    let mut bytes = log.public.id().to_be_bytes().to_vec();
    bytes.extend([9; 63]);
    let short = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, bytes);
    let text = format!("{TEXT}\n\u{2014} example.org/log {short}\n");
    let refused = SignedNote::parse(&text)
        .unwrap()
        .verify(&trusting(&[&log]))
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        format!(
            "the signature of example.org/log+{:08x} does not belong to this text",
            log.public.id()
        )
    );
}

#[test]
fn malformed_notes_are_refused_with_the_reason() {
    let good = "text\n\n\u{2014} name AAAAAAA=\n";
    assert!(SignedNote::parse(good).is_ok());
    let line = |number, reason| NoteError::SignatureLine { number, reason };
    let cases = [
        ("text\n\u{2014} name AAAAAAA=\n", NoteError::NoSeparator),
        ("", NoteError::NoSeparator),
        ("text\n\n", NoteError::NoSignature),
        ("text\n\n\u{2014} name AAAAAAA=\n\n", NoteError::NoSignature),
        ("text\n\n\u{2014} name AAAAAAA=", NoteError::LineUnfinished),
        ("te\txt\n\n\u{2014} name AAAAAAA=\n", NoteError::ControlCharacter('\t')),
        (
            "text\r\n\r\n\u{2014} name AAAAAAA=\r\n",
            NoteError::ControlCharacter('\r'),
        ),
        ("text\n\n- name AAAAAAA=\n", line(1, SignatureLineError::NoMark)),
        (
            "text\n\n\u{2014} name AAAAAAA=\n\u{2014}name AAAAAAA=\n",
            line(2, SignatureLineError::NoMark),
        ),
        ("text\n\n\u{2014} nameAAAAAAA=\n", line(1, SignatureLineError::NoSpace)),
        (
            "text\n\n\u{2014}  AAAAAAA=\n",
            line(1, SignatureLineError::Name(String::new())),
        ),
        (
            "text\n\n\u{2014} na+me AAAAAAA=\n",
            line(1, SignatureLineError::Name("na+me".to_owned())),
        ),
        (
            "text\n\n\u{2014} na\u{a0}me AAAAAAA=\n",
            line(1, SignatureLineError::Name("na\u{a0}me".to_owned())),
        ),
        (
            "text\n\n\u{2014} name AAAAAA==\n",
            line(1, SignatureLineError::Short(4)),
        ),
        ("text\n\n\u{2014} name \n", line(1, SignatureLineError::Short(0))),
    ];
    for (text, refused) in cases {
        assert_eq!(SignedNote::parse(text), Err(refused), "{text:?}");
    }
    for bad in ["AAAAAAA", "AAAAAAB=", "AAAAAAA= ", "AAA-AAA="] {
        let refused = SignedNote::parse(&format!("text\n\n\u{2014} name {bad}\n")).unwrap_err();
        assert!(
            refused
                .to_string()
                .starts_with("signature 1 of the note: the signature is not standard base64"),
            "{refused}"
        );
    }
}

#[test]
fn long_and_many_are_refused_before_any_work() {
    let many = |count| format!("text\n\n{}", "\u{2014} name AAAAAAA=\n".repeat(count));
    assert_eq!(SignedNote::parse(&many(100)).unwrap().signatures().len(), 100);
    assert_eq!(SignedNote::parse(&many(101)), Err(NoteError::TooManySignatures(101)));
    assert_eq!(
        SignedNote::parse(&"x".repeat(1_000_001)),
        Err(NoteError::TooLong(1_000_001))
    );
}

#[test]
fn a_text_that_could_not_be_read_back_is_not_signed() {
    let key = Key::of_log();
    let sign = |text: &str| SignedNote::sign(text, &key.public, key.sign()).unwrap_err();
    assert_eq!(sign("no line feed"), NoteError::TextUnfinished);
    assert_eq!(
        sign("a\u{0}b\n").to_string(),
        "the note holds the control character U+0000"
    );
}

#[test]
fn a_key_reads_back_and_malformed_keys_are_refused_with_the_reason() {
    let key = Key::new("example.org/log", 0).public;
    let text = key.to_string();
    assert_eq!(text.parse(), Ok(key.clone()));
    let (id, public) = (format!("{:08x}", key.id()), text.splitn(3, '+').nth(2).unwrap());
    let parse = |text: &str| text.parse::<VerifierKey>().unwrap_err();
    assert_eq!(parse("example.org/log"), KeyError::Parts);
    assert_eq!(parse("example.org/log+00000000"), KeyError::Parts);
    assert_eq!(parse(&format!("+{id}+{public}")), KeyError::Name(String::new()));
    assert_eq!(parse(&format!("a b+{id}+{public}")), KeyError::Name("a b".to_owned()));
    assert_eq!(
        parse(&format!("example.org/log+12+{public}")),
        KeyError::Id("12".to_owned())
    );
    assert_eq!(
        parse(&format!("example.org/log+ABCDEF01+{public}")),
        KeyError::Id("ABCDEF01".to_owned())
    );
    assert_eq!(parse(&format!("example.org/log+{id}+AQ==")), KeyError::Length(0));
    assert_eq!(parse(&format!("example.org/log+{id}+BA==")), KeyError::Algorithm(4));
    assert!(matches!(parse(&format!("example.org/log+{id}+!")), KeyError::Base64(_)));
    let found = 0x0000_0001;
    assert_eq!(
        parse(&format!("example.org/log+00000001+{public}")),
        KeyError::IdDiffers {
            expected: key.id(),
            found
        }
    );
    assert_eq!(
        parse(&text.replace("/log", "/lag"))
            .to_string()
            .split(',')
            .next()
            .unwrap(),
        format!("the key ID is {id}")
    );
    assert_eq!(VerifierKey::new("a+b", [0; 32]), Err(KeyError::Name("a+b".to_owned())));
}
