//! Trials of mail against real servers: all well, and each thing that can be wrong, said in a plain sentence of its own.

use std::sync::Arc;
use std::time::Duration;

use ::mail::Settings;
use ::mail::automatic::Own as OwnMail;
use casework::mail::token::loop_mark;
use casework::mail::{self, Arrival, Place, ledger, tray, trial as record};
use casework::{Office, jobs};
use channels::email::inbound::House;
use channels::email::inbound::imap::{Mailbox, MailboxSettings};
use channels::email::inbound::lmtp::Listen;
use channels::email::{SignIn, SmtpSettings, Tls, Transport};
use channels::mail_room::MailRoom;
use channels::trial::{Expected, Own, Parts, Sender, Sending, Server, attend, run};
use jiff::SignedDuration;
use rules::mail::{Check, Fate, Found};
use testkit::office::OpenOffice;
use testkit::people::{ruth, tom};
use testkit::story::TUESDAY;
use tokio::sync::{mpsc, watch};

use crate::servers::{Servers, on_this_machine, port};
use crate::support::settings;

/// Our address, to which nobody else in these tests writes.
const OURS: &str = "bea.boss@office.example";

struct Real {
    servers: Servers,
    submission: u16,
}

impl Real {
    fn new() -> Option<Real> {
        Some(Real {
            servers: Servers::new()?,
            submission: port("REDRESS_TEST_SUBMISSION")?,
        })
    }

    fn smtp(&self) -> SmtpSettings {
        SmtpSettings {
            host: "localhost".to_owned(),
            tls: Tls::StartTls,
            roots: Some(self.servers.authorities()),
            username: Some(OURS.to_owned()),
            sign_in: Some(SignIn::Password(self.servers.password.clone())),
            ..settings(self.submission)
        }
    }

    fn mailbox(&self) -> MailboxSettings {
        self.servers.settings(OURS)
    }

    fn parts(&self, smtp: SmtpSettings, mailbox: MailboxSettings, wait: Duration) -> Parts {
        Parts {
            mailboxes: vec![("helpline".to_owned(), Ok(mailbox))],
            door: None,
            sending: sending(smtp),
            addresses: vec![own(OURS)],
            sender: Sender {
                address: OURS.to_owned(),
                name: "IT Services".to_owned(),
                reports_to: OURS.to_owned(),
            },
            signed_as: None,
            wait,
        }
    }
}

fn own(address: &str) -> Own {
    Own {
        address: address.to_owned(),
        for_what: "People write to it".to_owned(),
        expected: Expected::Here,
    }
}

fn sending(settings: SmtpSettings) -> Sending {
    let transport = Transport::smtp(&settings).expect("the settings are sound");
    Sending::Server(Box::new(Server { settings, transport }))
}

async fn tried(parts: &Parts, office: Option<&Arc<Office>>) -> Vec<Check> {
    let (say, mut said) = mpsc::unbounded_channel();
    run(parts, office, &say).await;
    drop(say);
    let mut all = Vec::new();
    while let Some(check) = said.recv().await {
        all.push(check);
    }
    all
}

/// What was found of this, in a line.
fn of(checks: &[Check], about: &str) -> String {
    let found = checks.iter().find(|check| check.about.starts_with(about));
    let check = found.unwrap_or_else(|| panic!("{about} in {checks:#?}"));
    let todo = check.todo.as_deref().unwrap_or_default();
    format!("{}: {} {todo}", check.found.code(), check.says)
}

fn says(checks: &[Check], about: &str, parts: &[&str]) {
    let line = of(checks, about);
    for part in parts {
        assert!(line.contains(part), "{part:?} in {line}");
    }
}

/// Whatever the DNS of this machine says is no fault of the mail.
fn faults(checks: &[Check]) -> usize {
    checks.iter().filter(|check| check.found == Found::Fault).count()
}

/// The product at work: the mailbox is read, what comes is taken to its end, and the clocks are looked at.
struct Works {
    close: watch::Sender<bool>,
    all: Vec<tokio::task::JoinHandle<()>>,
}

impl Works {
    fn on(open: &OpenOffice, mailbox: MailboxSettings) -> Works {
        let (close, closing) = watch::channel(false);
        let office = &open.office;
        let (mailbox, _) = Mailbox::new(House(office.clone()), mailbox);
        let room = MailRoom {
            office: office.clone(),
            settings: Settings {
                own: OwnMail {
                    addresses: vec![OURS.to_owned()],
                    mark: loop_mark(office),
                    ..OwnMail::default()
                },
                ..Settings::default()
            },
        };
        let all = vec![
            tokio::spawn(mailbox.run(closing.clone())),
            tokio::spawn(room.run(closing.clone())),
            tokio::spawn(jobs::schedule::run(office.clone(), closing)),
        ];
        Works { close, all }
    }

    async fn end(self) {
        self.close.send_replace(true);
        for one in self.all {
            one.await.expect("it ends");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_somebody_asks_for_is_tried_and_comes_back_by_the_running_product() {
    let Some(real) = Real::new() else { return };
    let open = OpenOffice::at(TUESDAY).await;
    let works = Works::on(&open, real.mailbox());
    let (close, closing) = watch::channel(false);
    let parts = real.parts(real.smtp(), real.mailbox(), Duration::from_secs(60));
    let attending = tokio::spawn(attend(parts, open.office.clone(), closing));
    record::ask(&open.office, &tom()).await.expect("asked");
    let trial = loop {
        let kept = record::latest(&open.office)
            .await
            .expect("it is read")
            .expect("it was asked for");
        if kept.ended_at.is_some() {
            break kept;
        }
        tokio::task::yield_now().await;
    };
    let checks = &trial.checks;
    says(
        checks,
        "Mailbox helpline",
        &["well", "answers encrypted", "INBOX holds", "(IDLE)"],
    );
    says(
        checks,
        "Mail server",
        &["well", "STARTTLS", "is signed in", "PLAIN, LOGIN, XOAUTH2", "(DSN)"],
    );
    says(
        checks,
        "Test message to bea",
        &["well", "came in again by helpline within", "People write to it"],
    );
    assert!(trial.is_well(), "{checks:#?}");
    assert_eq!(trial.asked_by, tom().name);
    close.send_replace(true);
    attending.await.expect("it ends");
    works.end().await;
    // It is set aside where people can see it, nobody was told that we have it, and no case began.
    let aside = tray::list(&open.office, Fate::Trial, (i64::MAX, 10), &ruth())
        .await
        .expect("a list");
    assert!(!aside.is_empty());
    let owed = casework::jobs::post::claim(&open.office, 10).await.expect("an outbox");
    assert!(owed.is_empty(), "nobody is acknowledged");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_product_the_mailbox_is_looked_into_and_nothing_in_it_changes() {
    let Some(real) = Real::new() else { return };
    let open = OpenOffice::at(TUESDAY).await;
    let parts = real.parts(real.smtp(), real.mailbox(), Duration::from_secs(60));
    let checks = tried(&parts, Some(&open.office)).await;
    says(
        &checks,
        "Test message",
        &["well", "lies in the mailbox helpline", "does not run"],
    );
    assert_eq!(faults(&checks), 0);
    assert!(
        ledger::claim(&open.office, 10).await.expect("a ledger").is_empty(),
        "nothing was taken in"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_that_never_comes_back_ends_with_a_sentence() {
    let Some(real) = Real::new() else { return };
    let open = OpenOffice::at(TUESDAY).await;
    let mut parts = real.parts(real.smtp(), real.mailbox(), Duration::from_secs(1));
    // It is delivered to somebody else's mailbox, which we do not read.
    parts.addresses = vec![own("odd.one@office.example"), own("gone@office.example")];
    let checks = tried(&parts, Some(&open.office)).await;
    says(
        &checks,
        "Test message to odd",
        &["fault", "did not come back within 1 second", "log of the mail server"],
    );
    says(
        &checks,
        "Test message to gone",
        &["fault", "was not taken", "no such mailbox"],
    );
    parts.door = Some(Listen::Port("127.0.0.1:9".parse().expect("an address")));
    let checks = tried(&parts, Some(&open.office)).await;
    says(
        &checks,
        "Door",
        &["fault", "Nobody listens at 127.0.0.1:9", "redress serve"],
    );
    says(&checks, "Test message to odd", &["hint", "can be tested while it runs"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_thing_that_is_wrong_has_a_sentence_of_its_own() {
    let Some(real) = Real::new() else { return };
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let closed = free.local_addr().expect("its number").port();
    drop(free);
    let strange = on_this_machine(0).trust;
    let wrong = || Some(SignIn::Password("wrong".to_owned()));
    let mailboxes: [(MailboxSettings, &[&str]); 5] = [
        (
            MailboxSettings {
                sign_in: SignIn::Password("wrong".to_owned()),
                ..real.mailbox()
            },
            &["does not let bea.boss@office.example in", "password_file"],
        ),
        (
            MailboxSettings {
                port: closed,
                ..real.mailbox()
            },
            &["Nobody answers at localhost", "host and port"],
        ),
        (
            MailboxSettings {
                trust: strange,
                ..real.mailbox()
            },
            &["cannot be encrypted", "roots"],
        ),
        (
            MailboxSettings {
                folder: "Missing".to_owned(),
                ..real.mailbox()
            },
            &["the folder \"Missing\" cannot be opened", "Make the folder Missing"],
        ),
        (
            MailboxSettings {
                host: "127.0.0.1".to_owned(),
                ..real.mailbox()
            },
            &["cannot be encrypted", "Write the name into host"],
        ),
    ];
    for (mailbox, parts) in mailboxes {
        let checks = tried(&real.parts(real.smtp(), mailbox, Duration::ZERO), None).await;
        says(&checks, "Mailbox", parts);
        says(&checks, "Mail server", &["well"]);
    }
    let plain = port("REDRESS_TEST_MAIL").expect("a server");
    let servers: [(SmtpSettings, &[&str]); 5] = [
        (
            SmtpSettings {
                sign_in: wrong(),
                ..real.smtp()
            },
            &[
                "did not accept our user name and password: 535",
                "Compare username and password_file under [email]",
            ],
        ),
        (
            SmtpSettings {
                port: closed,
                ..real.smtp()
            },
            &["We could not reach localhost", "587 with STARTTLS"],
        ),
        (
            SmtpSettings {
                roots: None,
                ..real.smtp()
            },
            &["An encrypted connection to localhost", "roots in [email]"],
        ),
        (
            SmtpSettings {
                username: None,
                sign_in: None,
                ..real.smtp()
            },
            &["well"],
        ),
        (
            SmtpSettings {
                port: plain,
                roots: None,
                ..real.smtp()
            },
            &["offers no encryption (STARTTLS)", "does not offer STARTTLS on port"],
        ),
    ];
    for (smtp, parts) in servers {
        let checks = tried(&real.parts(smtp, real.mailbox(), Duration::ZERO), None).await;
        says(&checks, "Mail server", parts);
        says(&checks, "Mailbox", &["well"]);
    }
    let none = Parts {
        sending: Sending::Nowhere("keys/smtp cannot be read".to_owned()),
        mailboxes: vec![("helpline".to_owned(), Err("keys/imap cannot be read".to_owned()))],
        ..real.parts(real.smtp(), real.mailbox(), Duration::ZERO)
    };
    let checks = tried(&none, None).await;
    says(&checks, "Mailbox", &["fault", "keys/imap cannot be read"]);
    says(&checks, "Mail server", &["fault", "keys/smtp cannot be read"]);
}

fn later(open: &OpenOffice, seconds: i64) {
    open.stop_at(open.office.now() + SignedDuration::from_secs(seconds));
}

/// A message that names itself one of a trial, by this id.
async fn comes(open: &OpenOffice, id: &str, head: &str) -> Fate {
    let office = &open.office;
    let arrival = Arrival {
        mailbox: "lmtp".to_owned(),
        place: Place::Handed,
        sender: None,
        recipients: vec![OURS.to_owned()],
    };
    let mut incoming = mail::begin(office, arrival).await.expect("room");
    let raw = format!(
        "Message-ID: <{id}@office.example>\r\n{head}Subject: Test message\r\n\r\nIt drops every ten minutes.\r\n"
    );
    incoming.write(raw.as_bytes()).await.expect("room");
    let mail::Kept::New(number) = incoming.keep().await.expect("kept") else {
        panic!("it is new")
    };
    let room = MailRoom {
        office: office.clone(),
        settings: Settings::default(),
    };
    room.round().await.expect("a round");
    ledger::ended(office, number)
        .await
        .expect("a ledger")
        .expect("an end")
        .0
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_of_a_trial_makes_nothing_vanish_and_holds_for_an_hour() {
    const BY_MACHINE: &str = "From: x@elsewhere.example\r\nAuto-Submitted: auto-generated\r\n";
    const BY_HAND: &str = "From: Ada <ada@students.example>\r\n";
    let open = OpenOffice::at(TUESDAY).await;
    let name = || record::name(&open.office).expect("a name");
    let held = name();
    assert_eq!(comes(&open, &held.id, BY_MACHINE).await, Fate::Trial);
    assert_eq!(
        comes(&open, &name().id, BY_HAND).await,
        Fate::NewCase,
        "what a person wrote is never set aside by it"
    );
    let forged = name().id.replace("trial.", "trial.9");
    assert_eq!(comes(&open, &forged, BY_MACHINE).await, Fate::AutoReply);
    let late = name();
    later(&open, 3_601);
    assert_eq!(
        comes(&open, &late.id, BY_MACHINE).await,
        Fate::AutoReply,
        "its time is over"
    );
}

#[tokio::test]
async fn one_trial_at_a_time_is_taken_up_once_and_one_that_broke_off_is_over() {
    let open = OpenOffice::at(TUESDAY).await;
    let office = &open.office;
    record::ask(office, &tom()).await.expect("asked");
    let taken = record::take_up(office).await.expect("a store").expect("it waits");
    assert!(record::take_up(office).await.expect("a store").is_none(), "once");
    record::ask(office, &ruth()).await.expect("asked");
    let kept = record::latest(office).await.expect("a store").expect("one");
    assert_eq!(kept, taken, "it is under way");
    later(&open, 601);
    record::ask(office, &ruth()).await.expect("asked");
    let other = record::take_up(office).await.expect("a store").expect("another");
    assert_eq!(other.asked_by, ruth().name);
    record::note(office, &taken).await.expect("a store");
    let kept = record::latest(office).await.expect("a store").expect("one");
    assert_eq!(kept, other, "what broke off writes over nothing");
}
