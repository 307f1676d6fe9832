//! The least of HTTP/1.1 that a bench and the load generator need: requests on a kept connection, and the bytes that came back.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// Longer than any page may take; a bench that hangs is worse than one that fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// A request without a body, or with a form.
#[derive(Debug, Default)]
pub(crate) struct Request<'a> {
    pub(crate) path: &'a str,
    /// What the client can unpack, such as `gzip`; nothing asks for plain bytes.
    pub(crate) accept_encoding: &'a str,
    /// The session's cookie, as `name=value`.
    pub(crate) cookie: &'a str,
    /// An encoded form; when there is one, the request is a POST.
    pub(crate) form: Option<&'a str>,
    /// The same for a body in JSON.
    pub(crate) json: Option<&'a str>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    headers: Vec<(String, String)>,
    /// As sent, which may be packed.
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// The first cookie that was set, as `name=value`.
    pub(crate) fn cookie(&self) -> Option<String> {
        let (_, value) = self.headers.iter().find(|(name, _)| name == "set-cookie")?;
        value.split(';').next().map(str::to_owned)
    }

    /// The body as text, when it was not packed.
    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

/// A connection that is kept from one request to the next, as browsers keep theirs.
pub(crate) struct Connection {
    address: SocketAddr,
    stream: BufReader<TcpStream>,
}

impl Connection {
    pub(crate) fn open(address: SocketAddr) -> io::Result<Connection> {
        let stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            address,
            stream: BufReader::new(stream),
        })
    }

    /// Sends the request and reads the whole answer.
    pub(crate) fn send(&mut self, request: &Request<'_>) -> io::Result<Answer> {
        self.stream.get_mut().write_all(request.text(self.address).as_bytes())?;
        Answer::read(&mut self.stream)
    }
}

impl Connection {
    /// Sends a form with files, already put together, as a browser does.
    pub(super) fn send_multipart(&mut self, path: &str, boundary: &str, form: &[u8]) -> io::Result<Answer> {
        let address = self.address;
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nOrigin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {}\r\n\r\n",
            form.len()
        );
        self.stream.get_mut().write_all(head.as_bytes())?;
        self.stream.get_mut().write_all(form)?;
        Answer::read(&mut self.stream)
    }
}

/// Sends the request on a connection of its own.
pub(crate) fn send(address: SocketAddr, request: &Request<'_>) -> io::Result<Answer> {
    Connection::open(address)?.send(request)
}

impl Request<'_> {
    fn text(&self, address: SocketAddr) -> String {
        let form = self.form.map(|form| ("application/x-www-form-urlencoded", form));
        let sent = form.or(self.json.map(|json| ("application/json", json)));
        let method = if sent.is_some() { "POST" } else { "GET" };
        let mut head = format!("{method} {} HTTP/1.1\r\nHost: {address}\r\n", self.path);
        for (name, value) in [("Accept-Encoding", self.accept_encoding), ("Cookie", self.cookie)] {
            if !value.is_empty() {
                head.push_str(&format!("{name}: {value}\r\n"));
            }
        }
        if let Some((kind, body)) = sent {
            // The origin is what a browser would send; without it the product refuses a form, rightly.
            head.push_str(&format!("Origin: http://{address}\r\nSec-Fetch-Site: same-origin\r\n"));
            head.push_str(&format!(
                "Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            ));
            return head;
        }
        format!("{head}\r\n")
    }
}

impl Answer {
    fn read(from: &mut impl BufRead) -> io::Result<Answer> {
        let first = line(from)?;
        let status = first.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.split(' ').next());
        let status = status.and_then(|code| code.parse().ok()).ok_or_else(not_http)?;
        let mut headers = Vec::new();
        loop {
            let header = line(from)?;
            if header.is_empty() {
                break;
            }
            let (name, value) = header.split_once(':').ok_or_else(not_http)?;
            headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
        }
        let mut answer = Answer {
            status,
            headers,
            body: Vec::new(),
        };
        answer.body = answer.read_body(from)?;
        Ok(answer)
    }

    fn read_body(&self, from: &mut impl BufRead) -> io::Result<Vec<u8>> {
        let header = |wanted: &str| {
            self.headers
                .iter()
                .find(|(name, _)| name == wanted)
                .map(|(_, value)| value)
        };
        let mut body = Vec::new();
        if header("transfer-encoding").is_some_and(|value| value == "chunked") {
            loop {
                let size = line(from)?;
                let size = size.split(';').next().unwrap_or_default().trim();
                let size = usize::from_str_radix(size, 16).map_err(|_| not_http())?;
                read_more(from, &mut body, size)?;
                // The end of a chunk, or of the last one.
                line(from)?;
                if size == 0 {
                    return Ok(body);
                }
            }
        }
        match header("content-length") {
            Some(length) => read_more(from, &mut body, length.parse().map_err(|_| not_http())?)?,
            None if matches!(self.status, 204 | 304) => {}
            None => drop(from.read_to_end(&mut body)?),
        }
        Ok(body)
    }
}

fn read_more(from: &mut impl BufRead, body: &mut Vec<u8>, size: usize) -> io::Result<()> {
    let begins = body.len();
    body.resize(begins + size, 0);
    from.read_exact(&mut body[begins..])
}

fn line(from: &mut impl BufRead) -> io::Result<String> {
    let mut line = String::new();
    if from.read_line(&mut line)? == 0 {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn not_http() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_to_its_end_and_the_next_one_after_it() {
        let mut bytes: &[u8] = b"HTTP/1.1 200 OK\r\nSet-Cookie: s=1; HttpOnly\r\nContent-Length: 8\r\n\r\n<p>HelloHTTP/1.1 204 No Content\r\n\r\n";
        let answer = Answer::read(&mut bytes).expect("an answer");
        assert_eq!(answer.status, 200);
        assert_eq!(answer.cookie().as_deref(), Some("s=1"));
        assert_eq!(answer.text(), "<p>Hello");
        assert_eq!(Answer::read(&mut bytes).expect("another").status, 204);
    }

    #[test]
    fn a_chunked_answer_is_put_together() {
        let mut bytes: &[u8] =
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nWiki\r\nA;x=y\r\npedia and \r\n0\r\n\r\n";
        assert_eq!(Answer::read(&mut bytes).expect("an answer").text(), "Wikipedia and ");
        assert!(bytes.is_empty());
    }

    #[test]
    fn what_is_not_http_is_not_taken_for_it() {
        let mut bytes: &[u8] = b"SSH-2.0-OpenSSH\r\n";
        assert!(Answer::read(&mut bytes).is_err());
    }
}
