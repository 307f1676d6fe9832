//! The least of HTTP/1.1 that a complainant needs: one form or one page on a connection of its own.

use std::io::{self, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than anything here waits for, shorter than a test that hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// What came back, whole.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Status line and headers.
    head: String,
    pub(crate) body: String,
}

impl Answer {
    /// The first header of this name, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut named = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        named.next().map(|(_, value)| value.trim())
    }

    /// Asserts that it says what is so: not now, in a while, and these words are still there.
    pub(crate) fn assert_says_later(&self, words: &str) {
        assert_eq!(self.status, 503, "{self:?}");
        let seconds = self.header("retry-after").map(str::parse::<u32>);
        assert!(matches!(seconds, Some(Ok(30..600))), "when to come back: {self:?}");
        for said in ["We cannot save that just now", words] {
            assert!(self.body.contains(said), "{said}: {self:?}");
        }
    }
}

/// Asks for a page.
pub(crate) fn get(address: SocketAddr, path: &str) -> io::Result<Answer> {
    get_with(address, path, "")
}

/// The same with a cookie.
pub(crate) fn get_with(address: SocketAddr, path: &str, cookie: &str) -> io::Result<Answer> {
    ask(address, &format!("GET {path} HTTP/1.1\r\nCookie: {cookie}\r\n"), "")
}

/// Sends a form as a browser does that has it from the same site.
pub(crate) fn post(address: SocketAddr, path: &str, form: &str) -> io::Result<Answer> {
    post_with(address, path, form, "")
}

/// The same with a cookie.
pub(crate) fn post_with(address: SocketAddr, path: &str, form: &str, cookie: &str) -> io::Result<Answer> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
        form.len()
    );
    ask(address, &head, form)
}

fn ask(address: SocketAddr, head: &str, body: &str) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.write_all(format!("{head}Host: {address}\r\nConnection: close\r\n\r\n{body}").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    read(&String::from_utf8_lossy(&bytes)).ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
}

/// An answer, if it is whole: one that was cut off says nothing.
fn read(text: &str) -> Option<Answer> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let answer = Answer {
        // Patroni answers as HTTP/1.0.
        status: head.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()?,
        head: head.to_owned(),
        body: body.to_owned(),
    };
    match answer.header("content-length") {
        Some(length) if length.parse() != Ok(body.len()) => None,
        _ => Some(answer),
    }
}
