//! Bytes that are no certificate: refused in words, whatever they are, and never a panic.

use rules::confidential::sealing::letter_key::{KeyFile, MOST_BYTES};
use storage::openpgp::read;
use testkit::gpg::Gpg;

use crate::{ADDRESS, GRACE, refused};

#[test]
fn garbage_words_and_what_is_far_too_large_is_unreadable() {
    let begins = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n";
    let files: Vec<Vec<u8>> = vec![
        Vec::new(),
        b"Dear all, my key is below.".to_vec(),
        format!("{begins}bm90IGEga2V5\n-----END PGP PUBLIC KEY BLOCK-----\n").into_bytes(),
        format!("{begins}!!!").into_bytes(),
        begins.repeat(50).into_bytes(),
        b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n".to_vec(),
        vec![0x99; 3_000],
        vec![0; 3_000],
        vec![b'A'; MOST_BYTES + 1],
        "\u{202e}\u{0}".repeat(20_000).into_bytes(),
    ];
    for file in files {
        assert_eq!(read(&file), KeyFile::Unreadable, "{} bytes", file.len());
        let (field, words) = refused(&file, ADDRESS);
        assert_eq!(field, "certificate");
        assert!(words.contains("no OpenPGP public key"), "{words}");
    }
}

#[test]
fn a_certificate_that_was_cut_or_changed_is_never_one_that_says_something_else() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "2y");
    let whole = gpg.binary(&[GRACE]);
    let KeyFile::Certificates(before) = read(&whole) else {
        panic!("it is one")
    };
    let mut other = 0;
    for place in (0..whole.len()).step_by(5) {
        let mut changed = whole.clone();
        changed[place] ^= 0x41;
        for file in [whole[..place].to_vec(), changed] {
            let KeyFile::Certificates(read) = read(&file) else {
                continue;
            };
            for one in read {
                // What is still believed is what was signed: no other name, and no other key under this fingerprint.
                assert!(
                    one.users.iter().all(|user| before[0].users.contains(user)),
                    "byte {place}: {:?}",
                    one.users
                );
                let same = |opens| before[0].opens.contains(opens);
                assert!(one.opens.iter().all(same), "byte {place}: {:?}", one.opens);
                other += 1;
            }
        }
    }
    assert!(other > 0, "some of them can still be read, without what was broken");
}
