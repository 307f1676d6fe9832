//! Tokens: asked for once, kept, asked for again, and what a token endpoint may answer.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::sync::{Arc, Mutex};

use channels::email::oauth::{Grant, OauthSettings, TokenSource};

use crate::servers::trust;

/// A token endpoint that gives these answers, one after the other, and notes what it was asked.
pub(crate) struct Endpoint {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Endpoint {
    pub(crate) fn start(answers: Vec<(u16, String)>) -> Endpoint {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let noted = asked.clone();
        std::thread::spawn(move || {
            for (code, answer) in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let mut read = BufReader::new(stream.try_clone().expect("two sides"));
                let mut length = 0;
                loop {
                    let mut line = String::new();
                    read.read_line(&mut line).expect("a line");
                    if let Some(said) = line.to_lowercase().strip_prefix("content-length:") {
                        length = said.trim().parse().expect("a length");
                    }
                    if line.trim().is_empty() {
                        break;
                    }
                }
                let mut body = vec![0; length];
                read.read_exact(&mut body).expect("a form");
                noted
                    .lock()
                    .expect("whole")
                    .push(String::from_utf8(body).expect("a form"));
                let head = format!(
                    "HTTP/1.1 {code} Said\r\nContent-Length: {}\r\nConnection: close\r\n",
                    answer.len()
                );
                let more = "Location: http://127.0.0.1:9/\r\n\r\n";
                stream
                    .write_all(format!("{head}{more}{answer}").as_bytes())
                    .expect("it listens");
            }
        });
        Endpoint { port, asked }
    }

    pub(crate) fn settings(&self, grant: Grant) -> OauthSettings {
        OauthSettings {
            endpoint: format!("http://127.0.0.1:{}/token", self.port),
            client_id: "redress".to_owned(),
            client_secret: Some("s&cret".to_owned()),
            scope: Some("mail offline_access".to_owned()),
            grant,
            trust: trust(Vec::new()),
        }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("whole").clone()
    }
}

pub(crate) fn given(token: &str, more: &str) -> (u16, String) {
    (
        200,
        format!("{{\"access_token\":\"{token}\",\"token_type\":\"Bearer\"{more}}}"),
    )
}

#[tokio::test]
async fn a_token_is_kept_until_shortly_before_its_end() {
    let endpoint = Endpoint::start(vec![
        given("one", ",\"expires_in\":3600"),
        given("two", ",\"expires_in\":0"),
        given("three", ""),
    ]);
    let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
    for _ in 0..3 {
        assert_eq!(source.token().await.expect("a token"), "one");
    }
    assert_eq!(
        endpoint.asked(),
        ["grant_type=client_credentials&client_id=redress&client_secret=s%26cret&scope=mail+offline_access"]
    );
    source.forget("another");
    assert_eq!(
        source.token().await.expect("a token"),
        "one",
        "only the one that was refused is forgotten"
    );
    source.forget("one");
    assert_eq!(source.token().await.expect("a token"), "two");
    assert_eq!(source.token().await.expect("a token"), "three", "that one had run out");
    assert_eq!(source.token().await.expect("a token"), "three");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_who_ask_at_once_ask_once() {
    let endpoint = Endpoint::start(vec![given("one", ",\"expires_in\":3600")]);
    let source = Arc::new(TokenSource::open(endpoint.settings(Grant::Client)).expect("a source"));
    let all: Vec<_> = (0..20)
        .map(|_| {
            let source = source.clone();
            tokio::spawn(async move { source.token().await })
        })
        .collect();
    for one in all {
        assert_eq!(one.await.expect("it ends").expect("a token"), "one");
    }
    assert_eq!(endpoint.asked().len(), 1);
}

#[tokio::test]
async fn a_new_refresh_token_takes_the_place_of_the_old_one() {
    let file = std::env::temp_dir().join(format!("redress-refresh-{}", std::process::id()));
    std::fs::write(&file, "old/token\n").expect("a file");
    let endpoint = Endpoint::start(vec![
        given("one", ",\"refresh_token\":\"new\""),
        given("two", ",\"refresh_token\":\"new\""),
    ]);
    let source = TokenSource::open(endpoint.settings(Grant::Refresh(file.clone()))).expect("a source");
    assert_eq!(source.token().await.expect("a token"), "one");
    assert!(endpoint.asked()[0].starts_with("grant_type=refresh_token&refresh_token=old%2Ftoken&client_id="));
    assert_eq!(std::fs::read_to_string(&file).expect("a file"), "new");
    let mode = std::fs::metadata(&file).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "its owner's alone");
    source.forget("one");
    assert_eq!(source.token().await.expect("a token"), "two");
    assert!(endpoint.asked()[1].contains("refresh_token=new"));
    std::fs::remove_file(&file).expect("it can go");
}

#[tokio::test]
async fn what_is_no_token_is_said_in_words() {
    let refused = r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid secret.\r\nTrace ID: 1"}"#;
    for ((code, answer), says, may_pass) in [
        (
            (401, refused.to_owned()),
            "invalid_client AADSTS7000215: Invalid secret.",
            false,
        ),
        ((503, "down".to_owned()), "503", true),
        ((429, String::new()), "429", true),
        ((302, String::new()), "302", false),
        ((200, "<html>".to_owned()), "something else than a token", false),
        ((200, "x".repeat(70_000)), "more than a token", false),
    ] {
        let endpoint = Endpoint::start(vec![(code, answer)]);
        let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
        let none = source.token().await.expect_err(says);
        assert!(none.to_string().contains(says), "{none}");
        assert!(!none.to_string().contains("Trace"), "{none}");
        assert_eq!(none.may_pass, may_pass, "{none}");
    }
    let missing = Endpoint::start(Vec::new());
    let file = std::env::temp_dir().join("redress-no-such-token");
    let source = TokenSource::open(missing.settings(Grant::Refresh(file))).expect("a source");
    assert!(
        source
            .token()
            .await
            .expect_err("no file")
            .to_string()
            .contains("cannot be read")
    );
}
