//! Certificates that GnuPG made, read and judged; what is encrypted to them opens with it; what is no certificate is told apart.

mod noise;

use jiff::Timestamp;
use rules::case::Refused;
use rules::confidential::sealing::letter_key::{Certificate, KeyFile, LetterKey, NotGood, take};
use storage::openpgp::{encrypt, read};
use testkit::at;
use testkit::gpg::Gpg;

const GRACE: &str = "Grace Obi <grace.obi@calderbrook.example>";
const ADDRESS: &str = "grace.obi@calderbrook.example";

fn now() -> Timestamp {
    at("2026-06-09 09:15")
}

fn one(bytes: &[u8]) -> Certificate {
    match read(bytes) {
        KeyFile::Certificates(mut all) if all.len() == 1 => all.remove(0),
        other => panic!("{other:?}"),
    }
}

fn refused(bytes: &[u8], email: &str) -> (String, String) {
    match take(read(bytes), email, now()) {
        Err(Refused::Fields { fields }) => (fields[0].field.to_owned(), fields[0].message.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn text_and_binary_say_the_same_and_what_is_encrypted_opens_with_the_program_that_made_the_key() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "2y");
    let (text, binary) = (one(&gpg.public(&[GRACE])), one(&gpg.binary(&[GRACE])));
    assert_eq!(text, binary);
    assert_eq!(text.fingerprint, gpg.fingerprint(GRACE));
    assert_eq!(text.users, [GRACE]);
    assert_eq!(text.opens.len(), 1);
    let ends = text.good_until(now()).unwrap();
    assert!(ends > at("2027-12-01 00:00") && ends < at("2028-02-01 00:00"), "{ends}");
    let LetterKey { email, certificate, .. } =
        take(read(&gpg.public(&[GRACE])), " Grace.Obi@calderbrook.example", now()).unwrap();
    assert_eq!(email, ADDRESS);
    let plain: Vec<u8> = (0..3_000_000_u32).map(|number| (number * 31 % 251) as u8).collect();
    let message = encrypt(&certificate, certificate.opens_now(now()).unwrap(), plain.clone()).unwrap();
    assert!(message.starts_with("-----BEGIN PGP MESSAGE-----"));
    assert!(
        gpg.decrypt(message.as_bytes()).unwrap() == plain,
        "it opens, byte for byte"
    );
    let stranger = Gpg::new().unwrap();
    stranger.key(GRACE, "never");
    assert!(
        stranger.decrypt(message.as_bytes()).is_err(),
        "another key with the same name opens nothing"
    );
}

#[test]
fn rsa_and_the_curves_of_nist_open_too() {
    let Some(gpg) = Gpg::new() else { return };
    for (user, primary, sub) in [
        ("Rsa <rsa@x.example>", "rsa2048", "rsa2048"),
        ("Nist <nist@x.example>", "nistp256", "nistp256"),
    ] {
        gpg.make(user, primary, "cert,sign", "never");
        gpg.run(&["--quick-add-key", &gpg.fingerprint(user), sub, "encr", "never"]);
        let certificate = one(&gpg.public(&[user]));
        let message = encrypt(&certificate, certificate.opens_now(now()).unwrap(), b"words".to_vec()).unwrap();
        assert_eq!(gpg.decrypt(message.as_bytes()).unwrap(), b"words", "{user}");
    }
    // A primary key that does everything itself.
    gpg.make("Old <old@x.example>", "rsa2048", "cert,sign,encr", "never");
    let old = one(&gpg.public(&["Old <old@x.example>"]));
    assert_eq!(old.opens[0].fingerprint, old.fingerprint);
    let message = encrypt(&old, old.opens_now(now()).unwrap(), b"words".to_vec()).unwrap();
    assert_eq!(gpg.decrypt(message.as_bytes()).unwrap(), b"words");
}

#[test]
fn what_has_ended_what_was_revoked_and_what_only_signs_is_refused_with_the_reason() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "2026-03-01");
    let (field, words) = refused(&gpg.public(&[GRACE]), ADDRESS);
    assert_eq!(field, "certificate");
    assert!(words.contains("ended on Sunday 1 March 2026"), "{words}");

    let revoked = "Rae Voked <rae@x.example>";
    gpg.key(revoked, "never");
    assert!(take(read(&gpg.public(&[revoked])), "rae@x.example", now()).is_ok());
    gpg.revoke(revoked);
    let (_, words) = refused(&gpg.public(&[revoked]), "rae@x.example");
    assert!(words.contains("revoked"), "{words}");

    let signs = "Sig Ner <sig@x.example>";
    gpg.make(signs, "ed25519", "cert,sign", "never");
    let (_, words) = refused(&gpg.public(&[signs]), "sig@x.example");
    assert!(words.contains("can sign"), "{words}");
    assert_eq!(one(&gpg.public(&[signs])).opens_now(now()), Err(NotGood::OnlySigns));
}

#[test]
fn the_subkey_that_is_good_is_taken_and_an_ended_one_ends_the_key() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.make(GRACE, "ed25519", "cert,sign", "never");
    let primary = gpg.fingerprint(GRACE);
    gpg.run(&["--quick-add-key", &primary, "cv25519", "encr", "2026-02-01"]);
    let (_, words) = refused(&gpg.public(&[GRACE]), ADDRESS);
    assert!(words.contains("ended on Sunday 1 February 2026"), "{words}");
    gpg.run(&["--quick-add-key", &primary, "cv25519", "encr", "2027-02-01"]);
    let certificate = one(&gpg.public(&[GRACE]));
    assert_eq!(certificate.opens.len(), 2);
    let opens = certificate.opens_now(now()).unwrap();
    assert!(opens.expires_at > Some(now()));
    let message = encrypt(&certificate, opens, b"words".to_vec()).unwrap();
    assert_eq!(gpg.decrypt(message.as_bytes()).unwrap(), b"words");
}

#[test]
fn a_secret_key_is_refused_in_text_in_binary_and_behind_a_public_one() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "never");
    let (public, secret) = (gpg.public(&[GRACE]), gpg.secret(GRACE));
    let binary = gpg.run(&["--export-secret-keys", &format!("={GRACE}")]).stdout;
    for bytes in [
        secret.clone(),
        binary.clone(),
        [public, secret].concat(),
        [gpg.binary(&[GRACE]), binary].concat(),
    ] {
        assert_eq!(read(&bytes), KeyFile::Secret);
        let (field, words) = refused(&bytes, ADDRESS);
        assert_eq!(field, "certificate");
        assert!(
            words.contains("secret key") && words.contains("Nothing of it was kept"),
            "{words}"
        );
    }
}

#[test]
fn a_keyring_of_several_is_counted_and_refused_however_they_lie_in_it() {
    let Some(gpg) = Gpg::new() else { return };
    let other = "Moira Finch <moira@x.example>";
    gpg.key(GRACE, "never");
    gpg.key(other, "never");
    let blocks = [gpg.public(&[GRACE]), gpg.public(&[other])].concat();
    for ring in [gpg.public(&[GRACE, other]), gpg.binary(&[GRACE, other]), blocks] {
        let (field, words) = refused(&ring, ADDRESS);
        assert_eq!(field, "certificate");
        assert!(words.contains("This holds 2 keys"), "{words}");
    }
}

#[test]
fn a_key_is_for_the_addresses_that_it_vouches_for_and_has_not_taken_back() {
    let Some(gpg) = Gpg::new() else { return };
    gpg.key(GRACE, "never");
    let primary = gpg.fingerprint(GRACE);
    gpg.run(&["--quick-add-uid", &primary, "Grace Obi <old@calderbrook.example>"]);
    let both = gpg.public(&[GRACE]);
    assert!(take(read(&both), "old@calderbrook.example", now()).is_ok());
    let (field, words) = refused(&both, "moira@x.example");
    assert_eq!(field, "email");
    assert!(
        words.contains(ADDRESS) && words.contains("not for moira@x.example"),
        "{words}"
    );
    gpg.run(&["--quick-revoke-uid", &primary, "Grace Obi <old@calderbrook.example>"]);
    let now_one = gpg.public(&[GRACE]);
    assert_eq!(one(&now_one).users, [GRACE]);
    assert!(take(read(&now_one), "old@calderbrook.example", now()).is_err());
    assert!(take(read(&now_one), ADDRESS, now()).is_ok());
}

#[test]
fn what_others_signed_into_it_is_not_kept_and_a_user_id_that_was_pushed_in_counts_for_nothing() {
    let Some(gpg) = Gpg::new() else { return };
    let other = "Moira Finch <moira@x.example>";
    gpg.key(GRACE, "never");
    gpg.key(other, "never");
    let before = one(&gpg.public(&[GRACE]));
    gpg.run(&[
        "--local-user",
        &format!("={other}"),
        "--quick-sign-key",
        &gpg.fingerprint(GRACE),
    ]);
    let signed = gpg.public(&[GRACE]);
    assert!(signed.len() > gpg.public(&[other]).len() + 100, "somebody signed it");
    assert_eq!(one(&signed), before);
    // The packet of the user id of one, with its signature, put into the binary certificate of the other.
    let (mine, theirs) = (gpg.binary(&[GRACE]), gpg.binary(&[other]));
    let id_at = |ring: &[u8], id: &str| ring.windows(id.len()).position(|part| part == id.as_bytes()).unwrap() - 2;
    let first_subkey = theirs.iter().rposition(|byte| *byte == 0xb8).unwrap();
    let foreign = &theirs[id_at(&theirs, other)..first_subkey];
    let mut pushed = mine[..id_at(&mine, GRACE)].to_vec();
    pushed.extend_from_slice(foreign);
    pushed.extend_from_slice(&mine[id_at(&mine, GRACE)..]);
    if let KeyFile::Certificates(all) = read(&pushed) {
        assert!(
            all.iter().all(|one| !one.users.iter().any(|user| user == other)),
            "{all:?}"
        );
    }
    assert!(take(read(&pushed), "moira@x.example", now()).is_err());
}
