//! What goes wrong: each is said in words, soon, and nothing is read in part.

use std::time::Duration;

use directory::{LdapSettings, StartTls};

use super::support::{After, TestServer, failing, read};

async fn refused(settings: LdapSettings, says: &str) -> String {
    let words = read(settings)
        .await
        .map(|reading| reading.people.len())
        .expect_err(says);
    assert!(words.contains(says), "{words:?} does not say {says:?}");
    assert!(!words.contains("throwaway"), "{words}");
    words
}

#[tokio::test]
async fn a_wrong_password_is_said_and_tried_on_no_other_server() {
    let Some(server) = TestServer::new() else { return };
    let mut settings = server.at(&[&server.tls, "ldaps://127.0.0.1:1"], "ou=few,dc=office,dc=example");
    settings.account = Some((
        "cn=reader,dc=office,dc=example".to_owned(),
        "throwaway-wrong".to_owned(),
    ));
    let words = refused(settings, "refuses the name or the password").await;
    assert!(!words.contains("127.0.0.1:1"), "{words}");
    let mut nobody = server.few();
    nobody.account = None;
    refused(nobody, "hides it from this account").await;
    let mut blind = server.few();
    blind.account = Some((
        "cn=nobody,dc=office,dc=example".to_owned(),
        "throwaway-reader".to_owned(),
    ));
    refused(blind, "hides it from this account").await;
}

#[tokio::test]
async fn a_server_that_is_not_there_leaves_it_to_the_next() {
    let Some(server) = TestServer::new() else { return };
    let gone = server.at(&["ldaps://127.0.0.1:1"], "ou=few,dc=office,dc=example");
    refused(gone, "ldaps://127.0.0.1:1: The line to it failed: ").await;
    let next = server.at(&["ldaps://127.0.0.1:1", &server.tls], "ou=few,dc=office,dc=example");
    assert_eq!(read(next).await.map(|reading| reading.people.len()), Ok(8));
}

#[tokio::test]
async fn a_certificate_of_another_authority_or_for_another_name_is_refused() {
    let Some(server) = TestServer::new() else { return };
    for url in [&server.tls, &server.plain] {
        let mut settings = server.at(&[url], "ou=few,dc=office,dc=example");
        settings.encryption = server.encryption(StartTls::Demanded, false);
        refused(settings, "an authority that is not trusted here").await;
    }
    let by_number = server.tls.replace("localhost", "127.0.0.1");
    refused(
        server.at(&[&by_number], "ou=few,dc=office,dc=example"),
        "for another name",
    )
    .await;
}

#[tokio::test]
async fn base_filter_and_limits_that_cannot_be_are_said() {
    let Some(server) = TestServer::new() else { return };
    let changed = |change: &dyn Fn(&mut LdapSettings)| {
        let mut settings = server.many();
        change(&mut settings);
        settings
    };
    refused(
        changed(&|settings| settings.base = "ou=nowhere,dc=office,dc=example".to_owned()),
        "no such base",
    )
    .await;
    refused(
        changed(&|settings| settings.base = "people".to_owned()),
        "cannot read base",
    )
    .await;
    refused(
        changed(&|settings| settings.filter = "(objectClass=".to_owned()),
        "filter cannot be read",
    )
    .await;
    refused(
        changed(&|settings| settings.limits.people = 4_999),
        "more than 4999 people",
    )
    .await;
    refused(
        changed(&|settings| settings.base = "ou=moved,dc=office,dc=example".to_owned()),
        "another server (elsewhere.example)",
    )
    .await;
    let empty = changed(&|settings| settings.base = "ou=empty,dc=office,dc=example".to_owned());
    assert_eq!(
        read(empty).await.map(|reading| reading.people.len()),
        Ok(0),
        "the office refuses that, not we"
    );
}

#[tokio::test]
async fn a_server_that_gives_only_some_of_the_pages_gives_nothing() {
    let Some(server) = TestServer::new() else { return };
    let mut stinted = server.many();
    stinted.account = Some((
        "cn=stinted,dc=office,dc=example".to_owned(),
        "throwaway-reader".to_owned(),
    ));
    refused(stinted, "stops before everybody is read").await;
    let mut large = server.many();
    large.limits.page = 2_000;
    refused(large, "stops before everybody is read").await;
}

#[tokio::test]
async fn a_line_that_is_cut_while_pages_come_gives_nothing() {
    let Some(server) = TestServer::new() else { return };
    for bytes in [1, 5_000, 400_000] {
        let port = failing(TestServer::port(&server.tls), After::Cut(bytes)).await;
        let settings = server.at(&[&format!("ldaps://localhost:{port}")], "ou=many,dc=office,dc=example");
        let words = read(settings)
            .await
            .map(|reading| reading.people.len())
            .expect_err("cut");
        assert!(
            words.contains("hung up") || words.contains("line to it failed"),
            "{words}"
        );
    }
}

#[tokio::test]
async fn a_server_that_falls_silent_is_left_after_its_time() {
    let Some(server) = TestServer::new() else { return };
    // Before the handshake of TLS, and after some pages.
    for bytes in [0, 400_000] {
        let port = failing(TestServer::port(&server.tls), After::Silent(bytes)).await;
        let mut settings = server.at(&[&format!("ldaps://localhost:{port}")], "ou=many,dc=office,dc=example");
        settings.limits.answer = Duration::from_millis(700);
        refused(settings.clone(), "did not answer in time").await;
        settings.limits.answer = Duration::from_secs(60);
        settings.limits.whole = Duration::from_millis(900);
        refused(settings, "took longer than it may").await;
    }
}

#[tokio::test]
async fn something_that_is_no_directory_server_is_no_harm() {
    let Some(server) = TestServer::new() else { return };
    let port = failing(TestServer::port(&server.plain), After::Noise).await;
    let mut settings = server.at(&[&format!("ldap://localhost:{port}")], "ou=few,dc=office,dc=example");
    settings.encryption = server.encryption(StartTls::Off, true);
    let words = read(settings)
        .await
        .map(|reading| reading.people.len())
        .expect_err("noise");
    assert!(words.starts_with("ldap://localhost:"), "{words}");
}
