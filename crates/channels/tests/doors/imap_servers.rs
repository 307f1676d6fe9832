//! Mailboxes of a real Dovecot: every way in, what becomes of messages there, and mailboxes that are large, old or numbered anew.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use channels::email::Tls;
use channels::email::inbound::Mark;
use channels::email::inbound::imap::{After, ImapFault, Mailbox, MailboxSettings, SignIn, Standing, look};
use channels::email::oauth::{Grant, TokenSource};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::servers::{Servers, trust};
use crate::shelf::Shelf;
use crate::tokens::Endpoint;

/// A mailbox that is being read.
pub(crate) struct Reading {
    pub(crate) standing: watch::Receiver<Standing>,
    close: watch::Sender<bool>,
    running: JoinHandle<()>,
}

impl Reading {
    pub(crate) fn start(shelf: &Shelf, settings: MailboxSettings) -> Reading {
        let (mailbox, standing) = Mailbox::new(shelf.clone(), settings);
        let (close, closing) = watch::channel(false);
        Reading {
            standing,
            close,
            running: tokio::spawn(mailbox.run(closing)),
        }
    }

    pub(crate) async fn until(&mut self, what: &str, holds: impl Fn(&Standing) -> bool) -> Standing {
        let waiting = self.standing.wait_for(|standing| holds(standing));
        let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        let standing = waited.unwrap_or_else(|_| panic!("{what}"));
        standing.expect("it runs").clone()
    }

    pub(crate) async fn end(self) {
        self.close.send_replace(true);
        let ended = tokio::time::timeout(Duration::from_secs(10), self.running).await;
        ended.expect("it ends when the product does").expect("well");
    }
}

fn message(number: usize) -> String {
    format!("Message-ID: <{number}@example.org>\r\nSubject: number {number}\r\n\r\nbody {number}\r\n")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_in_leads_to_the_messages() {
    let Some(servers) = Servers::new() else { return };
    let address = "grace.obi@office.example";
    let name = "ways";
    servers.put(address, message(1)).await;
    let token = || {
        let endpoint = Endpoint::start(vec![(200, given(&servers.token))]);
        SignIn::Token(Arc::new(
            TokenSource::open(endpoint.settings(Grant::Client)).expect("a source"),
        ))
    };
    let password = || SignIn::Password(servers.password.clone());
    for (tls, port, sign_in) in [
        (Tls::StartTls, servers.imap, password()),
        (Tls::Implicit, servers.imaps, password()),
        (Tls::None, servers.imap, password()),
        (Tls::Implicit, servers.imaps, token()),
        (Tls::StartTls, servers.imap, token()),
    ] {
        let settings = MailboxSettings {
            name: name.to_owned(),
            tls,
            port,
            sign_in,
            ..servers.settings(address)
        };
        let shelf = Shelf::new();
        let reading = Reading::start(&shelf, settings.clone());
        shelf.until("it is kept", |inside| !inside.kept.is_empty()).await;
        shelf
            .until("so is how far", |inside| inside.marks.contains_key(name))
            .await;
        assert!(shelf.texts()[0].ends_with("body 1\r\n"), "{tls:?}");
        reading.end().await;
        assert!(look(&settings).await.expect("it goes").tells);
    }
}

fn given(token: &str) -> String {
    format!("{{\"access_token\":\"{token}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_that_is_refused_is_asked_for_once_more() {
    let Some(servers) = Servers::new() else { return };
    let endpoint = Endpoint::start(vec![(200, given(&servers.old_token)), (200, given(&servers.token))]);
    let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
    let settings = MailboxSettings {
        sign_in: SignIn::Token(Arc::new(source)),
        ..servers.settings("grace.obi@office.example")
    };
    look(&settings).await.expect("the second one opens it");
    assert_eq!(endpoint.asked().len(), 2);
    let endpoint = Endpoint::start(vec![(200, given(&servers.old_token)), (200, given(&servers.old_token))]);
    let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
    let settings = MailboxSettings {
        sign_in: SignIn::Token(Arc::new(source)),
        ..settings
    };
    let refused = look(&settings).await.expect_err("both have run out");
    assert!(matches!(refused, ImapFault::SignIn(_)), "{refused}");
    assert_eq!(endpoint.asked().len(), 2, "not more often than that");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_cannot_be_trusted_or_does_not_let_us_in_is_named() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("named");
    let wrong = MailboxSettings {
        sign_in: SignIn::Password("wrong".to_owned()),
        ..servers.settings(&address)
    };
    let mut reading = Reading::start(&Shelf::new(), wrong);
    let standing = reading.until("it says so", |standing| standing.trouble.is_some()).await;
    assert!(
        standing.words().starts_with("Not connected: cannot sign in: "),
        "{}",
        standing.words()
    );
    reading.end().await;
    let stranger = MailboxSettings {
        trust: trust(Vec::new()),
        ..servers.settings(&address)
    };
    let fault = look(&stranger).await.expect_err("nobody vouches for it").to_string();
    assert!(
        fault.contains("cannot be encrypted") && fault.contains("certificate"),
        "{fault}"
    );
    let nowhere = MailboxSettings {
        folder: "No such folder".to_owned(),
        ..servers.settings(&address)
    };
    let fault = look(&nowhere).await.expect_err("it is not there");
    assert!(matches!(fault, ImapFault::NoFolder(_)), "{fault}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_message_is_taken_when_it_comes() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("idle");
    let shelf = Shelf::new();
    let mut reading = Reading::start(&shelf, servers.settings(&address));
    reading
        .until("it is connected", |standing| standing.connected_since.is_some())
        .await;
    for number in 1..=3 {
        servers.put(&address, message(number)).await;
        shelf
            .until("the server told us", |inside| inside.kept.len() == number)
            .await;
    }
    let standing = reading.until("it is told", |standing| standing.taken == 3).await;
    assert!(standing.words().contains("3 since the start"), "{}", standing.words());
    reading.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_becomes_of_a_message_there_is_as_it_was_said() {
    let Some(servers) = Servers::new() else { return };
    for (after, in_inbox, moved) in [
        (After::Leave, 2, None),
        (After::Seen, 2, None),
        (After::Move("Fälle & mehr".to_owned()), 0, Some("Fälle & mehr")),
        (After::Delete, 0, None),
    ] {
        let address = servers.fresh("after");
        servers.put(&address, message(1)).await;
        servers.put(&address, message(2)).await;
        let settings = MailboxSettings {
            after: after.clone(),
            ..servers.settings(&address)
        };
        let shelf = Shelf::new();
        let mut reading = Reading::start(&shelf, settings.clone());
        let standing = reading.until("both came", |standing| standing.taken == 2).await;
        assert_eq!(standing.left, None, "{after:?}");
        reading.end().await;
        assert_eq!(look(&settings).await.expect("it goes").messages, in_inbox, "{after:?}");
        if let Some(folder) = moved {
            let there = MailboxSettings {
                folder: folder.to_owned(),
                after: After::Leave,
                ..settings.clone()
            };
            assert_eq!(look(&there).await.expect("it was made").messages, 2);
        }
        let seen = flags(&servers.mailboxes.join(&address))
            .iter()
            .filter(|flags| flags.contains('S'))
            .count();
        assert_eq!(seen, if after == After::Seen { 2 } else { 0 }, "{after:?}");
        // It is read on from the mark: nothing comes twice.
        let mut again = Reading::start(&shelf, settings);
        again
            .until("it is read again", |standing| standing.connected_since.is_some())
            .await;
        again.end().await;
        assert_eq!(shelf.with(|inside| (inside.kept.len(), inside.known)), (2, 0));
    }
}

/// The flags of each message of a Maildir.
fn flags(maildir: &Path) -> Vec<String> {
    let files = ["cur", "new"]
        .into_iter()
        .flat_map(|part| std::fs::read_dir(maildir.join(part)).expect("a Maildir"));
    let names = files.map(|file| file.expect("a file").file_name().to_string_lossy().into_owned());
    names
        .map(|name| {
            name.rsplit_once(":2,")
                .map(|(_, flags)| flags.to_owned())
                .unwrap_or_default()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn fifty_megabytes_come_a_piece_at_a_time() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("large");
    let body = format!("{}\r\n", "x".repeat(998)).repeat(50_000);
    servers.put(&address, format!("Subject: large\r\n\r\n{body}")).await;
    servers.put(&address, message(2)).await;
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, servers.settings(&address));
    shelf.until("both are kept", |inside| inside.kept.len() == 2).await;
    let (length, longest) = shelf.with(|inside| {
        let lengths = inside.kept.iter().map(|item| item.length);
        (lengths.max(), inside.longest_piece)
    });
    assert!(length.is_some_and(|length| length > 50_000_000), "{length:?}");
    assert!(longest <= 128 * 1024, "{longest}");
    reading.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_one_that_is_too_large_the_beginning_comes_once_and_the_whole_stays_there() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("too-large");
    let body = format!("{}\r\n", "x".repeat(998)).repeat(3_000);
    servers.put(&address, format!("Subject: large\r\n\r\n{body}")).await;
    servers.put(&address, message(2)).await;
    let settings = MailboxSettings {
        size_limit: 1_000_000,
        after: After::Delete,
        ..servers.settings(&address)
    };
    let shelf = Shelf::new();
    let mut reading = Reading::start(&shelf, settings.clone());
    let standing = reading.until("both came", |standing| standing.taken == 2).await;
    assert_eq!(standing.skipped, []);
    shelf
        .until("both are passed", |inside| {
            inside.marks.get("helpline").is_some_and(|mark| mark.uid == 2)
        })
        .await;
    reading.end().await;
    let large = shelf.with(|inside| {
        let large = inside.kept.iter().find(|item| item.larger_than.is_some());
        large.map(|item| (item.larger_than, item.length, item.bytes.starts_with(b"Return-Path")))
    });
    assert_eq!(large, Some((Some(1_000_000), 128 * 1024, true)));
    assert_eq!(
        look(&settings).await.expect("it goes").messages,
        1,
        "what is kept whole was removed, and what is not was not"
    );
    let mut again = Reading::start(&shelf, settings);
    again
        .until("it is read again", |standing| standing.connected_since.is_some())
        .await;
    again.end().await;
    assert_eq!(shelf.with(|inside| (inside.kept.len(), inside.known)), (2, 0), "once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mailbox_that_is_numbered_anew_is_read_again_and_known() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("anew");
    for number in 1..=3 {
        servers.put(&address, message(number)).await;
    }
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, servers.settings(&address));
    shelf
        .until("all are kept", |inside| {
            inside.marks.get("helpline").is_some_and(|mark| mark.uid == 3)
        })
        .await;
    let before = shelf.with(|inside| inside.marks["helpline"]);
    reading.end().await;
    // Dovecot names a numbering by the second in which it made it: the same second makes the same name.
    let mut after = before;
    for _ in 0..100 {
        lose_numbers(&servers.mailboxes.join(&address));
        let mut reading = Reading::start(&shelf, servers.settings(&address));
        reading
            .until("it is read again", |standing| standing.connected_since.is_some())
            .await;
        reading.end().await;
        after = shelf.with(|inside| inside.marks["helpline"]);
        if after.validity != before.validity {
            break;
        }
    }
    assert_ne!(before.validity, after.validity, "it is numbered anew");
    assert_eq!(after.uid, 3);
    assert_eq!(shelf.with(|inside| (inside.kept.len(), inside.known)), (3, 3));
}

/// As after a restore from a backup: the server has lost its numbers.
fn lose_numbers(maildir: &Path) {
    for file in std::fs::read_dir(maildir).expect("a Maildir") {
        let file = file.expect("a file").path();
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        if name.starts_with("dovecot") {
            std::fs::remove_file(file).expect("it can go");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_messages_are_no_obstacle_to_the_last() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("many");
    fill(&servers.mailboxes.join(&address), 10_000);
    let mut settings = servers.settings(&address);
    // Dovecot looks at each file of it when it opens it for the first time.
    settings.patience.answer = Duration::from_secs(120);
    assert_eq!(look(&settings).await.expect("it goes").messages, 10_000);
    let shelf = Shelf::new();
    // To learn how the folder is numbered.
    let reading = Reading::start(&shelf, settings.clone());
    let begun = |mark: Option<&Mark>| mark.is_some_and(|mark| mark.uid > 1_000);
    shelf
        .until("the first range is read", |inside| begun(inside.marks.get("helpline")))
        .await;
    reading.end().await;
    let validity = shelf.with(|inside| inside.marks["helpline"].validity);
    let shelf = Shelf::new();
    let near_the_end = Mark { validity, uid: 9_950 };
    shelf.with(|inside| inside.marks.insert("helpline".to_owned(), near_the_end));
    let reading = Reading::start(&shelf, settings);
    shelf
        .until("the last is reached", |inside| inside.marks["helpline"].uid == 10_000)
        .await;
    assert_eq!(
        shelf.with(|inside| inside.kept.len()),
        50,
        "and nothing before the mark is asked for"
    );
    reading.end().await;
}

/// A Maildir with so many messages, as a mailbox of many years has them.
pub(crate) fn fill(maildir: &Path, many: usize) {
    for part in ["", "cur", "new", "tmp"] {
        let folder = maildir.join(part);
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o777)).expect("open to the server");
    }
    for number in 1..=many {
        let text = message(number);
        let file = maildir.join(format!("cur/{}:2,S", maildir_name(number, text.len())));
        std::fs::write(file, text).expect("a file");
    }
}

/// A name as mail servers give them, with an instant, a process and the length. Names that follow each other too closely all fall into one place of
/// Dovecot's tables, and it takes minutes over them.
fn maildir_name(number: usize, length: usize) -> String {
    let (instant, micros) = (1_600_000_000 + 997 * number, 104_729 * number % 1_000_000);
    let process = 1_000 + 7_919 * number % 30_000;
    format!("{instant}.M{micros}P{process}.mail,S={length},W={length}")
}
