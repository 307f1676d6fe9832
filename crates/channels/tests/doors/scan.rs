//! What a real clamd says, and what a false one can make us believe: nothing.

use std::time::Duration;

use channels::scan::{Clamd, Scanned, Scanner};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::servers::port;

fn scanner(port: u16) -> Scanner {
    Scanner {
        clamd: Clamd::Port(format!("127.0.0.1:{port}")),
        patience: Duration::from_secs(20),
    }
}

#[tokio::test]
async fn a_real_clamd_says_what_a_file_carries() {
    let Some(port) = port("REDRESS_TEST_CLAMD") else {
        return eprintln!("left out: no clamd, which `cargo xtask services start mail` starts");
    };
    let scanner = scanner(port);
    assert_eq!(scanner.scan(&mut &b"nothing but words"[..]).await, Scanned::Clean);
    assert_eq!(scanner.scan(&mut &b""[..]).await, Scanned::Clean);
    let mut long = vec![b' '; 1_000_000];
    long.extend_from_slice(b"REDRESS-TEST-PATTERN-OF-A-VIRUS");
    assert_eq!(
        scanner.scan(&mut &*long).await,
        Scanned::Infected("Redress.Test.Pattern.UNOFFICIAL".to_owned())
    );
    // It takes two megabytes there: what is larger was not looked at.
    let larger = vec![b' '; 8_000_000];
    let not = scanner.scan(&mut &*larger).await;
    assert!(matches!(&not, Scanned::NotScanned(_)), "{not:?}");
}

/// A server that reads a little and then does this.
async fn false_one(says: Option<&'static [u8]>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its number").port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("a line");
        let mut some = [0; 10];
        stream.read_exact(&mut some).await.expect("a command");
        match says {
            Some(says) => {
                let mut rest = vec![0; 1024];
                while stream.read(&mut rest).await.is_ok_and(|many| many == rest.len()) {}
                // Whoever asks may have gone.
                drop(stream.write_all(says).await);
            }
            None => std::future::pending().await,
        }
    });
    port
}

#[tokio::test]
async fn what_was_not_scanned_is_never_clean() {
    for says in [
        &b""[..],
        b"stream: ",
        b"250 OK",
        b"INSTREAM size limit exceeded. ERROR\0",
    ] {
        let not = scanner(false_one(Some(says)).await).scan(&mut &b"x"[..]).await;
        assert!(matches!(not, Scanned::NotScanned(_)), "{says:?}: {not:?}");
    }
    let slow = Scanner {
        patience: Duration::from_millis(100),
        ..scanner(false_one(None).await)
    };
    let not = slow.scan(&mut &b"x"[..]).await;
    assert!(
        matches!(&not, Scanned::NotScanned(why) if why.contains("does not answer")),
        "{not:?}"
    );
    let free = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let nobody = free.local_addr().expect("its number").port();
    drop(free);
    let not = scanner(nobody).scan(&mut &b"x"[..]).await;
    assert!(
        matches!(&not, Scanned::NotScanned(why) if why.contains("cannot be asked")),
        "{not:?}"
    );
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
    let not = scanner(false_one(Some(b"stream: OK\0")).await).scan(&mut Broken).await;
    assert!(
        matches!(&not, Scanned::NotScanned(why) if why.contains("a bad disk")),
        "{not:?}"
    );
}
