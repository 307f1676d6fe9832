//! The other side of the door, for the pipe command: one message from standard input to the running product. It starts no runtime, because a process is made
//! for each message.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use super::listen::Listen;

/// How much is sent at a time.
const CHUNK: usize = 128 * 1024;
/// How long the product may take for an answer. Postfix gives a pipe 1000 seconds (`pipe_time_limit`).
const PATIENCE: Duration = Duration::from_secs(300);

/// For whom a message is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Envelope {
    /// Who sends it; nothing where nobody is to be told.
    pub sender: Option<String>,
    /// Who is to have it.
    pub recipients: Vec<String>,
}

/// Why a message was not handed over.
#[derive(Debug, thiserror::Error)]
pub enum HandFault {
    /// It may be taken later: the product is away, or cannot keep it now.
    #[error("{0}")]
    Later(String),
    /// It will never be taken like this.
    #[error("{0}")]
    Never(String),
    /// There is no message.
    #[error("there is no message on standard input")]
    Empty,
}

impl From<io::Error> for HandFault {
    fn from(error: io::Error) -> HandFault {
        HandFault::Later(format!("the conversation with the product broke off: {error}"))
    }
}

/// Hands one message over. When this returns well it is durable.
///
/// # Errors
/// Why it is not. After a conversation that broke off at its very end the product may have it all the same, and knows it when it comes again.
pub fn hand_over(to: &Listen, envelope: &Envelope, message: &mut impl Read) -> Result<(), HandFault> {
    let away = |error: io::Error| HandFault::Later(format!("the product does not listen on {to}: {error}"));
    let mut named = envelope.recipients.iter().chain(&envelope.sender);
    if let Some(odd) = named.find(|address| address.contains(|c: char| c.is_control() || "<> ".contains(c))) {
        return Err(HandFault::Never(format!("{odd:?} is not an address")));
    }
    let mut message = BufReader::with_capacity(CHUNK, message);
    if message.fill_buf().map_err(unreadable)?.is_empty() {
        return Err(HandFault::Empty);
    }
    match to {
        Listen::Port(address) => {
            let stream = TcpStream::connect_timeout(address, PATIENCE).map_err(away)?;
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            talk(stream.try_clone()?, stream, envelope, message)
        }
        Listen::Socket(path) => {
            let stream = UnixStream::connect(path).map_err(away)?;
            stream.set_read_timeout(Some(PATIENCE))?;
            stream.set_write_timeout(Some(PATIENCE))?;
            talk(stream.try_clone()?, stream, envelope, message)
        }
    }
}

fn unreadable(error: io::Error) -> HandFault {
    HandFault::Later(format!("standard input cannot be read: {error}"))
}

fn talk(read: impl Read, mut write: impl Write, envelope: &Envelope, message: impl BufRead) -> Result<(), HandFault> {
    let mut answers = Answers(BufReader::new(read));
    answers.one()?;
    let mut said = "LHLO localhost\r\n".to_owned();
    said.push_str(&format!(
        "MAIL FROM:<{}>{}\r\n",
        envelope.sender.as_deref().unwrap_or_default(),
        utf8(envelope)
    ));
    for recipient in &envelope.recipients {
        said.push_str(&format!("RCPT TO:<{recipient}>\r\n"));
    }
    write.write_all(said.as_bytes())?;
    // The greeting, the sender, and then each recipient: one that is refused refuses the message, since it is one process for all of them.
    for _ in 0..2 + envelope.recipients.len() {
        answers.one()?;
    }
    let mut lines = Lines {
        message,
        before: Before::Beginning,
    };
    loop {
        let chunk = lines.next(CHUNK).map_err(unreadable)?;
        let last = if chunk.is_empty() { " LAST" } else { "" };
        write.write_all(format!("BDAT {}{last}\r\n", chunk.len()).as_bytes())?;
        write.write_all(&chunk)?;
        write.flush()?;
        if chunk.is_empty() {
            break;
        }
        answers.one()?;
    }
    for _ in &envelope.recipients {
        answers.one()?;
    }
    // It is durable: whether the goodbye arrives makes no difference.
    drop(write.write_all(b"QUIT\r\n"));
    Ok(())
}

/// Addresses beyond ASCII are announced (RFC 6531, 3.4).
fn utf8(envelope: &Envelope) -> &'static str {
    let mut all = envelope.recipients.iter().chain(&envelope.sender);
    match all.all(|address| address.is_ascii()) {
        true => "",
        false => " SMTPUTF8",
    }
}

/// What the product answers.
struct Answers<R>(BufReader<R>);

impl<R: Read> Answers<R> {
    /// The next answer, of however many lines.
    fn one(&mut self) -> Result<(), HandFault> {
        loop {
            let mut line = String::new();
            if self.0.by_ref().take(4096).read_line(&mut line)? == 0 {
                return Err(HandFault::Later("the product closed the conversation".to_owned()));
            }
            if line.as_bytes().get(3) == Some(&b'-') {
                continue;
            }
            let words = line.trim_end().to_owned();
            return match words.bytes().next() {
                Some(b'2') => Ok(()),
                Some(b'5') => Err(HandFault::Never(words)),
                _ => Err(HandFault::Later(words)),
            };
        }
    }
}

/// A message as it stands on standard input, with the ends of lines that messages have: a program that is run with a message gets it in the letters of
/// the machine, and perhaps with the line before it by which mailboxes of old were parted.
struct Lines<R> {
    message: R,
    before: Before,
}

/// What was the last thing that was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Beginning,
    Return,
    Other,
}

impl<R: BufRead> Lines<R> {
    /// The next bytes, about this many; none at the end.
    fn next(&mut self, about: usize) -> io::Result<Vec<u8>> {
        if self.before == Before::Beginning {
            if self.message.fill_buf()?.starts_with(b"From ") {
                self.message.skip_until(b'\n')?;
            }
            self.before = Before::Other;
        }
        let mut out = Vec::with_capacity(about + about / 8);
        while out.len() < about {
            let came = self.message.fill_buf()?;
            if came.is_empty() {
                break;
            }
            for byte in came {
                if *byte == b'\n' && self.before != Before::Return {
                    out.push(b'\r');
                }
                out.push(*byte);
                self.before = match byte {
                    b'\r' => Before::Return,
                    _ => Before::Other,
                };
            }
            let many = came.len();
            self.message.consume(many);
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole of it, read so many bytes at a time.
    fn lines(text: &[u8], at_a_time: usize) -> Vec<u8> {
        let mut lines = Lines {
            message: BufReader::with_capacity(at_a_time, text),
            before: Before::Beginning,
        };
        let mut whole = Vec::new();
        loop {
            let chunk = lines.next(1).expect("it can be read");
            if chunk.is_empty() {
                return whole;
            }
            whole.extend(chunk);
        }
    }

    #[test]
    fn ends_of_lines_are_those_of_messages_wherever_it_is_cut() {
        for at_a_time in [8, 9, 10, 11, 64] {
            assert_eq!(
                lines(b"A: b\nC: d\r\n\n.\nend", at_a_time),
                b"A: b\r\nC: d\r\n\r\n.\r\nend"
            );
            assert_eq!(lines(b"From a@b Thu\nA: b\n", at_a_time), b"A: b\r\n");
            assert_eq!(lines(b"From: a@b\n", at_a_time), b"From: a@b\r\n");
        }
    }
}
