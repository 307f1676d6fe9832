//! A file on its way in and out over HTTP, beside a bare loop that writes as many bytes to the same disk and waits for them.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use super::Bench;
use super::figures::{Measured, load_average, milliseconds, percentile};
use super::server::{Server, now};
use crate::http::{Answer, Connection, Request};
use crate::shell::{Failure, Outcome};

const RUNS: usize = 9;
const MEGABYTES: usize = 20;
const MEGABYTE: usize = 1024 * 1024;
/// How many bytes the bare loop hands to the disk at a time: as many as the product does.
const PIECE: usize = 64 * 1024;
const BOUNDARY: &str = "a-boundary-that-stands-in-no-file";

/// The times of each round; the rounds of the three are interleaved, so that a busy moment meets all.
#[derive(Default)]
struct Times {
    bare: Vec<Duration>,
    sent: Vec<Duration>,
    read: Vec<Duration>,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (runs, megabytes) = (bench.number("--runs", RUNS), bench.number("--mb", MEGABYTES));
    let before = load_average();
    let server = Server::start(&bench.binary, &bench.scratch.join("demo"))?;
    let reader = server
        .sign_in_as("Complaints Coordinator")
        .or_else(|_| server.sign_in())?;
    let file = picture(megabytes * MEGABYTE);
    let mut times = Times::default();
    // The first round warms what is made once and is not counted.
    for run in 0..=runs {
        let round = round(bench, &server, (run, &file), &reader)?;
        if run > 0 {
            times.bare.push(round.0);
            times.sent.push(round.1);
            times.read.push(round.2);
        }
    }
    let note = format!(
        "{megabytes} MB, {runs} rounds. Ratio: the bare loop's median time by this one's; reading is set beside the same loop. Most memory of the server: {} KiB. Load average {before} before, {} after.",
        server.memory_kib("VmHWM")?,
        load_average()
    );
    let rows = vec![
        row("bare: write, fsync, fsync the folder", &times.bare, &times, megabytes),
        row(
            "sent with a complaint, until it is saved",
            &times.sent,
            &times,
            megabytes,
        ),
        row("read by staff, proved chunk by chunk", &times.read, &times, megabytes),
    ];
    Ok(Measured::of(vec!["a file", "p50 ms", "p95 ms", "MB/s", "ratio"], rows).noting(note))
}

fn row(name: &str, times: &[Duration], all: &Times, megabytes: usize) -> Vec<String> {
    let (median, bare) = (percentile(times, 50), percentile(&all.bare, 50));
    vec![
        name.to_owned(),
        milliseconds(median),
        milliseconds(percentile(times, 95)),
        format!("{:.0}", megabytes as f64 / median.as_secs_f64()),
        format!("{:.2}", bare.as_secs_f64() / median.as_secs_f64()),
    ]
}

fn round(
    bench: &Bench,
    server: &Server,
    (run, file): (usize, &[u8]),
    reader: &str,
) -> Outcome<(Duration, Duration, Duration)> {
    let begun = now();
    bare(&bench.scratch.join("bare"), &run.to_string(), file)?;
    let bare = now().duration_since(begun);

    let form = multipart(&format!("bench-files-{run}"), file);
    let mut connection = Connection::open(server.address)?;
    let begun = now();
    let saved = connection.send_multipart("/complain", BOUNDARY, &form)?;
    let sent = now().duration_since(begun);
    let link = link_to_file(server, &saved, reader)?;

    let mut connection = Connection::open(server.address)?;
    let begun = now();
    let answer = connection.send(&Request {
        path: &link,
        cookie: reader,
        ..Request::default()
    })?;
    let read = now().duration_since(begun);
    match answer.body == file {
        true => Ok((bare, sent, read)),
        false => Err(Failure::new(format!(
            "{link} answered {} with {} bytes that are not the file",
            answer.status,
            answer.body.len()
        ))),
    }
}

/// What durable writing costs and nothing else.
fn bare(folder: &Path, name: &str, bytes: &[u8]) -> Outcome<()> {
    fs::create_dir_all(folder)?;
    let mut file = File::create(folder.join(name))?;
    for piece in bytes.chunks(PIECE) {
        file.write_all(piece)?;
    }
    file.sync_all()?;
    Ok(File::open(folder)?.sync_all()?)
}

/// A picture as far as anybody looks, and bytes that no disk can shorten.
fn picture(length: usize) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    while bytes.len() < length {
        // xorshift: spread enough, and the same in every run.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

fn multipart(key: &str, file: &[u8]) -> Vec<u8> {
    let mut body = Vec::with_capacity(file.len() + 1024);
    let fields = [
        ("key", key),
        ("what", "The Wi-Fi in the Main Library dropped during my test"),
    ];
    for (name, value) in fields {
        let part = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    let head = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"screen.png\"\r\nContent-Type: image/png\r\n\r\n"
    );
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}

/// Where staff read the file of a complaint that was just saved.
fn link_to_file(server: &Server, saved: &Answer, reader: &str) -> Outcome<String> {
    let unclear = |what: &str| Failure::new(format!("a complaint with a file was answered {}: {what}", saved.status));
    let cookie = saved.cookie().ok_or_else(|| unclear("no cookie leads to its page"))?;
    let page = server.ask(&Request {
        path: "/complain/sent",
        cookie: &cookie,
        ..Request::default()
    })?;
    let text = page.text();
    let reference = text.split_once("FC-").map(|(_, rest)| rest);
    let digits: String = reference
        .into_iter()
        .flat_map(str::chars)
        .take_while(char::is_ascii_digit)
        .collect();
    let path = format!("/staff/c/FC-{digits}");
    let case = server.ask(&Request {
        path: &path,
        cookie: reader,
        ..Request::default()
    })?;
    let files = format!("{path}/files/");
    let text = case.text();
    let id = text.split_once(&files).map(|(_, rest)| rest);
    let id: String = id
        .into_iter()
        .flat_map(str::chars)
        .take_while(char::is_ascii_alphanumeric)
        .collect();
    match id.is_empty() {
        true => Err(unclear(&format!("{path} shows no file"))),
        false => Ok(files + &id),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_has_its_length_and_is_the_same_in_every_run() {
        assert_eq!(picture(100_003).len(), 100_003);
        assert_eq!(picture(1000), picture(1000));
        assert!(picture(1000).starts_with(b"\x89PNG"));
    }
}
