//! Real SMTP conversations over the loopback, with a small server that takes, refuses, falls silent and hangs up.

mod refused;
mod round;
mod server;
mod signed;
mod support;

use std::time::Duration;

use channels::email::{OutgoingMail, SendError, SignIn, SmtpSettings, Tls, Transport};
use mail_parser::MessageParser;
use server::{Manners, Server};
use support::{mail, settings};

fn open(settings: &SmtpSettings) -> Transport {
    Transport::smtp(settings).expect("the settings are sound")
}

async fn refused(manners: Manners) -> SendError {
    let server = Server::start(manners).await;
    open(&settings(server.port))
        .send(&mail())
        .await
        .expect_err("the server does not take it")
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let server = Server::start(Manners::Polite).await;
    let accepted = open(&settings(server.port)).send(&mail()).await.unwrap();
    assert_eq!(accepted.message_id, mail().message_id);
    assert_eq!(accepted.server_reply, "250 2.0.0 Ok: queued as LETTER1");

    let seen = server.seen();
    assert_eq!(seen.commands[2], "MAIL FROM:<feedback@calderbrook.example>");
    assert_eq!(seen.commands[3], "RCPT TO:<zoe@example.org>");
    let message = MessageParser::default().parse(seen.letters[0].as_bytes()).unwrap();
    assert_eq!(
        message.body_text(0).unwrap().replace("\r\n", "\n"),
        mail().text,
        "lines of one dot must survive"
    );
    assert_eq!(
        message.message_id(),
        Some("fc-10482.3.mzxw6ytbojtg633c@calderbrook.example")
    );
}

#[tokio::test]
async fn a_server_that_reports_is_asked_to_report_and_told_the_number_of_the_letter() {
    let letter = OutgoingMail {
        return_path: "bounces+77.mzxw6ytbojtg633c@calderbrook.example".to_owned(),
        envelope_id: "77.mzxw6ytbojtg633c".to_owned(),
        ..mail()
    };
    let server = Server::start(Manners::Reports).await;
    open(&settings(server.port)).send(&letter).await.unwrap();
    assert_eq!(
        server.seen().commands[2..4],
        [
            "MAIL FROM:<bounces+77.mzxw6ytbojtg633c@calderbrook.example> RET=HDRS ENVID=77.mzxw6ytbojtg633c",
            "RCPT TO:<zoe@example.org> NOTIFY=FAILURE,DELAY",
        ]
    );
    let server = Server::start(Manners::Polite).await;
    open(&settings(server.port)).send(&letter).await.unwrap();
    assert_eq!(
        server.seen().commands[2..4],
        [
            "MAIL FROM:<bounces+77.mzxw6ytbojtg633c@calderbrook.example>",
            "RCPT TO:<zoe@example.org>",
        ],
        "one that does not is asked for nothing"
    );
}

#[tokio::test]
async fn only_a_letter_that_was_handed_over_whole_and_not_answered_may_have_gone() {
    for (manners, may_have_gone) in [
        (Manners::HangsUpAtOnce, false),
        (Manners::HangsUpAtData, false),
        (Manners::SilentAtData, false),
        (Manners::RecipientAnswer("451 4.2.1 Later"), false),
        (Manners::LetterAnswer("451 4.3.0 Later"), false),
        (Manners::LetterAnswer("550 5.7.1 Never"), false),
        (Manners::HangsUpAfterLetter, true),
        (Manners::SilentOnFirstLetter, true),
    ] {
        let server = Server::start(manners).await;
        let hasty = SmtpSettings {
            timeout: Duration::from_millis(300),
            ..settings(server.port)
        };
        let error = open(&hasty).send(&mail()).await.unwrap_err();
        assert_eq!(error.may_have_gone, may_have_gone, "{manners:?}: {error}");
    }
}

#[tokio::test]
async fn a_domain_that_may_have_one_letter_at_once_keeps_no_other_waiting() {
    let server = Server::start(Manners::Polite).await;
    let transport = open(&SmtpSettings {
        connections_per_domain: Some(1),
        ..settings(server.port)
    });
    let to = |address: &str| OutgoingMail {
        to: address.to_owned(),
        ..mail()
    };
    let (slow, next, other) = (to("a@one.example"), to("b@ONE.example"), to("a@two.example"));
    let held = transport.prepare(&slow).await.unwrap();
    let waiting = transport.prepare(&next);
    tokio::pin!(waiting);
    let other = transport.prepare(&other);
    tokio::select! {
        biased;
        _ = &mut waiting => panic!("two at once to one domain"),
        other = other => assert!(other.is_ok()),
    }
    held.hand_over().await.unwrap();
    assert!(waiting.await.is_ok());
}

#[tokio::test]
async fn letters_share_a_connection() {
    let server = Server::start(Manners::Polite).await;
    let transport = open(&settings(server.port));
    for _ in 0..3 {
        transport.send(&mail()).await.unwrap();
    }
    let seen = server.seen();
    assert_eq!((seen.letters.len(), seen.connections), (3, 1));
}

#[tokio::test]
async fn many_letters_at_once_use_few_connections() {
    let server = Server::start(Manners::Polite).await;
    let transport = std::sync::Arc::new(open(&settings(server.port)));
    let sending: Vec<_> = (0..12)
        .map(|_| {
            let transport = transport.clone();
            tokio::spawn(async move { transport.send(&mail()).await })
        })
        .collect();
    for sent in sending {
        sent.await.unwrap().unwrap();
    }
    let seen = server.seen();
    assert_eq!(seen.letters.len(), 12);
    assert!(seen.connections <= 4, "{} connections", seen.connections);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_is_not_used() {
    let server = Server::start(Manners::ClosesAfterEachLetter).await;
    let transport = open(&settings(server.port));
    transport.send(&mail()).await.unwrap();
    transport.send(&mail()).await.unwrap();
    assert_eq!((server.seen().letters.len(), server.seen().connections), (2, 2));
}

#[tokio::test]
async fn a_full_mailbox_may_have_room_later() {
    for manners in [
        Manners::RecipientAnswer("451 4.2.2 Mailbox full"),
        Manners::LetterAnswer("451 4.3.0 Try again later"),
    ] {
        let error = refused(manners).await;
        assert!(!error.is_permanent(), "{error}");
        assert!(error.words.contains("cannot take the letter now: 451 4."), "{error}");
    }
}

#[tokio::test]
async fn an_unknown_address_stays_unknown() {
    for manners in [
        Manners::RecipientAnswer("550 5.1.1 No such person here"),
        Manners::LetterAnswer("554 5.7.1 Refused"),
    ] {
        let error = refused(manners).await;
        assert!(error.is_permanent(), "{error}");
        assert!(error.words.contains("refused the letter: 55"), "{error}");
    }
}

#[tokio::test]
async fn a_refusal_says_first_what_it_means() {
    let error = refused(Manners::RecipientAnswer("550 5.1.1 No such person here")).await;
    let told = error.told_of("zoe@example.org");
    assert!(
        told.starts_with("The mail server refused zoe@example.org: there is no such mailbox. 127.0.0.1:")
            && told.ends_with("refused the letter: 550 5.1.1 No such person here."),
        "{told}"
    );
    let full = refused(Manners::RecipientAnswer("451 4.2.2 Mailbox full")).await;
    let told = full.told_of("zoe@example.org");
    assert!(
        told.starts_with("The mail server does not take letters to zoe@example.org now: the mailbox is full. "),
        "{told}"
    );
    let unexplained = refused(Manners::LetterAnswer("451 4.3.0 Try again later")).await;
    assert_eq!(unexplained.told_of("zoe@example.org"), unexplained.words);
}

#[tokio::test]
async fn after_a_refusal_the_next_letter_goes_out() {
    let server = Server::start(Manners::RefusesFirstRecipient).await;
    let transport = open(&settings(server.port));
    assert!(transport.send(&mail()).await.unwrap_err().is_permanent());
    transport.send(&mail()).await.unwrap();
    assert_eq!(server.seen().letters.len(), 1);
}

#[tokio::test]
async fn a_server_that_hangs_up_is_tried_again() {
    for manners in [
        Manners::HangsUpAtData,
        Manners::HangsUpAfterLetter,
        Manners::HangsUpAtOnce,
    ] {
        let error = refused(manners).await;
        assert!(!error.is_permanent(), "{error}");
    }
}

#[tokio::test]
async fn nobody_listening_is_tried_again() {
    let port = {
        let server = Server::start(Manners::Polite).await;
        server.stop().await
    };
    let error = open(&settings(port)).send(&mail()).await.unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("We could not reach 127.0.0.1"),
        "{error}"
    );
}

#[tokio::test]
async fn a_silent_server_is_left_and_tried_again() {
    for (manners, doing) in [
        (Manners::Silent, "to our call"),
        (Manners::SilentAtData, "while we handed over the letter"),
    ] {
        let server = Server::start(manners).await;
        let hasty = SmtpSettings {
            timeout: Duration::from_millis(300),
            ..settings(server.port)
        };
        let error = open(&hasty).send(&mail()).await.unwrap_err();
        assert!(
            !error.is_permanent() && error.words.contains(doing) && error.words.contains("0.3 seconds"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn a_conversation_cut_short_never_answers_for_the_next_letter() {
    let server = Server::start(Manners::SilentOnFirstLetter).await;
    let hasty = SmtpSettings {
        timeout: Duration::from_millis(300),
        ..settings(server.port)
    };
    let transport = open(&hasty);
    assert!(transport.send(&mail()).await.is_err());
    let accepted = transport.send(&mail()).await.unwrap();
    assert_eq!(accepted.server_reply, "250 2.0.0 Ok: queued as LETTER2");
    assert_eq!(server.seen().connections, 2);
}

#[tokio::test]
async fn a_server_that_wants_none_of_us_says_nothing_about_the_letter() {
    let error = refused(Manners::Greeting("554 5.7.1 No service for you")).await;
    assert!(
        !error.is_permanent() && error.words.contains("does not talk to us now: 554"),
        "{error}"
    );
}

#[tokio::test]
async fn a_wrong_password_keeps_the_letter_waiting() {
    let server = Server::start(Manners::SignIn("535 5.7.8 Wrong password")).await;
    let signing = SmtpSettings {
        username: Some("feedback".into()),
        sign_in: Some(SignIn::Password("wrong".into())),
        ..settings(server.port)
    };
    let error = open(&signing).send(&mail()).await.unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("did not accept our user name and password: 535"),
        "{error}"
    );
    assert!(!error.words.contains("wrong\""), "{error}");
    assert!(server.seen().letters.is_empty());

    let demanding = refused(Manners::RecipientAnswer("530 5.7.0 Authentication required")).await;
    assert!(
        !demanding.is_permanent() && demanding.words.contains("wants us to sign in"),
        "{demanding}"
    );
}

#[tokio::test]
async fn a_right_password_opens_the_door() {
    let server = Server::start(Manners::SignIn("235 2.7.0 Welcome")).await;
    let signing = SmtpSettings {
        username: Some("feedback".into()),
        sign_in: Some(SignIn::Password("right".into())),
        ..settings(server.port)
    };
    open(&signing).send(&mail()).await.unwrap();
    let commands = server.seen().commands;
    let sign_in = commands
        .iter()
        .position(|line| line.starts_with("AUTH PLAIN"))
        .expect("signed in");
    let from = commands
        .iter()
        .position(|line| line.starts_with("MAIL FROM"))
        .expect("sent");
    assert!(sign_in < from, "{commands:?}");
}

#[tokio::test]
async fn nothing_goes_out_in_the_clear_where_encryption_is_asked_for() {
    let server = Server::start(Manners::Polite).await;
    let secure = SmtpSettings {
        tls: Tls::StartTls,
        ..settings(server.port)
    };
    let error = open(&secure).send(&mail()).await.unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("offers no encryption (STARTTLS)"),
        "{error}"
    );

    let garbled = Server::start(Manners::GarbledStartTls).await;
    let error = open(&SmtpSettings {
        port: garbled.port,
        ..secure.clone()
    })
    .send(&mail())
    .await
    .unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("An encrypted connection to 127.0.0.1"),
        "{error}"
    );

    let error = open(&SmtpSettings {
        tls: Tls::Implicit,
        ..secure
    })
    .send(&mail())
    .await
    .unwrap_err();
    assert!(
        !error.is_permanent() && error.words.contains("An encrypted connection to 127.0.0.1"),
        "{error}"
    );
    for server in [server, garbled] {
        assert!(
            !server.seen().commands.iter().any(|line| line.starts_with("MAIL")),
            "{:?}",
            server.seen().commands
        );
    }
}

#[tokio::test]
async fn an_address_beyond_ascii_needs_a_server_that_can() {
    let server = Server::start(Manners::Polite).await;
    let error = open(&settings(server.port))
        .send(&OutgoingMail {
            to: "zo\u{eb}@example.org".into(),
            ..mail()
        })
        .await
        .unwrap_err();
    assert!(
        error.is_permanent() && error.words.contains("cannot take this letter"),
        "{error}"
    );
}
