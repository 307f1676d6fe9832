//! Letters sent by whoever signs in with a token: shown as servers want it, asked for anew once when it is refused, and never the fault of a letter.

use std::sync::Arc;

use channels::email::oauth::{Grant, TokenSource};
use channels::email::{OutgoingMail, SignIn, SmtpSettings, Step, Tls, Transport};

use crate::server::{Manners, Server};
use crate::servers::{Servers, port};
use crate::support::{self, mail};
use crate::tokens::{Endpoint, given};

fn settings(port: u16, endpoint: &Endpoint) -> SmtpSettings {
    let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
    SmtpSettings {
        username: Some("feedback@calderbrook.example".to_owned()),
        sign_in: Some(SignIn::Token(Arc::new(source))),
        ..support::settings(port)
    }
}

fn transport(server: &Server, endpoint: &Endpoint) -> Transport {
    Transport::smtp(&settings(server.port, endpoint)).expect("the settings are sound")
}

/// The lines with which we signed in.
fn shown(server: &Server) -> Vec<String> {
    let commands = server.seen().commands;
    commands.into_iter().filter(|line| line.starts_with("AUTH")).collect()
}

#[tokio::test]
async fn a_token_is_shown_in_the_form_that_the_server_offers() {
    for (offered, begins) in [
        ("AUTH PLAIN XOAUTH2 OAUTHBEARER", "AUTH OAUTHBEARER bixhPWZ"),
        ("AUTH LOGIN XOAUTH2", "AUTH XOAUTH2 dXNlcj1"),
    ] {
        let server = Server::start(Manners::Tokens(offered)).await;
        let endpoint = Endpoint::start(vec![given("new", ",\"expires_in\":3600")]);
        let transport = transport(&server, &endpoint);
        transport.send(&mail()).await.expect("it is taken");
        transport.send(&mail()).await.expect("the next too");
        let shown = shown(&server);
        assert!(shown.len() == 1 && shown[0].starts_with(begins), "{shown:?}");
        assert_eq!((endpoint.asked().len(), server.seen().letters.len()), (1, 2));
    }
}

#[tokio::test]
async fn a_token_that_is_refused_is_asked_for_anew_once() {
    let server = Server::start(Manners::Tokens("AUTH XOAUTH2")).await;
    let endpoint = Endpoint::start(vec![given("old", ""), given("new", "")]);
    transport(&server, &endpoint).send(&mail()).await.expect("it is taken");
    assert_eq!((shown(&server).len(), endpoint.asked().len()), (2, 2));
    assert_eq!(
        server.seen().connections,
        2,
        "who was refused is not known any better on the same line"
    );

    let endpoint = Endpoint::start(vec![given("old", ""), given("old", ""), given("old", "")]);
    let refused = transport(&server, &endpoint).send(&mail()).await.expect_err("refused");
    assert!(
        !refused.is_permanent() && refused.step == Some(Step::SigningIn),
        "{refused:?}"
    );
    assert!(
        refused
            .words
            .contains("did not accept our user name and token: 535 5.7.3"),
        "{refused}"
    );
    assert_eq!(endpoint.asked().len(), 2, "once, and not for ever");
}

#[tokio::test]
async fn a_token_that_runs_out_between_two_letters_is_no_fault_of_the_second() {
    for answer in [
        "530 5.7.57 Client was not authenticated to send mail",
        "535 5.7.3 Unsuccessful",
    ] {
        let server = Server::start(Manners::TokenRunsOut(answer)).await;
        let endpoint = Endpoint::start(vec![given("old", ",\"expires_in\":3600"), given("new", "")]);
        let transport = transport(&server, &endpoint);
        for _ in 0..2 {
            transport.send(&mail()).await.expect("it is taken");
        }
        assert_eq!(
            (server.seen().letters.len(), endpoint.asked().len()),
            (2, 2),
            "{answer}"
        );
        // Whom it never believes it is not asked without end.
        let endpoint = Endpoint::start(vec![given("old", ""), given("old", ""), given("old", "")]);
        let refused = self::transport(&server, &endpoint)
            .send(&mail())
            .await
            .expect_err("refused");
        assert!(!refused.is_permanent() && !refused.may_have_gone, "{refused:?}");
        assert_eq!(endpoint.asked().len(), 2);
    }
}

#[tokio::test]
async fn a_token_endpoint_that_is_down_keeps_the_letter_waiting() {
    let server = Server::start(Manners::Tokens("AUTH XOAUTH2")).await;
    for (code, answer, says) in [
        (503, "down", "the token endpoint answers 503"),
        (400, r#"{"error":"invalid_client"}"#, "invalid_client"),
    ] {
        let endpoint = Endpoint::start(vec![(code, answer.to_owned()), given("new", "")]);
        let transport = transport(&server, &endpoint);
        let waits = transport.send(&mail()).await.expect_err("no token");
        assert!(!waits.is_permanent() && waits.step == Some(Step::Token), "{waits:?}");
        assert!(waits.words.contains(says), "{waits}");
        transport.send(&mail()).await.expect("it goes once there is a token");
    }
    let only = Server::start(Manners::SignIn("235 2.7.0 Welcome")).await;
    let endpoint = Endpoint::start(vec![given("new", "")]);
    let waits = transport(&only, &endpoint).send(&mail()).await.expect_err("no way in");
    assert!(
        !waits.is_permanent() && waits.words.contains("takes no tokens"),
        "{waits}"
    );
}

/// Postfix asks Dovecot, which believes tokens of the tests' own key.
#[tokio::test]
async fn a_real_server_takes_letters_of_whoever_shows_a_token() {
    let (Some(servers), Some(port)) = (Servers::new(), port("REDRESS_TEST_SUBMISSION")) else {
        return;
    };
    let to = "odd.one@office.example".to_owned();
    let letter = OutgoingMail {
        from: "grace.obi@office.example".to_owned(),
        to,
        ..mail()
    };
    let sent = |tokens: Vec<&str>| {
        let endpoint = Endpoint::start(tokens.into_iter().map(|token| given(token, "")).collect());
        let transport = Transport::smtp(&SmtpSettings {
            host: "localhost".to_owned(),
            tls: Tls::StartTls,
            roots: Some(servers.authorities()),
            username: Some("grace.obi@office.example".to_owned()),
            ..settings(port, &endpoint)
        });
        (transport.expect("the settings are sound"), endpoint)
    };
    let (transport, endpoint) = sent(vec![&servers.old_token, &servers.token]);
    transport.send(&letter).await.expect("it is taken");
    assert_eq!(endpoint.asked().len(), 2, "the first had run out");
    let (transport, _) = sent(vec![&servers.old_token, &servers.old_token]);
    let refused = transport.send(&letter).await.expect_err("both had run out");
    assert_eq!(refused.step, Some(Step::SigningIn), "{refused}");
    // Nobody vouches for the server: it gets no token.
    let (_, endpoint) = sent(vec![&servers.token]);
    let strange = Transport::smtp(&SmtpSettings {
        host: "localhost".to_owned(),
        tls: Tls::StartTls,
        ..settings(port, &endpoint)
    });
    let refused = strange
        .expect("the settings are sound")
        .send(&letter)
        .await
        .expect_err("unknown");
    assert_eq!(refused.step, Some(Step::Securing), "{refused}");
    assert!(endpoint.asked().is_empty());
}
