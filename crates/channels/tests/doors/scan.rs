//! What a real clamd says, and what a false one can make us believe: nothing.

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use casework::PublicDoor;
use casework::files::Scanner as _;
use channels::scan::{Asking, Clamd};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rules::files::{Scanned, Unscanned};
use testkit::office::OpenOffice;
use testkit::story::TUESDAY;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::servers::port;

fn clamd(port: u16) -> Clamd {
    Clamd::Port(format!("127.0.0.1:{port}"))
}

fn asking(port: u16) -> Asking {
    Asking {
        clamd: clamd(port),
        patience: Duration::from_secs(20),
    }
}

fn real() -> Option<Asking> {
    let port = port("REDRESS_TEST_CLAMD");
    if port.is_none() {
        eprintln!("left out: no clamd, which `cargo xtask services start mail` starts");
    }
    port.map(asking)
}

/// The file that every scanner knows, put together here: in no file of the product it stands whole.
fn test_file() -> Vec<u8> {
    [
        r"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR",
        "-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*",
    ]
    .concat()
    .into_bytes()
}

#[tokio::test]
async fn a_real_clamd_says_what_a_file_carries() {
    let Some(scanner) = real() else { return };
    assert_eq!(scanner.scan(&mut &b"nothing but words"[..]).await, Scanned::Clean);
    assert_eq!(scanner.scan(&mut &b""[..]).await, Scanned::Clean);
    let mut long = vec![b' '; 1_000_000];
    long.extend_from_slice(b"REDRESS-TEST-PATTERN-OF-A-VIRUS");
    assert_eq!(
        scanner.scan(&mut &*long).await,
        Scanned::infected("Redress.Test.Pattern.UNOFFICIAL")
    );
    assert_eq!(
        scanner.scan(&mut &*test_file()).await,
        Scanned::infected("Eicar-Test-Signature.UNOFFICIAL")
    );
    // It takes two megabytes there: what is larger was not looked at.
    let larger = vec![b' '; 8_000_000];
    assert_eq!(scanner.scan(&mut &*larger).await, Scanned::not(Unscanned::TooLarge));
}

#[tokio::test]
async fn a_real_clamd_that_is_set_up_well_passes_its_trial() {
    let Some(scanner) = real() else { return };
    assert!(scanner.clamd.is_there().await);
    let trial = scanner.try_out().await.expect("a trial");
    assert!(trial.version.starts_with("ClamAV "), "{trial:?}");
    assert!(trial.knows_test_file && trial.says_when_it_stops, "{trial:?}");
    // Its signatures there are our own, without a date.
    assert_eq!(trial.signatures_at, None);
}

/// Bytes as an entry of a package holds them.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(bytes).expect("room");
    packer.finish().expect("room")
}

/// So many megabytes of zeros, packed: one of them as often as is wanted, and the end of it all (RFC 1951, 3.2.3).
fn zeros(megabytes: usize) -> Vec<u8> {
    let mut packer = DeflateEncoder::new(Vec::new(), Compression::best());
    packer.write_all(&vec![0; 1 << 20]).expect("room");
    packer.flush().expect("room");
    [packer.get_ref().repeat(megabytes), vec![3, 0]].concat()
}

/// A package with one packed entry.
fn package(packed: &[u8], whole: u32) -> Vec<u8> {
    let (many, whole) = ((packed.len() as u32).to_le_bytes(), whole.to_le_bytes());
    let about = [
        &[20, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        &many[..],
        &whole,
        &[1, 0, 0, 0],
    ]
    .concat();
    let local = [b"PK\x03\x04", &about[..], b"a"].concat();
    let listed = [b"PK\x01\x02", &[20, 0][..], &about, &[0; 14], b"a"].concat();
    let (list, begins) = (listed.len() as u32, (local.len() + packed.len()) as u32);
    let end = [
        b"PK\x05\x06",
        &[0, 0, 0, 0, 1, 0, 1, 0][..],
        &list.to_le_bytes(),
        &begins.to_le_bytes(),
        &[0, 0],
    ];
    [local, packed.to_vec(), listed, end.concat()].concat()
}

/// Puts a file into the tray of a form whose office asks the real clamd.
async fn sent(clamd: Clamd, bytes: &[u8]) -> Scanned {
    let office = OpenOffice::at(TUESDAY).await;
    office.office.ask_scanner(Arc::new(clamd), Duration::from_secs(60));
    let tray = PublicDoor::of(office.office.clone()).tray("k").expect("a tray");
    let mut arrival = tray.begin("logs.zip").await.expect("room");
    for piece in bytes.chunks(30_000) {
        arrival.write(piece).await;
    }
    arrival.finish().await.expect("taken").scanned
}

#[tokio::test]
async fn a_package_that_unpacks_to_far_more_than_is_looked_at_is_not_clean() {
    let Some(scanner) = real() else { return };
    let wide = package(&zeros(1_500), 1_500 << 20);
    let tight = package(&packed(&wide), wide.len() as u32);
    assert!(
        tight.len() < 20_000 && wide.len() < 2_000_000,
        "{} {}",
        tight.len(),
        wide.len()
    );
    for bomb in [wide, tight] {
        // By itself it looks at the beginning of what is packed and calls the whole clean, whatever AlertExceedsMax says.
        assert_eq!(scanner.scan(&mut &*bomb).await, Scanned::Clean);
        let sent = tokio::time::timeout(Duration::from_secs(60), sent(scanner.clamd.clone(), &bomb));
        assert_eq!(sent.await.expect("in time"), Scanned::not(Unscanned::TooMuchInside));
    }
}

#[tokio::test]
async fn what_a_real_clamd_says_stands_with_a_file_that_was_sent() {
    let Some(scanner) = real() else { return };
    let carries = Scanned::infected("Eicar-Test-Signature.UNOFFICIAL");
    assert_eq!(sent(scanner.clamd.clone(), &test_file()).await, carries);
    assert_eq!(sent(scanner.clamd, b"14:02 dropped").await, Scanned::Clean);
}

/// A server that takes one call and reads the command, and then does this.
async fn served<F>(then: impl FnOnce(TcpStream) -> F + Send + 'static) -> u16
where
    F: Future<Output = ()> + Send,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its number").port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a line");
        let mut some = [0; 10];
        stream.read_exact(&mut some).await.expect("a command");
        then(stream).await;
    });
    port
}

/// A server that reads all of a small file and says this, or nothing.
async fn false_one(says: Option<&'static [u8]>) -> u16 {
    served(move |mut stream| async move {
        match says {
            Some(says) => {
                let mut rest = vec![0; 1024];
                while stream.read(&mut rest).await.is_ok_and(|many| many == rest.len()) {}
                // Whoever asks may have gone.
                drop(stream.write_all(says).await);
            }
            None => std::future::pending().await,
        }
    })
    .await
}

#[tokio::test]
async fn what_was_not_scanned_is_never_clean() {
    for (says, cause) in [
        (&b""[..], Unscanned::NoAnswer),
        (b"stream: ", Unscanned::NoAnswer),
        (b"250 OK", Unscanned::NoAnswer),
        (b"INSTREAM size limit exceeded. ERROR\0", Unscanned::TooLarge),
    ] {
        let not = asking(false_one(Some(says)).await).scan(&mut &b"x"[..]).await;
        assert_eq!(not, Scanned::not(cause), "{says:?}");
    }
    let slow = Asking {
        patience: Duration::from_millis(100),
        ..asking(false_one(None).await)
    };
    assert_eq!(slow.scan(&mut &b"x"[..]).await, Scanned::not(Unscanned::TooSlow));
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let nobody = free.local_addr().expect("its number").port();
    drop(free);
    assert_eq!(asking(nobody).scan(&mut &b"x"[..]).await, Scanned::not(Unscanned::Away));
    assert!(!clamd(nobody).is_there().await);
}

#[tokio::test]
async fn whoever_takes_only_a_part_cannot_call_the_whole_clean() {
    let port = served(|mut stream| async move {
        stream.write_all(b"stream: OK\0").await.expect("an answer");
    })
    .await;
    // More than the two ends of a line hold.
    let long = vec![b' '; 64_000_000];
    assert_eq!(asking(port).scan(&mut &*long).await, Scanned::not(Unscanned::NoAnswer));
}

/// A file that breaks in the middle.
struct Broken;

impl tokio::io::AsyncRead for Broken {
    fn poll_read(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
        _: &mut tokio::io::ReadBuf<'_>,
    ) -> std::task::Poll<std::io::Result<()>> {
        std::task::Poll::Ready(Err(std::io::Error::other("a bad disk")))
    }
}

#[tokio::test]
async fn half_a_file_is_not_scanned() {
    let not = asking(false_one(Some(b"stream: OK\0")).await).scan(&mut Broken).await;
    assert_eq!(not, Scanned::not(Unscanned::NoAnswer));
}
