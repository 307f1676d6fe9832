//! The memory that reading takes, whatever a message holds: measured in a process of its own for each message, by the most that it ever had.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::process::Command;

use mail::{Settings, read};

/// The most that reading a message may take, in kilobytes.
const MOST_KB: u64 = 24 * 1024;
/// Says to the process which message it reads.
const WHICH: &str = "REDRESS_TEST_MESSAGE";

/// A message that is made as it is read: a beginning, something many times, and an end.
struct Made {
    rest: io::Cursor<Vec<u8>>,
    again: Vec<u8>,
    times: usize,
    end: Vec<u8>,
}

impl Read for Made {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let count = self.rest.read(into)?;
            if count > 0 || self.times == 0 && self.end.is_empty() {
                return Ok(count);
            }
            self.rest = io::Cursor::new(match self.times {
                0 => std::mem::take(&mut self.end),
                _ => {
                    self.times -= 1;
                    self.again.clone()
                }
            });
        }
    }
}

/// `again`, so often that it makes so many megabytes.
fn made(beginning: &str, again: &str, megabytes: usize, end: &str) -> Made {
    let lines = again.repeat((64 * 1024 / again.len()).max(1));
    Made {
        times: megabytes * 1024 * 1024 / lines.len() + 1,
        rest: io::Cursor::new(beginning.as_bytes().to_vec()),
        again: lines.into_bytes(),
        end: end.as_bytes().to_vec(),
    }
}

const HEAD: &str = "From: a@b.example\r\nSubject: x\r\n";
const BASE64: &str = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2\r\n";
const MIXED: &str =
    "From: a@b.example\r\nSubject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nwords\r\n";

const MESSAGES: &[&str] = &[
    "a file of 50 MB",
    "10,000 parts",
    "50 MB of words",
    "50 MB on one line",
    "20 MB of HTML",
    "20 MB of elements",
    "20 MB of tables",
    "20 MB of header",
    "20 MB of addressees",
    "20 MB of parts",
    "20 MB of lines like boundaries",
    "20 MB inside 1,000 multiparts",
    "20 MB of Cyrillic in bytes",
    "20 MB of uuencode",
];

fn message(which: &str) -> Made {
    let html = format!("{HEAD}Content-Type: text/html\r\n\r\n");
    let deep: String = (0..1000)
        .map(|at| format!("Content-Type: multipart/mixed; boundary=b{at}\r\n\r\n--b{at}\r\n"))
        .collect();
    match which {
        "a file of 50 MB" => made(
            &format!("{MIXED}--b\r\nContent-Type: application/zip; name=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"),
            BASE64,
            50,
            "\r\n--b--\r\n",
        ),
        "10,000 parts" => Made {
            rest: io::Cursor::new(MIXED.into()),
            again: b"--b\r\nContent-Type: image/png; name=\"a picture with a name.png\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n".to_vec(),
            times: 10_000,
            end: b"--b--\r\n".to_vec(),
        },
        "50 MB of words" => made(&format!("{HEAD}\r\n"), "Some words that somebody wrote.\r\n", 50, ""),
        "50 MB on one line" => made(&format!("{HEAD}\r\n"), "words ", 50, ""),
        "20 MB of HTML" => made(&html, "<p>Some <b>words</b> of <a href=\"https://uni.example/\">somebody</a></p>\r\n", 20, ""),
        "20 MB of elements" => made(&html, "<b>", 20, ""),
        "20 MB of tables" => made(&html, "<table><tr><td>x", 20, ""),
        "20 MB of header" => made(HEAD, "X-Field: some value that nobody needs\r\n", 20, "\r\nwords"),
        "20 MB of addressees" => made(HEAD, "To: a@b.example, a@b.example, a@b.example, a@b.example\r\n", 20, "\r\nwords"),
        "20 MB of parts" => made(MIXED, "--b\r\n\r\nx\r\n", 20, ""),
        "20 MB of lines like boundaries" => made(MIXED, "--\r\n--b-\r\n", 20, ""),
        "20 MB inside 1,000 multiparts" => made(&format!("{HEAD}{deep}\r\n"), "--b1x\r\nwords\r\n", 20, ""),
        "20 MB of Cyrillic in bytes" => Made {
            rest: io::Cursor::new(format!("{HEAD}Content-Type: text/plain; charset=koi8-r\r\n\r\n").into_bytes()),
            again: vec![0xF0; 64 * 1024],
            times: 320,
            end: Vec::new(),
        },
        "20 MB of uuencode" => made(&format!("{HEAD}\r\nbegin 644 cat\r\n"), "#0V%T\r\n", 20, "`\r\nend\r\n"),
        other => panic!("no such message: {other}"),
    }
}

/// The most memory that this process ever had, in kilobytes.
fn most() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("the system tells");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .expect("the system tells the most");
    line.split_whitespace()
        .nth(1)
        .and_then(|kb| kb.parse().ok())
        .expect("a number")
}

/// Reads one message, both ways, and says what it took. Does nothing unless the other test asks.
#[test]
fn in_a_process_of_its_own() {
    let Ok(which) = env::var(WHICH) else { return };
    drop(read(
        "From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>x".as_bytes(),
        &Settings::default(),
    ));
    let before = most();
    let reading = read(message(&which), &Settings::default()).expect("it can be read");
    let mut attachments = reading.carried(message(&which));
    let (mut count, mut bytes) = (0, 0);
    while let Some(mut attachment) = attachments.next().expect("it can be read") {
        count += 1;
        bytes += io::copy(&mut attachment, &mut io::sink()).expect("it can be read");
    }
    assert_eq!(count, reading.message.carried.len());
    assert_eq!(
        bytes,
        reading.message.carried.iter().map(|carried| carried.size).sum::<u64>()
    );
    println!("took {} kB", most() - before);
}

#[test]
#[cfg(target_os = "linux")]
fn it_does_not_grow_with_the_message() {
    for which in MESSAGES {
        let this = env::current_exe().expect("this program");
        let child = Command::new(this)
            .args(["--exact", "in_a_process_of_its_own", "--nocapture"])
            .env(WHICH, which)
            .output()
            .expect("this program runs");
        let said = String::from_utf8_lossy(&child.stdout);
        assert!(
            child.status.success(),
            "{which}: {said}{}",
            String::from_utf8_lossy(&child.stderr)
        );
        let took = said
            .lines()
            .find_map(|line| line.split("took ").nth(1)?.strip_suffix(" kB")?.parse::<u64>().ok());
        let took = took.unwrap_or_else(|| panic!("{which}: {said}"));
        println!("{which}: {took} kB");
        assert!(took <= MOST_KB, "{which} takes {took} kB");
    }
}
