//! The doors with the office behind them: what came in is on record, once, and how far each mailbox was read.

use std::time::Duration;

use casework::mail::boxes;
use channels::email::inbound::imap::{Mailbox, MailboxSettings, Standing};
use channels::email::inbound::lmtp::{Envelope, Lmtp, hand_over};
use channels::email::inbound::{House, Mark};
use testkit::office::OpenOffice;
use tokio::sync::watch;

use crate::fake_imap::FakeImap;
use crate::lmtp::settings;
use crate::servers::on_this_machine;

/// Reads the mailbox until it was gone over once, and says how it stands.
async fn read_once(house: &House, settings: MailboxSettings) -> Standing {
    let (mailbox, mut standing) = Mailbox::new(house.clone(), settings);
    let (close, closing) = watch::channel(false);
    let running = tokio::spawn(mailbox.run(closing));
    let once = standing.wait_for(|standing| standing.connected_since.is_some());
    let once = tokio::time::timeout(Duration::from_secs(30), once)
        .await
        .expect("in time");
    let once = once.expect("it runs").clone();
    close.send_replace(true);
    running.await.expect("it ends");
    once
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_is_read_on_from_where_the_office_was_and_known_when_it_is_numbered_anew() {
    let open = OpenOffice::at("2026-06-09 09:15").await;
    let house = House(open.office.clone());
    let large = format!("Subject: two\r\n\r\n{}", "x".repeat(300_000));
    let three = [
        (1, "Subject: one\r\n\r\n1"),
        (2, &*large),
        (5, "Subject: five\r\n\r\n5"),
    ];
    let server = FakeImap::start(&three, "IDLE", |_, _| None).await;
    let helpline = on_this_machine(server.port);
    assert_eq!(read_once(&house, helpline.clone()).await.taken, 3);
    let mark = boxes::mark(&open.office, "helpline").await.expect("it is read");
    assert_eq!(mark, Some(Mark { validity: 7, uid: 5 }));
    server.put(6, "Subject: six\r\n\r\n6");
    assert_eq!(read_once(&house, helpline.clone()).await.taken, 1, "only what is new");
    server.number_anew(8);
    assert_eq!(read_once(&house, helpline).await.taken, 0, "all are known");
    let mark = boxes::mark(&open.office, "helpline").await.expect("it is read");
    assert_eq!(mark, Some(Mark { validity: 8, uid: 6 }));
    let all = boxes::all(&open.office).await.expect("they are read");
    assert_eq!(all.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_handed_over_twice_is_kept_once() {
    let open = OpenOffice::at("2026-06-09 09:15").await;
    let port = settings("127.0.0.1:0".parse().expect("an address"));
    let door = Lmtp::open(House(open.office.clone()), port).await.expect("a door");
    let port = door.port().expect("it says").expect("a port");
    let (close, closing) = watch::channel(false);
    let running = tokio::spawn(door.run(closing));
    let handed = tokio::task::spawn_blocking(move || {
        let to = format!("127.0.0.1:{port}").parse().expect("an address");
        let envelope = Envelope {
            sender: None,
            recipients: vec!["it@office.example".to_owned(), "feedback@office.example".to_owned()],
        };
        for message in [
            "Message-ID: <1@x>\n\none",
            "Message-ID: <1@x>\n\none",
            "Message-ID: <2@x>\n\ntwo",
        ] {
            hand_over(&to, &envelope, &mut message.as_bytes()).expect("taken");
        }
    });
    handed.await.expect("all are taken");
    close.send_replace(true);
    running.await.expect("it ends");
    let waiting = casework::mail::ledger::claim(&open.office, 10)
        .await
        .expect("the ledger");
    assert_eq!(waiting.len(), 2);
}
