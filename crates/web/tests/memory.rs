//! A large file passes through in bounded memory, from the socket to the disk or the bucket and back. Alone in its process, so that its figures are its own.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;

use documents::letter::Wording;
use testkit::bucket::TestBucket;
use testkit::office::OpenOffice;
use web::http::site::Proxy;
use web::page::public_shell::Institution;
use web::{Site, SiteParts, Transport};

const LARGE: usize = 25 * 1024 * 1024;
/// A frame of the connection, a few pieces, and what the allocator keeps.
const A_FEW_KILOBYTES: i64 = 6 * 1024;

/// A part that goes into a bucket (8 MiB) is held whole, and the next is read while the connection still has the end of the one before.
const TWO_PARTS: i64 = 2 * 8 * 1024;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_large_file_passes_through_in_bounded_memory() {
    let wording = Arc::new(Wording::built_in().unwrap());
    let office = OpenOffice::worded(wording, testkit::story::TUESDAY).await;
    passes_through(office, A_FEW_KILOBYTES).await;
    // In the same process and after it, so that neither counts for the other.
    if let Some(bucket) = TestBucket::new() {
        let passage = std::env::temp_dir().join(&bucket.name);
        let office = OpenOffice::with_files(bucket.store(&passage), testkit::story::TUESDAY).await;
        passes_through(office, A_FEW_KILOBYTES + TWO_PARTS).await;
        std::fs::remove_dir_all(passage).unwrap();
    }
}

/// A large file comes in and goes out, and the process never holds more than so many KiB beside what it held before.
async fn passes_through(office: OpenOffice, coming_in: i64) {
    let site = Site::new(SiteParts {
        office: office.office.clone(),
        institution: Institution::sample(),
        transport: Transport::Loopback,
        proxy: Proxy::None,
        letter_box: None,
        wording: Arc::new(Wording::built_in().unwrap()),
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let server = tokio::spawn(web::serve(site, listener, async { drop(stopped.await) }));

    // What is made once, such as the reading of assets and the threads for the disk, is made now.
    on_a_thread(move || upload(address, "warm", 300_000)).await;
    let before = forget_the_peak();
    let head = on_a_thread(move || upload(address, "large", LARGE)).await;
    assert!(head.starts_with("HTTP/1.1 303"), "{head}");
    let uploading = peak() - before;
    let cookie = head
        .split("set-cookie: ")
        .nth(1)
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();

    let case = office.case(&"FC-10002".parse().unwrap()).await;
    let (id, size) = (case.files[0].file.id.clone(), case.files[0].file.size);
    assert_eq!(size, LARGE as u64);
    let before = forget_the_peak();
    let received = on_a_thread(move || download(address, &cookie, &id)).await;
    let downloading = peak() - before;
    assert!(received > LARGE, "{received}");
    assert!(
        uploading < coming_in,
        "{uploading} KiB more while {LARGE} bytes came in"
    );
    assert!(
        downloading < A_FEW_KILOBYTES,
        "{downloading} KiB more while they went out"
    );
    drop(stop);
    server.await.unwrap().unwrap();
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

/// Sends a complaint with a file of this length that is never held whole on this side either; answers the head of the answer.
fn upload(address: SocketAddr, key: &str, length: usize) -> String {
    let mut connection = TcpStream::connect(address).unwrap();
    let field =
        |name: &str, value: &str| format!("--X\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    let before = field("key", key)
        + &field("what", "It broke")
        + "--X\r\nContent-Disposition: form-data; name=\"files\"; filename=\"a.zip\"\r\n\r\nPK\x03\x04";
    let after = "\r\n--X--\r\n";
    let total = before.len() + length - 4 + after.len();
    write!(
        connection,
        "POST /complain HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=X\r\n\
         Content-Length: {total}\r\n\r\n{before}"
    )
    .unwrap();
    let piece: Vec<u8> = (0..65_536_u32).map(|n| (n * 31 % 251) as u8).collect();
    let mut left = length - 4;
    while left > 0 {
        let now = left.min(piece.len());
        connection.write_all(&piece[..now]).unwrap();
        left -= now;
    }
    connection.write_all(after.as_bytes()).unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer.split("\r\n\r\n").next().unwrap().to_owned()
}

/// Reads a file and counts what came.
fn download(address: SocketAddr, cookie: &str, id: &str) -> usize {
    let mut connection = TcpStream::connect(address).unwrap();
    write!(
        connection,
        "GET /track/FC-10002/files/{id} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nCookie: {cookie}\r\n\r\n"
    )
    .unwrap();
    let mut piece = vec![0; 65_536];
    let mut received = 0;
    loop {
        match connection.read(&mut piece).unwrap() {
            0 => return received,
            length => received += length,
        }
    }
}

/// Begins to measure the peak anew and answers what is resident now, in KiB.
fn forget_the_peak() -> i64 {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    status("VmRSS:")
}

/// The most that was resident since then, in KiB.
fn peak() -> i64 {
    status("VmHWM:")
}

fn status(line: &str) -> i64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let found = status.lines().find_map(|text| text.strip_prefix(line)).unwrap();
    found.trim().trim_end_matches(" kB").parse().unwrap()
}
