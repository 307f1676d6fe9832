//! The least of HTTP/1.1 that a bench needs: one request on a connection of its own, and the bytes that came back.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any page may take; a bench that hangs is worse than one that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request without a body, or with a form.
#[derive(Debug, Default)]
pub(super) struct Request<'a> {
    pub(super) path: &'a str,
    /// What the client can unpack, such as `gzip`; nothing asks for plain bytes.
    pub(super) accept_encoding: &'a str,
    /// The session's cookie, as `name=value`.
    pub(super) cookie: &'a str,
    /// An encoded form; when there is one, the request is a POST.
    pub(super) form: Option<&'a str>,
}

/// What came back.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    /// As sent, which may be packed.
    pub(super) body: Vec<u8>,
}

impl Answer {
    /// The first cookie that was set, as `name=value`.
    pub(super) fn cookie(&self) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(name, _)| name == "set-cookie")?;
        value.split(';').next().map(str::to_owned)
    }

    /// The body as text, when it was not packed.
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// Sends the request and reads the whole answer.
pub(super) fn send(address: SocketAddr, request: &Request<'_>) -> io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let method = if request.form.is_some() { "POST" } else { "GET" };
    let form = request.form.unwrap_or_default();
    let mut head = format!(
        "{method} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n",
        request.path
    );
    for (name, value) in [("Accept-Encoding", request.accept_encoding), ("Cookie", request.cookie)] {
        if !value.is_empty() {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
    }
    if request.form.is_some() {
        // The origin is what a browser would send; without it the product refuses a form, rightly.
        head.push_str(&format!("Origin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n"));
        head.push_str(&format!(
            "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n",
            form.len()
        ));
    }
    stream.write_all(format!("{head}\r\n{form}").as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    parse(&bytes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer"))
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..end]).ok()?;
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let rest = &bytes[end + 4..];
    let chunked = headers
        .iter()
        .any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { unchunk(rest)? } else { rest.to_vec() };
    Some(Answer { status, headers, body })
}

fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = find(rest, b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        let start = end + 2;
        body.extend_from_slice(rest.get(start..start + size)?);
        rest = rest.get(start + size + 2..)?;
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_whole() {
        let answer = parse(b"HTTP/1.1 200 OK\r\nSet-Cookie: s=1; HttpOnly\r\n\r\n<p>Hello").expect("an answer");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.cookie().as_deref(), Some("s=1"));
        assert_eq!(answer.text(), "<p>Hello");
    }

    #[test]
    fn a_chunked_answer_is_put_together() {
        let answer = parse(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nA;x=y\r\npedia and \r\n0\r\n\r\n",
        );
        assert_eq!(answer.expect("an answer").text(), "Wikipedia and ");
    }

    #[test]
    fn what_is_not_http_is_not_taken_for_it() {
        assert!(parse(b"SSH-2.0-OpenSSH\r\n").is_none());
    }
}
