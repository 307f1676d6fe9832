//! The signature on a letter (RFC 6376), as OpenDKIM (Debian's `opendkim`) judges it; and which keys are refused. Without OpenDKIM and openssl the tests of
//! whole letters say that they are left out.

use std::path::Path;
use std::process::Command;

use channels::email::{DkimSettings, OutgoingMail, SmtpSettings, Transport};

use crate::server::{Manners, Server};
use crate::support::{Folder, mail};
use crate::{open, settings};

const OPENDKIM: &str = "/usr/sbin/opendkim";
const DOMAIN: &str = "calderbrook.example";

/// A key that openssl makes, or nothing where it is not there.
fn key(folder: &Folder, name: &str, arguments: &[&str]) -> Option<String> {
    let path = folder.path().join(name);
    let made = Command::new("openssl")
        .arg("genpkey")
        .args(arguments)
        .arg("-out")
        .arg(&path)
        .output();
    made.ok().filter(|made| made.status.success())?;
    Some(std::fs::read_to_string(path).expect("the key is there"))
}

fn signing(key: &str) -> DkimSettings {
    DkimSettings {
        domain: DOMAIN.to_owned(),
        selector: "redress".to_owned(),
        key: key.to_owned(),
    }
}

/// The letter as the server gets it.
async fn signed(key: &str, letter: &OutgoingMail) -> String {
    let server = Server::start(Manners::Polite).await;
    let transport = open(&SmtpSettings {
        dkim: Some(signing(key)),
        ..settings(server.port)
    });
    transport.send(letter).await.expect("it is taken");
    server.seen().letters.remove(0)
}

/// What OpenDKIM says of a message; its DNS is a file.
fn judged(folder: &Path, message: &str) -> String {
    let (config, letter) = (folder.join("opendkim.conf"), folder.join("letter.eml"));
    let published = folder.join("published");
    let text = format!("Mode v\nSyslog no\nTestPublicKeys {}\n", published.display());
    std::fs::write(&config, text).expect("written");
    std::fs::write(&letter, message).expect("written");
    let said = Command::new(OPENDKIM)
        .arg("-x")
        .arg(&config)
        .arg("-t")
        .arg(&letter)
        .output();
    let said = said.expect("it runs");
    String::from_utf8_lossy(&[said.stdout, said.stderr].concat()).into_owned()
}

/// A letter that is signed with such a key, after a look at what was signed; and what OpenDKIM says of it whole, and with a word changed.
async fn whole_and_changed(kind: (&str, &[&str]), record_of: impl Fn(&Path) -> String) -> Option<(String, String)> {
    let (name, arguments) = kind;
    let folder = Folder::new(&format!("dkim-{name}"));
    let made = key(&folder, "key.pem", arguments);
    let (Some(pem), true) = (made, Path::new(OPENDKIM).is_file()) else {
        eprintln!("left out: OpenDKIM or openssl is not there");
        return None;
    };
    let published = record_of(&folder.path().join("key.pem"));
    let record = format!("redress._domainkey.{DOMAIN} v=DKIM1; k={name}; p={published}\n");
    std::fs::write(folder.path().join("published"), record).expect("written");
    let letter = OutgoingMail {
        references: vec!["<fc-10482@calderbrook.example>".to_owned()],
        reply_to: "complaints@calderbrook.example".to_owned(),
        ..mail()
    };
    let message = signed(&pem, &letter).await;
    assert!(
        message.starts_with(&format!("DKIM-Signature: v=1; a={name}-sha256;")),
        "{message}"
    );
    let head = message
        .split("\r\n\r\n")
        .next()
        .unwrap_or_default()
        .replace("\r\n\t", "");
    let over = head
        .split("h=")
        .nth(1)
        .and_then(|rest| rest.split(';').next())
        .unwrap_or_default();
    for name in [
        "Date",
        "From",
        "To",
        "Subject",
        "Message-ID",
        "Reply-To",
        "References",
        "Content-Type",
    ] {
        assert!(
            over.split(':').any(|signed| signed.trim().eq_ignore_ascii_case(name)),
            "{name} in {over}"
        );
    }
    assert!(head.contains("c=relaxed/relaxed"), "{head}");
    let changed = message.replace("Hello", "Hallo");
    assert_ne!(message, changed);
    Some((judged(folder.path(), &message), judged(folder.path(), &changed)))
}

/// The public half of a key, in base64: all of it (RSA), or the last bytes of it (Ed25519, RFC 8463).
fn public(key: &Path) -> String {
    let said = Command::new("openssl")
        .args(["pkey", "-pubout", "-in"])
        .arg(key)
        .output();
    let text = String::from_utf8(said.expect("openssl runs").stdout).expect("PEM is text");
    text.lines().filter(|line| !line.starts_with('-')).collect()
}

#[tokio::test]
async fn a_letter_that_is_signed_with_rsa_verifies_and_a_changed_one_does_not() {
    let rsa = ("rsa", &["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"][..]);
    if let Some((whole, changed)) = whole_and_changed(rsa, public).await {
        assert!(whole.contains("succeeded"), "{whole}");
        assert!(!changed.contains("succeeded"), "{changed}");
    }
}

#[tokio::test]
async fn a_letter_that_is_signed_with_ed25519_verifies_and_a_changed_one_does_not() {
    let ed25519 = ("ed25519", &["-algorithm", "ed25519"][..]);
    // The 12 bytes before the key say that it is one: 16 characters of base64.
    let record = |key: &Path| public(key)[16..].to_owned();
    if let Some((whole, changed)) = whole_and_changed(ed25519, record).await {
        assert!(whole.contains("succeeded"), "{whole}");
        assert!(!changed.contains("succeeded"), "{changed}");
    }
}

#[test]
fn what_cannot_sign_is_refused_in_words_that_hold_no_key() {
    let pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    for (settings_of, words) in [
        (signing("hunter2"), "it is no private key in PEM"),
        (signing(pem), "neither RSA of at least 2048 bits nor Ed25519"),
        (
            DkimSettings {
                selector: "a b".to_owned(),
                ..signing(pem)
            },
            "cannot be the selector",
        ),
    ] {
        assert!(!format!("{settings_of:?}").contains("AAAA"));
        let refused = Transport::smtp(&SmtpSettings {
            dkim: Some(settings_of),
            ..settings(25)
        });
        let words_of_it = refused.expect_err("it cannot sign").to_string();
        assert!(words_of_it.contains(words), "{words_of_it}");
        assert!(
            !words_of_it.contains("hunter2") && !words_of_it.contains("AAAA"),
            "{words_of_it}"
        );
    }
}
