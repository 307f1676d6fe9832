//! Messages from their raw bytes to their end: understood, with what came with them, one broken one never in the way of the others (lesson 7).

use std::sync::Arc;
use std::time::Duration;

use ::mail::Settings;
use ::mail::automatic::Own;
use casework::mail::{self, Arrival, Kept, Place};
use channels::mail_room::MailRoom;
use rules::case::{Case, Event, Reference};
use rules::files::{Kind, Scanned, SeenBy};
use rules::mail::Fate;
use testkit::office::OpenOffice;
use testkit::people::ruth;
use testkit::scanner::{BAD, Mood, NAME, ToldScanner};
use testkit::story::TUESDAY;

struct Comes {
    office: OpenOffice,
    room: MailRoom,
}

impl Comes {
    async fn open() -> Comes {
        let office = OpenOffice::at(TUESDAY).await;
        let room = MailRoom {
            office: office.office.clone(),
            settings: Settings {
                authserv_id: Some("mx.calderbrook.example".to_owned()),
                own: Own {
                    addresses: vec!["it-feedback@calderbrook.example".to_owned()],
                    ..Own::default()
                },
                ..Settings::default()
            },
        };
        Comes { office, room }
    }

    async fn kept(&self, raw: &[u8]) -> i64 {
        let arrival = Arrival {
            mailbox: "lmtp".to_owned(),
            place: Place::Handed,
            sender: Some("ada@students.example".to_owned()),
            recipients: vec!["it-feedback@calderbrook.example".to_owned()],
        };
        let mut incoming = mail::begin(&self.office.office, arrival).await.unwrap();
        for piece in raw.chunks(100_000) {
            incoming.write(piece).await.unwrap();
        }
        match incoming.keep().await.unwrap() {
            Kept::New(id) => id,
            Kept::Known(id) => panic!("{id} was there already"),
        }
    }

    /// How a message ended, and at which case.
    async fn ended(&self, id: i64) -> (Fate, Option<Reference>) {
        mail::ledger::ended(&self.office.office, id).await.unwrap().unwrap()
    }

    async fn case_of(&self, raw: &[u8]) -> Case {
        let id = self.kept(raw).await;
        assert_eq!(self.room.round().await.unwrap(), 1);
        let (fate, reference) = self.ended(id).await;
        assert_eq!(fate, Fate::NewCase);
        self.office.case(&reference.unwrap()).await
    }
}

const HEAD: &str = "From: Ada Obi <ada@students.example>\r\nTo: it-feedback@calderbrook.example\r\nDate: Tue, 9 Jun 2026 09:00:00 +0100\r\n\
                    Subject: Wifi in the library\r\nMessage-ID: <a1@students.example>\r\nMIME-Version: 1.0\r\n";

fn with_files(files: &[(&str, &str, Vec<u8>)]) -> Vec<u8> {
    let mut raw = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Transfer-Encoding: 8bit\r\n\r\nIt drops every ten minutes. Caf\u{e9}, too.\r\n"
    )
    .into_bytes();
    for (name, kind, bytes) in files {
        raw.extend(
            format!(
                "--b\r\nContent-Type: {kind}; name=\"{name}\"\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\
                 Content-Transfer-Encoding: base64\r\n\r\n"
            )
            .bytes(),
        );
        for line in base64(bytes).as_bytes().chunks(76) {
            raw.extend(line);
            raw.extend(b"\r\n");
        }
    }
    raw.extend(b"--b--\r\n");
    raw
}

fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for three in bytes.chunks(3) {
        let [a, b, c] = [0, 1, 2].map(|at| u32::from(three.get(at).copied().unwrap_or(0)));
        let bits = a << 16 | b << 8 | c;
        for at in 0..4 {
            let six = usize::try_from(bits >> (18 - 6 * at) & 63).unwrap();
            text.push(if at <= three.len() {
                char::from(ALPHABET[six])
            } else {
                '='
            });
        }
    }
    text
}

fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR".to_vec();
    bytes.extend((0..length).map(|at| u8::try_from(at % 251).unwrap()));
    bytes
}

#[tokio::test]
async fn what_came_with_it_is_stored_and_opens_as_it_was() {
    let comes = Comes::open().await;
    let bytes = picture(400_000);
    let raw = with_files(&[
        ("screen.png", "image/png", bytes.clone()),
        ("log.txt", "text/plain", b"14:02 dropped\n".to_vec()),
    ]);
    let case = comes.case_of(&raw).await;
    assert_eq!(case.received.words, "It drops every ten minutes. Caf\u{e9}, too.");
    assert_eq!(case.received.title, "Wifi in the library");
    let files: Vec<_> = case
        .files
        .iter()
        .map(|kept| (kept.file.name.as_str(), kept.file.kind, kept.file.seen_by))
        .collect();
    assert_eq!(
        files,
        [
            ("screen.png", Kind::Png, SeenBy::Complainant),
            ("log.txt", Kind::Text, SeenBy::Complainant),
            ("Original message.eml", Kind::Text, SeenBy::Staff),
        ]
    );
    let door = comes.office.door(&ruth());
    let file = door.case(&case.reference).await.unwrap();
    for (at, wanted) in [(0, &bytes), (2, &raw)] {
        let mut download = door.open_file(&file, &case.files[at].file.id).await.unwrap();
        let mut read = Vec::new();
        while let Some(chunk) = download.next_chunk().await.unwrap() {
            read.extend(chunk);
        }
        assert!(&read == wanted, "file {at}");
    }
}

#[tokio::test]
async fn what_may_not_be_taken_is_named_and_is_in_the_original() {
    let comes = Comes::open().await;
    let raw = with_files(&[
        (
            "setup.exe",
            "application/octet-stream",
            b"MZ\x90\x00 and so on".to_vec(),
        ),
        ("note.txt", "text/plain", b"It is the left one.".to_vec()),
    ]);
    let case = comes.case_of(&raw).await;
    let names: Vec<&str> = case.files.iter().map(|kept| kept.file.name.as_str()).collect();
    assert_eq!(names, ["note.txt", "Original message.eml"]);
    let history = comes.office.history(&case.reference).await;
    let kept = history.iter().find_map(|recorded| match &recorded.event {
        Event::MailKept(kept) => Some(kept.dropped.clone()),
        _ => None,
    });
    assert_eq!(kept.unwrap(), ["\"setup.exe\": it is a program"]);
}

#[tokio::test]
async fn a_message_of_nothing_but_a_picture_is_a_case() {
    let comes = Comes::open().await;
    let mut raw =
        format!("{HEAD}Content-Type: image/png; name=\"screen.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\n");
    raw.push_str(&base64(&picture(100)));
    let case = comes.case_of(raw.as_bytes()).await;
    assert_eq!(
        case.received.words,
        "This e-mail has no words. It came with a file: screen.png."
    );
    assert_eq!(case.received.title, "Wifi in the library");
}

#[tokio::test]
async fn what_nobody_can_read_is_a_case_and_keeps_no_other_waiting() {
    let comes = Comes::open().await;
    let mut seed = 7_u32;
    let garbage: Vec<u8> = std::iter::repeat_with(|| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed.to_be_bytes()[0]
    })
    .take(5_000)
    .collect();
    let first = comes.kept(&garbage).await;
    let second = comes.kept(format!("{HEAD}\r\nIt drops.\r\n").as_bytes()).await;
    assert_eq!(comes.room.round().await.unwrap(), 2);
    let (fate, reference) = comes.ended(first).await;
    assert_eq!(fate, Fate::Unreadable);
    let case = comes.office.case(&reference.unwrap()).await;
    assert!(
        case.received.words.contains("could not be read"),
        "{}",
        case.received.words
    );
    assert_eq!(case.files[0].file.name.as_str(), "Original message.eml");
    assert_eq!(comes.ended(second).await.0, Fate::NewCase);
}

#[tokio::test]
async fn what_machines_send_is_set_aside() {
    let comes = Comes::open().await;
    let away = "From: bob@elsewhere.example\r\nTo: it-feedback@calderbrook.example\r\nSubject: Out of office\r\nAuto-Submitted: auto-replied\r\n\r\nI am away.\r\n";
    let own = "From: it-feedback@calderbrook.example\r\nTo: it-feedback@calderbrook.example\r\nSubject: Your complaint\r\n\r\nWe have it.\r\n";
    let (away, own) = (comes.kept(away.as_bytes()).await, comes.kept(own.as_bytes()).await);
    assert_eq!(comes.room.round().await.unwrap(), 2);
    assert_eq!(comes.ended(away).await, (Fate::AutoReply, None));
    assert_eq!(comes.ended(own).await, (Fate::Loop, None));
    assert_eq!(comes.room.round().await.unwrap(), 0);
}

/// Of the threads that may wait the binary has eight (decision 24); each reader holds one, and whoever brings it bytes needs another.
#[test]
fn more_messages_than_threads_that_wait_keep_nobody_waiting_for_ever() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let comes = Comes::open().await;
        let many: usize = 24;
        for number in 0..many {
            let raw = with_files(&[("a.png", "image/png", picture(200_000))]);
            let raw = String::from_utf8_lossy(&raw).replace("<a1@", &format!("<{number}@"));
            let raw = raw.replace("ada@", &format!("ada{number}@"));
            comes.kept(raw.as_bytes()).await;
        }
        let round = comes.room.round();
        let done = tokio::time::timeout(std::time::Duration::from_secs(120), round).await;
        assert_eq!(done.expect("it ends").unwrap(), many);
        assert_eq!(comes.room.round().await.unwrap(), 0);
    });
}

#[tokio::test]
async fn what_came_with_it_and_the_message_itself_are_shown_to_the_scanner() {
    let comes = Comes::open().await;
    let scanner = Arc::new(ToldScanner::new(Mood::Well));
    let patience = Duration::from_secs(10);
    comes.office.office.ask_scanner(scanner.clone(), patience);
    let files = [
        ("bad.txt", "text/plain", BAD.as_bytes().to_vec()),
        ("good.txt", "text/plain", b"14:02 dropped".to_vec()),
    ];
    let case = comes.case_of(&with_files(&files)).await;
    let said = |case: &Case| -> Vec<Scanned> { case.files.iter().map(|kept| kept.file.scanned.clone()).collect() };
    // The original comes last: this scanner does not look into its parts.
    assert_eq!(said(&case), [Scanned::infected(NAME), Scanned::Clean, Scanned::Clean]);
    assert_eq!(case.files[2].file.seen_by, SeenBy::Staff);
    assert_eq!(scanner.shown(), 3);
}

#[tokio::test]
async fn of_a_message_that_is_set_aside_the_worst_that_was_said_is_kept() {
    let comes = Comes::open().await;
    let scanner = Arc::new(ToldScanner::new(Mood::Well));
    let patience = Duration::from_secs(10);
    comes.office.office.ask_scanner(scanner, patience);
    let raw = String::from_utf8(with_files(&[("bad.txt", "text/plain", BAD.as_bytes().to_vec())])).unwrap();
    let raw = raw.replace("MIME-Version", "Auto-Submitted: auto-replied\r\nMIME-Version");
    let id = comes.kept(raw.as_bytes()).await;
    assert_eq!(comes.room.round().await.unwrap(), 1);
    assert_eq!(comes.ended(id).await.0, Fate::AutoReply);
    let aside = mail::tray::one(&comes.office.office, id, &ruth()).await.unwrap();
    assert_eq!(aside.understood.unwrap().scanned, Scanned::infected(NAME));
}
