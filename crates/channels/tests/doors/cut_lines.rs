//! The real servers behind a line that is cut: Dovecot while it hands over messages, Postfix while it is given a letter and after it has it.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use casework::jobs::post_limits::AutomaticLimits;
use channels::email::inbound::imap::MailboxSettings;
use channels::email::{Tls, Transport};
use channels::pace::Pace;
use channels::post_room::{PostRoom, Sender};
use documents::letter::Wording;
use rules::case::Event;
use rules::intake::RawFeedback;
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use testkit::words;
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::imap_servers::Reading;
use crate::servers::{Servers, port};
use crate::shelf::Shelf;
use crate::support::settings;

/// Where a line is cut.
#[derive(Clone, Copy)]
enum Cut {
    /// After the server has said so many bytes.
    Heard(usize),
    /// After we have said so many.
    Said(usize),
    /// Before these words of the server come through.
    Before(&'static str),
}

/// A line to a server, which is cut at these places, one connection after the other; those that come after the last are whole.
struct Wire {
    port: u16,
    connections: Arc<AtomicUsize>,
}

impl Wire {
    async fn to(server: u16, cuts: &'static [Cut]) -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = connections.clone();
        tokio::spawn(async move {
            loop {
                let (ours, _) = listener.accept().await.expect("a line");
                let cut = cuts.get(counted.fetch_add(1, Ordering::Relaxed)).copied();
                let theirs = TcpStream::connect(("127.0.0.1", server)).await.expect("the server");
                tokio::spawn(carry(ours, theirs, cut));
            }
        });
        Wire { port, connections }
    }
}

/// Carries both ways until one of them ends, and closes both.
async fn carry(ours: TcpStream, theirs: TcpStream, cut: Option<Cut>) {
    let (from_us, to_us) = ours.into_split();
    let (from_them, to_them) = theirs.into_split();
    tokio::select! {
        () = pass(from_us, to_them, |said, _| matches!(cut, Some(Cut::Said(most)) if said > most)) => {}
        () = pass(from_them, to_us, |heard, words| match cut {
            Some(Cut::Heard(most)) => heard > most,
            Some(Cut::Before(last)) => words.contains(last),
            _ => false,
        }) => {}
    }
}

async fn pass(mut from: impl AsyncRead + Unpin, mut to: impl AsyncWrite + Unpin, ends: impl Fn(usize, &str) -> bool) {
    let (mut bytes, mut passed) = (vec![0; 8_192], 0);
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        passed += count;
        if ends(passed, &String::from_utf8_lossy(&bytes[..count])) || to.write_all(&bytes[..count]).await.is_err() {
            return;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn dovecot_that_is_gone_while_it_hands_over_is_asked_again_and_nothing_is_lost_or_doubled() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("cut");
    let words = format!("{}\r\n", "x".repeat(98)).repeat(1_000);
    for number in 0..12 {
        let message = format!("Message-ID: <cut-{number}@example.org>\r\nSubject: {number}\r\n\r\n{words}");
        servers.put(&address, message).await;
    }
    // Within the greeting, while signing in, in the middle of the first, the fourth and the ninth message.
    const CUTS: [Cut; 5] = [
        Cut::Heard(20),
        Cut::Heard(200),
        Cut::Heard(60_000),
        Cut::Heard(400_000),
        Cut::Heard(900_000),
    ];
    let wire = Wire::to(servers.imap, &CUTS).await;
    let shelf = Shelf::new();
    let settings = MailboxSettings {
        port: wire.port,
        tls: Tls::None,
        ..servers.settings(&address)
    };
    let reading = Reading::start(&shelf, settings);
    shelf
        .until("all are passed", |inside| {
            inside.marks.get("helpline").is_some_and(|mark| mark.uid == 12)
        })
        .await;
    reading.end().await;
    assert_eq!(wire.connections.load(Ordering::Relaxed), 6);
    let (mut subjects, whole) = shelf.with(|inside| {
        let subject = |bytes: &[u8]| {
            let text = String::from_utf8_lossy(bytes).into_owned();
            text.lines()
                .find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned))
        };
        let kept = inside.kept.iter();
        let subjects: Vec<usize> = kept
            .clone()
            .filter_map(|item| subject(&item.bytes)?.parse().ok())
            .collect();
        (subjects, kept.filter(|item| item.length > words.len()).count())
    });
    subjects.sort_unstable();
    assert_eq!(subjects, (0..12).collect::<Vec<_>>(), "each once");
    assert_eq!(whole, 12);
}

/// A letter for this address, sent over such a line until the post room has nothing left to do; how often its case heard of a failure, and whether
/// that said that the letter may have gone.
async fn sent_over(wire: &Wire, address: &str) -> (Vec<bool>, String) {
    let office = OpenOffice::worded(Arc::new(Wording::built_in().expect("it is sound")), TUESDAY).await;
    let form = RawFeedback {
        email: address.to_owned(),
        ..words::form()
    };
    let reference = office
        .public()
        .complain(&form, "k")
        .await
        .expect("it is taken")
        .reference;
    let room = PostRoom {
        office: office.office.clone(),
        wording: Arc::new(Wording::built_in().expect("it is sound")),
        transport: Transport::smtp(&settings(wire.port)).expect("they make sense"),
        sender: Sender::plain("it-feedback@office.example", "IT Services"),
        limits: AutomaticLimits::default(),
        pace: Pace::default(),
        chance: || 0.5,
    };
    while office.case(&reference).await.acknowledged.is_none() {
        office.stop_at(office.outbox(&reference).await.remove(0).not_before);
        assert_eq!(room.round().await.expect("the outbox"), 1);
    }
    let failed = |event| match event {
        Event::AcknowledgementFailed(failed) => Some(failed.may_have_gone),
        _ => None,
    };
    let history = office.history(&reference).await;
    let failures = history.into_iter().filter_map(|recorded| failed(recorded.event));
    let told = office.case(&reference).await.acknowledged.expect("it arrived");
    (failures.collect(), told.proof)
}

/// The letters that lie in a mailbox once there are so many, without what their way there put above them.
async fn letters(servers: &Servers, address: &str, many: usize) -> Vec<String> {
    let folder = servers.mailboxes.join(address).join("new");
    let mut found = Vec::new();
    for _ in 0..400 {
        found = match std::fs::read_dir(&folder) {
            Ok(files) => files.map(|file| file.expect("a file").path()).collect(),
            // Its first letter makes it.
            Err(_) => Vec::new(),
        };
        if found.len() >= many {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let read = found
        .iter()
        .map(|file| std::fs::read_to_string(file).expect("a letter"));
    let own = |text: String| {
        let begins = text.find("\nMessage-ID:").expect("it has a number");
        text[begins..].to_owned()
    };
    read.map(own).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn postfix_that_has_the_letter_and_cannot_say_so_gets_the_same_once_more_and_that_is_on_record() {
    let (Some(servers), Some(postfix)) = (Servers::new(), port("REDRESS_TEST_MAIL")) else {
        return;
    };
    let address = "twice@office.example";
    let wire = Wire::to(postfix, &[Cut::Before("queued as")]).await;
    let (failures, proof) = sent_over(&wire, address).await;
    assert_eq!(failures, [true], "it may have gone");
    assert!(proof.contains("may arrive twice"), "{proof}");
    let mine = letters(&servers, address, 2).await;
    assert_eq!(mine.len(), 2, "{mine:?}");
    assert_eq!(mine[0], mine[1], "the same to the byte: whoever has both sees one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_is_cut_off_before_its_end_is_none_and_comes_whole_the_next_time() {
    let (Some(servers), Some(postfix)) = (Servers::new(), port("REDRESS_TEST_MAIL")) else {
        return;
    };
    let address = "middle@office.example";
    // In the middle of the letter: whoever sends cannot tell how much of it the server has. Then before it was asked for, which leaves no doubt.
    let wire = Wire::to(postfix, &[Cut::Said(600), Cut::Before("354")]).await;
    let (failures, proof) = sent_over(&wire, address).await;
    assert_eq!(failures, [true], "of the second failure there is nothing more to say");
    assert!(proof.contains("may arrive twice"), "{proof}");
    let mine = letters(&servers, address, 1).await;
    assert_eq!(mine.len(), 1, "{mine:?}");
}
