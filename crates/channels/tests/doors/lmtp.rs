//! The door for mail servers: what it takes, what it refuses, and what it answers.

use std::time::Duration;

use channels::email::inbound::lmtp::{Addresses, Listen, Lmtp, LmtpSettings};
use channels::email::inbound::{Place, Why};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::sync::watch;

use crate::shelf::Shelf;

const LIMIT: u64 = 60_000_000;

pub(crate) fn settings(listen: Listen) -> LmtpSettings {
    LmtpSettings::usual(
        listen,
        Addresses::new(["feedback@office.example", "it@office.example"]),
        LIMIT,
    )
}

/// A door that is open, with the shelf behind it. It closes with this value.
pub(crate) struct Door {
    pub(crate) shelf: Shelf,
    pub(crate) port: u16,
    _close: watch::Sender<bool>,
}

impl Door {
    pub(crate) async fn open() -> Door {
        let port = "127.0.0.1:0".parse().expect("an address");
        Door::with(settings(port)).await
    }

    pub(crate) async fn with(settings: LmtpSettings) -> Door {
        let shelf = Shelf::new();
        let door = Lmtp::open(shelf.clone(), settings).await.expect("a door");
        let (close, closing) = watch::channel(false);
        let port = door.port().expect("it says").unwrap_or_default();
        tokio::spawn(door.run(closing));
        Door {
            shelf,
            port,
            _close: close,
        }
    }

    async fn talk(&self) -> Talk {
        let stream = TcpStream::connect(("127.0.0.1", self.port)).await.expect("a line");
        let mut talk = Talk(BufReader::new(stream));
        assert_eq!(talk.hear().await, "220 redress LMTP");
        talk
    }

    /// A line on which an envelope for one of ours was taken.
    async fn envelope(&self) -> Talk {
        let mut talk = self.talk().await;
        talk.say("LHLO mail\r\nMAIL FROM:<ada@example.org>\r\nRCPT TO:<feedback@office.example>\r\n")
            .await;
        assert_eq!(talk.codes(3).await, ["250", "250", "250"]);
        talk
    }
}

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn say(&mut self, words: impl AsRef<[u8]>) {
        self.0.get_mut().write_all(words.as_ref()).await.expect("it listens");
    }

    /// The last line of the next answer; nothing when the line is closed.
    async fn hear(&mut self) -> String {
        loop {
            let mut line = String::new();
            let heard = self.0.read_line(&mut line);
            let heard = tokio::time::timeout(Duration::from_secs(20), heard)
                .await
                .expect("an answer");
            if heard.unwrap_or_default() == 0 {
                return String::new();
            }
            if line.as_bytes().get(3) != Some(&b'-') {
                return line.trim_end().to_owned();
            }
        }
    }

    async fn codes(&mut self, many: usize) -> Vec<String> {
        let mut codes = Vec::new();
        for _ in 0..many {
            codes.push(self.hear().await.chars().take(3).collect());
        }
        codes
    }
}

#[tokio::test]
async fn a_message_for_two_of_ours_is_one_message_and_has_two_answers() {
    let door = Door::open().await;
    let mut talk = door.talk().await;
    // All at once, as PIPELINING allows.
    talk.say(
        "LHLO mail\r\nMAIL FROM:<ada@example.org> BODY=8BITMIME SIZE=40\r\nRCPT TO:<Feedback+x1@office.example>\r\n\
         RCPT TO:<stranger@example.org>\r\nRCPT TO:<it@office.example>\r\nDATA\r\n",
    )
    .await;
    assert_eq!(talk.codes(6).await, ["250", "250", "250", "550", "250", "354"]);
    talk.say("Subject: caf\u{e9}\r\n\r\n..two dots\r\n.\r\nQUIT\r\n").await;
    assert_eq!(talk.codes(3).await, ["250", "250", "221"]);
    assert_eq!(talk.hear().await, "", "it closes after the goodbye");
    let kept = door.shelf.with(|inside| inside.kept.clone());
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].bytes, "Subject: caf\u{e9}\r\n\r\n.two dots\r\n".as_bytes());
    let arrival = &kept[0].arrival;
    assert_eq!(
        (&*arrival.mailbox, arrival.place, arrival.sender.as_deref()),
        ("lmtp", Place::Handed, Some("ada@example.org"))
    );
    assert_eq!(arrival.recipients, ["Feedback+x1@office.example", "it@office.example"]);
}

#[tokio::test]
async fn a_message_is_the_same_wherever_the_line_cuts_it() {
    let door = Door::open().await;
    let sent = b"A: b\r\n\r\n..\r\n...x\r\nbare\nline\r\n.\r\n";
    let meant: &[u8] = b"A: b\r\n\r\n.\r\n..x\r\nbare\nline\r\n";
    for cut in 1..sent.len() {
        let mut talk = door.envelope().await;
        talk.say("DATA\r\n").await;
        assert_eq!(talk.codes(1).await, ["354"]);
        talk.say(&sent[..cut]).await;
        talk.say(&sent[cut..]).await;
        assert_eq!(talk.codes(1).await, ["250"], "cut at {cut}");
    }
    let kept = door.shelf.with(|inside| inside.kept.clone());
    assert_eq!(kept.len(), 1, "it is the same each time");
    assert_eq!(kept[0].bytes, meant);
}

#[tokio::test]
async fn the_end_may_be_cut_just_where_much_is_handed_on() {
    let door = Door::open().await;
    // 65,535 bytes: with the first half of the end they are just so many that they are handed on.
    let body = format!("X: {}\r\n", "x".repeat(65_530));
    let mut talk = door.envelope().await;
    talk.say("DATA\r\n").await;
    assert_eq!(talk.codes(1).await, ["354"]);
    talk.say(format!("{body}.\r")).await;
    door.shelf
        .until("they are handed on", |inside| inside.longest_piece > 0)
        .await;
    talk.say("\n").await;
    assert_eq!(talk.codes(1).await, ["250"]);
    let kept = door.shelf.with(|inside| inside.kept.pop()).expect("kept");
    assert_eq!(kept.length, body.len(), "nothing is left of the end");
}

#[tokio::test]
async fn an_empty_message_ends_with_its_first_dot() {
    let door = Door::open().await;
    let mut talk = door.envelope().await;
    talk.say("DATA\r\n.\r\n").await;
    assert_eq!(talk.codes(2).await, ["354", "250"]);
    assert_eq!(door.shelf.texts(), [""]);
}

#[tokio::test]
async fn chunks_hold_whatever_they_hold() {
    let door = Door::open().await;
    let mut talk = door.envelope().await;
    talk.say("RCPT TO:<it@office.example>\r\nBDAT 8\r\nA: b\r\n\r\nBDAT 7\r\n\r\n.\r\nxyBDAT 0 LAST\r\nNOOP\r\n")
        .await;
    assert_eq!(talk.codes(6).await, ["250", "250", "250", "250", "250", "250"]);
    assert_eq!(door.shelf.texts(), ["A: b\r\n\r\n\r\n.\r\nxy"]);
    // Without an envelope its bytes are no commands.
    talk.say("BDAT 6 LAST\r\nQUIT\r\nNOOP\r\n").await;
    assert_eq!(talk.codes(2).await, ["503", "250"]);
    // It cannot be begun with the one and ended with the other.
    talk.say("MAIL FROM:<>\r\nRCPT TO:<it@office.example>\r\nBDAT 1\r\nxDATA\r\n")
        .await;
    assert_eq!(talk.codes(4).await, ["250", "250", "250", "503"]);
}

#[tokio::test]
async fn fifty_megabytes_pass_a_piece_at_a_time() {
    let door = Door::open().await;
    let mut talk = door.envelope().await;
    talk.say("DATA\r\n").await;
    assert_eq!(talk.codes(1).await, ["354"]);
    let line = format!("{}\r\n", "x".repeat(998)).repeat(50);
    for _ in 0..1_000 {
        talk.say(&line).await;
    }
    talk.say(".\r\n").await;
    assert_eq!(talk.codes(1).await, ["250"]);
    let (length, longest) = door.shelf.with(|inside| (inside.kept[0].length, inside.longest_piece));
    assert_eq!(length, 50_000_000);
    assert!(longest < 128 * 1024, "{longest}");
}

#[tokio::test]
async fn what_is_too_large_is_refused_at_its_end_and_the_line_goes_on() {
    let port = "127.0.0.1:0".parse().expect("an address");
    let mut small = settings(port);
    small.size_limit = 100_000;
    let door = Door::with(small).await;
    let mut talk = door.envelope().await;
    talk.say("DATA\r\n").await;
    talk.say(format!("{}\r\n", "x".repeat(998)).repeat(400)).await;
    talk.say(".\r\nMAIL FROM:<> SIZE=100001\r\nMAIL FROM:<> SIZE=100000\r\n")
        .await;
    assert_eq!(talk.codes(4).await, ["354", "552", "552", "250"]);
    talk.say("RCPT TO:<it@office.example>\r\nBDAT 200000\r\n").await;
    talk.say("x".repeat(200_000)).await;
    talk.say("BDAT 1 LAST\r\nxNOOP\r\n").await;
    assert_eq!(talk.codes(4).await, ["250", "552", "503", "250"]);
    assert_eq!(door.shelf.with(|inside| (inside.kept.len(), inside.given_up)), (0, 2));
}

#[tokio::test]
async fn a_line_that_is_cut_before_the_end_leaves_nothing() {
    let door = Door::open().await;
    let mut talk = door.envelope().await;
    talk.say("DATA\r\n").await;
    assert_eq!(talk.codes(1).await, ["354"]);
    talk.say(format!("{}\r\n", "x".repeat(998)).repeat(200)).await;
    drop(talk);
    door.shelf.until("it is given up", |inside| inside.given_up == 1).await;
    assert!(door.shelf.texts().is_empty());
}

#[tokio::test]
async fn what_cannot_be_kept_stays_with_the_sender() {
    let door = Door::open().await;
    for (why, code) in [(Why::Full, "452"), (Why::Passing, "451"), (Why::Broken, "451")] {
        // Known only when it is to be made durable.
        door.shelf.with(|inside| inside.refuse = vec![(b"A: b".to_vec(), why)]);
        let mut talk = door.envelope().await;
        talk.say("RCPT TO:<it@office.example>\r\nDATA\r\nA: b\r\n.\r\n").await;
        assert_eq!(
            talk.codes(4).await,
            ["250", "354", code, code],
            "one for each recipient"
        );
        // Known from the beginning.
        door.shelf.with(|inside| inside.refuse = vec![(Vec::new(), why)]);
        let mut talk = door.envelope().await;
        talk.say("DATA\r\n").await;
        assert_eq!(talk.codes(1).await, [code]);
    }
    assert!(door.shelf.texts().is_empty());
}

#[tokio::test]
async fn nothing_is_taken_out_of_order_nor_for_others() {
    let door = Door::open().await;
    let mut talk = door.talk().await;
    for (say, code) in [
        ("EHLO mail", "500"),
        ("MAIL FROM:<a@b.example>", "503"),
        ("LHLO mail", "250"),
        ("RCPT TO:<it@office.example>", "503"),
        ("DATA", "503"),
        ("MAIL FROM:<not an address", "501"),
        ("MAIL FROM:<a@b.example> BODY=BINARYMIME", "555"),
        ("MAIL FROM:<a@b.example>", "250"),
        ("MAIL FROM:<a@b.example>", "503"),
        ("RCPT TO:<it@office.example.evil.example>", "550"),
        ("RCPT TO:<it%office.example@relay.example>", "550"),
        ("DATA", "503"),
        ("RSET", "250"),
        ("DATA", "503"),
        ("VRFY it", "252"),
        ("STARTTLS", "502"),
        ("SHOUT", "500"),
        ("NOOP", "250"),
    ] {
        talk.say(format!("{say}\r\n")).await;
        let heard = talk.hear().await;
        assert!(heard.starts_with(code), "{say}: {heard}");
    }
    assert!(door.shelf.texts().is_empty());
}

#[tokio::test]
async fn much_of_anything_is_too_much() {
    let door = Door::open().await;
    let mut talk = door.talk().await;
    talk.say("LHLO mail\r\nMAIL FROM:<>\r\n").await;
    talk.say("RCPT TO:<it@office.example>\r\n".repeat(101)).await;
    let codes = talk.codes(103).await;
    assert!(codes[..102].iter().all(|code| code == "250"));
    assert_eq!(codes[102], "452", "the sender sends it to the others by itself");
    talk.say(format!("NOOP {}\r\n", "x".repeat(9_000))).await;
    assert_eq!(talk.codes(1).await, ["500"]);
    assert_eq!(talk.hear().await, "");
    let mut talk = door.talk().await;
    talk.say("SHOUT\r\n".repeat(21)).await;
    let codes = talk.codes(22).await;
    assert_eq!((&*codes[0], &*codes[21]), ("500", "421"));
    assert_eq!(talk.hear().await, "");
}

#[tokio::test]
async fn who_says_nothing_is_sent_away_and_so_is_one_too_many() {
    let mut few = settings("127.0.0.1:0".parse().expect("an address"));
    few.idle = Duration::from_millis(100);
    few.connections = 1;
    let door = Door::with(few).await;
    let mut first = door.talk().await;
    let second = TcpStream::connect(("127.0.0.1", door.port)).await.expect("a line");
    let mut second = Talk(BufReader::new(second));
    assert_eq!(second.codes(1).await, ["421"]);
    assert_eq!(first.hear().await, "421 4.4.2 Nothing came for too long");
    assert_eq!(first.hear().await, "");
}

#[tokio::test]
async fn a_door_is_not_put_where_others_can_reach_it() {
    let everywhere = settings("0.0.0.0:0".parse().expect("an address"));
    let refused = Lmtp::open(Shelf::new(), everywhere)
        .await
        .map(drop)
        .expect_err("refused");
    assert!(refused.to_string().contains("127.0.0.1"), "{refused}");
}

#[tokio::test]
async fn a_socket_that_was_left_over_is_no_obstacle_and_a_used_one_is() {
    let path = std::env::temp_dir().join(format!("redress-lmtp-{}", std::process::id()));
    let at = |path: &std::path::Path| settings(Listen::Socket(path.to_owned()));
    // Left by a process that was killed: the file stays when the listener goes.
    drop(std::os::unix::net::UnixListener::bind(&path).expect("a socket"));
    let door = Lmtp::open(Shelf::new(), at(&path))
        .await
        .expect("it is put there again");
    let refused = Lmtp::open(Shelf::new(), at(&path))
        .await
        .map(drop)
        .expect_err("it is taken");
    assert!(
        refused.to_string().contains("another process listens there"),
        "{refused}"
    );
    let (close, closing) = watch::channel(false);
    let running = tokio::spawn(door.run(closing));
    let mut greeting = [0; 3];
    let mut line = tokio::net::UnixStream::connect(&path).await.expect("a line");
    line.read_exact(&mut greeting).await.expect("a greeting");
    assert_eq!(&greeting, b"220");
    close.send_replace(true);
    running.await.expect("it ends");
    assert!(!path.exists(), "it is taken away at the end");
}
