//! What a mailbox lives through: servers that go away in the middle, say nonsense, or have one message that they do not hand over.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use channels::email::inbound::imap::{After, ImapFault, MailboxSettings, SignIn, look};
use channels::email::inbound::{Mark, Why};
use channels::email::oauth::{Grant, TokenSource};

use crate::fake_imap::{FakeImap, Instead, asks_for};
use crate::imap_servers::Reading;
use crate::servers::on_this_machine;
use crate::shelf::Shelf;
use crate::tokens::Endpoint;

const FOUR: [(u32, &str); 4] = [(1, "one"), (2, "two"), (5, "five"), (6, "six")];

fn settings(server: &FakeImap) -> MailboxSettings {
    on_this_machine(server.port)
}

fn mark(uid: u32) -> Option<Mark> {
    Some(Mark { validity: 7, uid })
}

/// Reads until all four are kept, and says how many connections it took.
async fn all_four(can: &'static str, mut mishap: impl FnMut(usize, &str) -> Option<Instead> + Send + 'static) -> usize {
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = connections.clone();
    let server = FakeImap::start(&FOUR, can, move |connection, command| {
        counted.fetch_max(connection, Ordering::Relaxed);
        mishap(connection, command)
    })
    .await;
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, settings(&server));
    shelf
        .until("all four are kept", |inside| {
            inside.marks.get("helpline").copied() == mark(6)
        })
        .await;
    let mut texts = shelf.texts();
    texts.sort_unstable();
    assert_eq!(texts, ["five", "one", "six", "two"], "each once, whole");
    reading.end().await;
    connections.load(Ordering::Relaxed)
}

fn fetches(command: &str) -> bool {
    command.starts_with("UID FETCH") && command.contains("BODY")
}

#[tokio::test]
async fn a_server_that_is_gone_in_the_middle_is_asked_again() {
    assert_eq!(all_four("IDLE", |_, _| None).await, 1);
    for instead in [
        Instead::Close,
        Instead::Half,
        Instead::Say("BYE enough"),
        Instead::Say("OK of another"),
    ] {
        let mut times = 0;
        let again = all_four("IDLE", move |_, command| {
            times += usize::from(fetches(command));
            (fetches(command) && times == 1).then(|| match instead.clone() {
                Instead::Say("BYE enough") => Instead::First(b"* BYE enough\r\n".to_vec()),
                Instead::Say(_) => Instead::First(b"X9 OK of another\r\n".to_vec()),
                other => other,
            })
        });
        assert_eq!(again.await, 2);
    }
    // Each of its answers, once.
    for what in [
        "connect",
        "CAPABILITY",
        "AUTHENTICATE",
        "SELECT",
        "UID SEARCH",
        "UID FETCH *",
    ] {
        let mut once = true;
        let again = all_four("IDLE", move |_, command| {
            (command.starts_with(what) && std::mem::take(&mut once)).then_some(Instead::Half)
        });
        assert_eq!(again.await, 2, "{what}");
    }
}

#[tokio::test]
async fn nonsense_and_more_than_was_asked_is_not_believed() {
    // What it tells beside its answer makes no difference.
    let beside =
        b"* 9 FETCH (UID 99 BODY[]<0> {3}\r\nbad)\r\n* ESEARCH (TAG \"x\") ALL 1\r\n* OK hello {3}\r\n* 6 EXISTS\r\n";
    let mut once = true;
    let one = all_four("", move |_, command| {
        (fetches(command) && std::mem::take(&mut once)).then(|| Instead::First(beside.to_vec()))
    });
    assert_eq!(one.await, 1);
    for nonsense in [
        &b"* 1 FETCH (UID 1 BODY[]<0> {900000000}\r\n"[..],
        b"HTTP/1.1 200 OK\r\n",
    ] {
        let server = FakeImap::start(&FOUR, "", move |_, command| match command {
            "connect" => Some(Instead::First(nonsense.to_vec())),
            _ => None,
        })
        .await;
        let fault = look(&settings(&server)).await.expect_err("it is no server");
        assert!(matches!(fault, ImapFault::Gone(_)), "{fault}");
    }
}

#[tokio::test]
async fn a_message_that_is_not_handed_over_stops_no_other_and_is_tried_again() {
    for instead in [
        Instead::Close,
        Instead::Half,
        Instead::Say("NO it is broken"),
        Instead::Say("BAD what"),
        Instead::Say("OK of course"),
    ] {
        let heals = Arc::new(AtomicUsize::new(0));
        let healed = heals.clone();
        let odd = instead.clone();
        let server = FakeImap::start(&FOUR, "", move |_, command| {
            (asks_for(command, 5) && healed.load(Ordering::Relaxed) == 0).then(|| odd.clone())
        })
        .await;
        let shelf = Shelf::new();
        let mut reading = Reading::start(&shelf, settings(&server));
        let standing = reading
            .until("it is skipped", |standing| !standing.skipped.is_empty())
            .await;
        assert_eq!(standing.skipped[0].0, 5, "{instead:?}");
        shelf
            .until("the others are kept", |inside| inside.kept.len() == 3)
            .await;
        server.put(7, "seven");
        shelf
            .until("and so is what comes", |inside| inside.kept.len() == 4)
            .await;
        assert_eq!(
            shelf.with(|inside| inside.marks.get("helpline").copied()),
            mark(4),
            "{instead:?}: it is not passed"
        );
        heals.store(1, Ordering::Relaxed);
        shelf
            .until("it is kept in the end", |inside| {
                inside.marks.get("helpline").copied() == mark(7)
            })
            .await;
        assert_eq!(
            shelf.with(|inside| (inside.kept.len(), inside.known)),
            (5, 0),
            "{instead:?}"
        );
        reading
            .until("it is forgotten", |standing| standing.skipped.is_empty())
            .await;
        reading.end().await;
    }
}

#[tokio::test]
async fn what_the_house_cannot_keep_stays_on_the_server() {
    let server = FakeImap::start(&FOUR, "IDLE MOVE", |_, _| None).await;
    let shelf = Shelf::new();
    shelf.with(|inside| inside.refuse = vec![(b"five".to_vec(), Why::Full)]);
    let moving = MailboxSettings {
        after: After::Move("Done".to_owned()),
        ..settings(&server)
    };
    let mut reading = Reading::start(&shelf, moving);
    let standing = reading.until("it says so", |standing| standing.trouble.is_some()).await;
    assert!(standing.words().contains("stay on the server"), "{}", standing.words());
    assert_eq!(standing.skipped, [], "it is not the fault of the message");
    let moved = |uid: &str| {
        server
            .asked()
            .iter()
            .any(|asked| asked == &format!("UID MOVE {uid} \"Done\""))
    };
    assert!(!moved("5"));
    shelf.with(|inside| inside.refuse.clear());
    shelf
        .until("there is room again", |inside| {
            inside.marks.get("helpline").copied() == mark(6)
        })
        .await;
    reading.until("it is said", |standing| standing.trouble.is_none()).await;
    reading.end().await;
    let moves: Vec<String> = server
        .asked()
        .into_iter()
        .filter(|asked| asked.starts_with("UID MOVE"))
        .collect();
    assert!(moves.iter().any(|set| set.contains('5')), "{moves:?}");
    // One that the house will never keep is like one that the server does not hand over.
    let shelf = Shelf::new();
    shelf.with(|inside| inside.refuse = vec![(b"five".to_vec(), Why::Broken)]);
    let mut reading = Reading::start(&shelf, settings(&server));
    let standing = reading
        .until("it is skipped", |standing| !standing.skipped.is_empty())
        .await;
    assert_eq!((standing.skipped[0].0, shelf.texts().len()), (5, 3));
    reading.end().await;
}

#[tokio::test]
async fn messages_that_cannot_be_moved_are_kept_and_passed_all_the_same() {
    let server = FakeImap::start(&FOUR, "IDLE MOVE", |_, command| {
        command
            .starts_with("UID MOVE")
            .then_some(Instead::Say("NO you may not"))
    })
    .await;
    let moving = MailboxSettings {
        after: After::Move("Done".to_owned()),
        ..settings(&server)
    };
    let shelf = Shelf::new();
    let mut reading = Reading::start(&shelf, moving);
    let standing = reading.until("it is said", |standing| standing.left.is_some()).await;
    assert!(standing.words().contains("you may not"), "{}", standing.words());
    shelf
        .until("all are passed", |inside| {
            inside.marks.get("helpline").copied() == mark(6)
        })
        .await;
    reading.end().await;
}

#[tokio::test]
async fn a_server_that_cannot_do_much_is_asked_for_no_more() {
    let server = FakeImap::start(&FOUR, "", |_, _| None).await;
    let gone = MailboxSettings {
        after: After::Move("Done".to_owned()),
        ..settings(&server)
    };
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, gone);
    shelf
        .until("all four", |inside| inside.marks.get("helpline").copied() == mark(6))
        .await;
    server.put(9, "nine");
    shelf.until("it looks by itself", |inside| inside.kept.len() == 5).await;
    reading.end().await;
    let asked = server.asked();
    assert!(asked.contains(&"UID COPY 1:2,5:6 \"Done\"".to_owned()), "{asked:?}");
    assert!(
        asked.contains(&"UID STORE 1:2,5:6 +FLAGS.SILENT (\\Deleted)".to_owned()),
        "{asked:?}"
    );
    let never = |what: &str| !asked.iter().any(|asked| asked.contains(what));
    assert!(never("EXPUNGE") && never("IDLE") && never("MOVE"), "{asked:?}");
}

#[tokio::test]
async fn waiting_is_begun_afresh_and_a_silent_server_is_left() {
    // It says that it is still there, and nothing else: that is no reason to wait for ever.
    let server = FakeImap::start(&FOUR, "IDLE", |_, command| {
        (command == "IDLE").then(|| Instead::First(b"* OK Still here\r\n".to_vec()))
    })
    .await;
    let mut often = settings(&server);
    often.patience.idle = Duration::from_millis(20);
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, often);
    shelf
        .until("it is heard from again and again", |inside| inside.heard > 5)
        .await;
    reading.end().await;
    let waits = server.asked().iter().filter(|asked| *asked == "IDLE").count();
    assert!(waits >= 5, "{waits}");
    let mut silent = true;
    let server = FakeImap::start(&FOUR, "IDLE", move |_, command| {
        (command.starts_with("UID SEARCH") && std::mem::take(&mut silent)).then_some(Instead::Silence)
    })
    .await;
    let mut hasty = settings(&server);
    hasty.patience.answer = Duration::from_millis(200);
    let shelf = Shelf::new();
    let mut reading = Reading::start(&shelf, hasty);
    let standing = reading
        .until("it is noticed", |standing| standing.trouble.is_some())
        .await;
    assert!(standing.words().contains("does not answer"), "{}", standing.words());
    shelf
        .until("the next line is better", |inside| inside.kept.len() == 4)
        .await;
    reading.end().await;
}

#[tokio::test]
async fn a_numbering_that_changes_under_way_begins_again() {
    let server = FakeImap::start(&FOUR, "IDLE", |_, _| None).await;
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, settings(&server));
    shelf
        .until("all four", |inside| inside.marks.get("helpline").copied() == mark(6))
        .await;
    reading.end().await;
    server.number_anew(8);
    server.put(3, "three");
    let reading = Reading::start(&shelf, settings(&server));
    let all = Some(Mark { validity: 8, uid: 6 });
    shelf
        .until("all are read again", |inside| {
            inside.marks.get("helpline").copied() == all
        })
        .await;
    assert_eq!(shelf.with(|inside| (inside.kept.len(), inside.known)), (5, 4));
    reading.end().await;
}

#[tokio::test]
async fn numbers_with_great_gaps_are_found_in_few_steps() {
    let server = FakeImap::start(&[(3, "three"), (5_000_000, "far")], "IDLE", |_, _| None).await;
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, settings(&server));
    shelf
        .until("both", |inside| {
            inside.marks.get("helpline").copied() == mark(5_000_000)
        })
        .await;
    reading.end().await;
    let searches = server
        .asked()
        .iter()
        .filter(|asked| asked.starts_with("UID SEARCH"))
        .count();
    assert!(searches < 70, "{searches}");
}

#[tokio::test]
async fn a_hundred_thousand_messages_are_never_listed_together() {
    let many: Vec<(u32, &str)> = (1..=100_000).map(|uid| (uid, "small")).collect();
    let server = FakeImap::start(&many, "IDLE", |_, _| None).await;
    let shelf = Shelf::new();
    let begun = Mark {
        validity: 7,
        uid: 97_500,
    };
    shelf.with(|inside| inside.marks.insert("helpline".to_owned(), begun));
    let reading = Reading::start(&shelf, settings(&server));
    shelf
        .until("the last is reached", |inside| inside.marks["helpline"].uid == 100_000)
        .await;
    reading.end().await;
    let asked = server.asked();
    let searches: Vec<&String> = asked.iter().filter(|asked| asked.starts_with("UID SEARCH")).collect();
    assert_eq!(
        searches,
        [
            "UID SEARCH UID 97501:98500",
            "UID SEARCH UID 98501:99500",
            "UID SEARCH UID 99501:100000"
        ]
    );
    assert_eq!(
        asked.iter().filter(|asked| fetches(asked)).count(),
        50,
        "fifty at a time"
    );
}

#[tokio::test]
async fn a_mailbox_is_read_while_it_is_our_turn_and_from_where_the_other_node_was() {
    let server = FakeImap::start(&FOUR, "IDLE", |_, _| None).await;
    let shelf = Shelf::new();
    shelf.with(|inside| inside.elsewhere = true);
    let mut reading = Reading::start(&shelf, settings(&server));
    let standing = reading.until("it is told", |standing| standing.elsewhere).await;
    assert!(
        standing.words().starts_with("Another node reads it"),
        "{}",
        standing.words()
    );
    assert!(server.asked().is_empty(), "nobody connects meanwhile");
    // The other node read two and died.
    shelf.with(|inside| {
        inside.marks.insert("helpline".to_owned(), Mark { validity: 7, uid: 2 });
        inside.elsewhere = false;
    });
    shelf
        .until("the others are kept", |inside| inside.marks["helpline"].uid == 6)
        .await;
    assert_eq!(shelf.texts(), ["five", "six"]);
    reading
        .until("it is ours", |standing| standing.connected_since.is_some())
        .await;
    // We stood still for too long: another node has it, and takes what comes.
    shelf.with(|inside| inside.elsewhere = true);
    reading.until("it is lost", |standing| standing.elsewhere).await;
    server.put(7, "seven");
    shelf.with(|inside| {
        inside.marks.insert("helpline".to_owned(), Mark { validity: 7, uid: 7 });
        inside.elsewhere = false;
    });
    reading
        .until("it is ours again", |standing| standing.connected_since.is_some())
        .await;
    reading.end().await;
    assert_eq!(
        shelf.texts(),
        ["five", "six"],
        "what the other node took is not fetched"
    );
    assert_eq!(shelf.with(|inside| inside.given_back), 1);
}

/// A sign-in that has run out by the time at which the line is cut: the next token opens the mailbox, and nothing is read twice.
#[tokio::test]
async fn a_token_that_runs_out_while_the_mailbox_is_read_is_replaced() {
    let bearer = |token: &str| STANDARD.encode(format!("n,a=helpline,\u{1}auth=Bearer {token}\u{1}\u{1}"));
    let (old, new) = (bearer("first"), bearer("second"));
    let mut ran_out = false;
    let server = FakeImap::start(&FOUR, "IDLE AUTH=OAUTHBEARER", move |connection, command| {
        if command == "IDLE" && connection == 1 {
            ran_out = true;
            return Some(Instead::First(b"* BYE the token has run out\r\n".to_vec()));
        }
        (ran_out && command.ends_with(&old)).then_some(Instead::Say("NO it has run out"))
    })
    .await;
    let given = |token: &str| format!("{{\"access_token\":\"{token}\",\"token_type\":\"Bearer\",\"expires_in\":3600}}");
    let endpoint = Endpoint::start(vec![(200, given("first")), (200, given("second"))]);
    let source = TokenSource::open(endpoint.settings(Grant::Client)).expect("a source");
    let settings = MailboxSettings {
        sign_in: SignIn::Token(Arc::new(source)),
        ..settings(&server)
    };
    let shelf = Shelf::new();
    let reading = Reading::start(&shelf, settings);
    shelf.until("all four", |inside| inside.kept.len() == 4).await;
    server.put(7, "seven");
    shelf.until("and what comes", |inside| inside.kept.len() == 5).await;
    reading.end().await;
    assert_eq!(shelf.with(|inside| inside.known), 0);
    assert_eq!(endpoint.asked().len(), 2, "a new one is asked for once");
    assert!(
        server.asked().iter().any(|asked| asked.ends_with(&new)),
        "{:?}",
        server.asked()
    );
}

#[tokio::test]
async fn mail_is_not_read_in_the_clear_over_a_network() {
    let mut open = on_this_machine(143);
    open.check().expect("this machine may be asked in the clear");
    open.host = "mail.office.example".to_owned();
    let refused = open.check().expect_err("not over a network");
    assert!(refused.to_string().contains("STARTTLS"), "{refused}");
    let server = FakeImap::start(&FOUR, "IDLE", |_, _| None).await;
    let sealed = MailboxSettings {
        tls: channels::email::Tls::StartTls,
        ..settings(&server)
    };
    let fault = look(&sealed).await.expect_err("it offers none");
    assert!(fault.to_string().contains("STARTTLS"), "{fault}");
    assert!(
        !server
            .asked()
            .iter()
            .any(|asked| asked.contains("AUTHENTICATE") || asked.contains("LOGIN"))
    );
}
