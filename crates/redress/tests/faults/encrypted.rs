//! A database server and a bucket that are reached over TLS, under certificates of an authority that no machine knows: as many universities have one.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::time::Duration;

use storage::StorageError;
use storage::files::{BucketSettings, FileStore};

use crate::installation::{BINARY, Installation};
use crate::kept::block_on;
use crate::mail_server::MailServer;

fn given(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name}, which `cargo xtask faults encryption` says"))
}

/// The server by the name in its certificate or by another, over lines of this kind.
fn address(host: &str, mode: &str) -> String {
    let port = given("REDRESS_TEST_ENCRYPTED_PORT");
    format!("postgres://redress@{host}:{port}/postgres?sslmode={mode}")
}

/// Everything that it said, to whomever.
fn said(output: &Output) -> String {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    text(&output.stdout) + &text(&output.stderr)
}

/// Run by `cargo xtask faults encryption`, which makes the authorities and starts the servers.
#[test]
#[ignore = "needs servers over TLS, which `cargo xtask faults encryption` starts"]
fn a_database_under_an_authority_of_ones_own_is_used_and_whatever_cannot_be_proved_is_refused_in_words() {
    let (ours, other) = (given("REDRESS_TEST_ROOTS"), given("REDRESS_TEST_OTHER_ROOTS"));
    let mail = MailServer::start();
    let right = address("localhost", "require");
    let installation = Installation::make_under("encrypted", &mail, &right, &ours);
    let well = said(&installation.run(&["doctor", "--json"]));
    assert!(well.contains("the schema has taken step"), "{well}");
    assert!(said(&installation.run(&["audit", "verify"])).contains("The record is whole"));

    let roots_setting = "Write a file with the certificate of that authority (PEM) into database_roots";
    for (database, roots, says) in [
        (&right, Some(&other), "an authority that is not trusted here"),
        (&right, None, roots_setting),
        (
            &address("127.0.0.1", "require"),
            Some(&ours),
            "for another name than the one",
        ),
        (
            &address("localhost", "disable"),
            Some(&ours),
            "If it asks for encryption, write ?sslmode=require",
        ),
    ] {
        installation.set_storage("database", Some(database));
        installation.set_storage("database_roots", roots);
        let refused = installation.run(&["doctor"]);
        assert_eq!(refused.status.code(), Some(2));
        let refused = said(&refused);
        println!("{refused}");
        assert!(
            refused.contains("No encrypted connection to the database: ") && refused.contains(says),
            "{refused}"
        );
        let configuration = installation.node().configuration;
        let serve = Command::new(BINARY)
            .arg("serve")
            .arg("--config")
            .arg(configuration)
            .output();
        let serve = serve.unwrap();
        assert!(!serve.status.success() && said(&serve).contains(says), "{serve:?}");
    }
    installation.remove();
}

/// Run by `cargo xtask faults encryption`.
#[test]
#[ignore = "needs servers over TLS, which `cargo xtask faults encryption` starts"]
fn a_bucket_under_an_authority_of_ones_own_is_used_and_one_of_another_is_refused_in_words() {
    let Ok(endpoint) = std::env::var("REDRESS_TEST_ENCRYPTED_BUCKET") else {
        return eprintln!("there is no bucket over TLS: nothing was tried");
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("encrypted-bucket");
    fs::create_dir_all(&folder).unwrap();
    let refused = |roots: Option<String>| {
        let settings = BucketSettings {
            bucket: "complaints-files".to_owned(),
            region: "us-east-1".to_owned(),
            endpoint: Some(endpoint.clone()),
            prefix: String::new(),
            access_key: "test".to_owned(),
            secret_key: "test".to_owned(),
            session_token: None,
            roots: roots.map(PathBuf::from),
            patience: Duration::from_secs(1),
        };
        match block_on(FileStore::bucket(settings, &folder).unwrap().probe()) {
            Err(StorageError::Bucket { why, .. }) => why,
            other => panic!("{other:?}"),
        }
    };
    // It is spoken to, and says itself what is missing.
    let spoken_to = refused(Some(given("REDRESS_TEST_ROOTS")));
    assert_eq!(spoken_to, "there is no bucket of this name");
    for roots in [Some(given("REDRESS_TEST_OTHER_ROOTS")), None] {
        let why = refused(roots);
        println!("{why}");
        assert!(
            why.contains("not trusted here") && why.ends_with("into roots ([files.s3])"),
            "{why}"
        );
    }
    fs::remove_dir_all(&folder).unwrap();
}
