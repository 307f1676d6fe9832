//! A mail server that takes every letter and notes when: the least of SMTP (RFC 5321) that a bench needs, on the loopback.

use std::collections::HashMap;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::server::now;
use crate::shell::Outcome;

/// When letters were accepted, by the address that they went to.
pub(super) type Accepted = HashMap<String, Vec<Instant>>;

/// A running server; it ends with the process.
pub(super) struct MailServer {
    pub(super) address: SocketAddr,
    accepted: Arc<Mutex<Accepted>>,
}

impl MailServer {
    pub(super) fn start() -> Outcome<MailServer> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let server = MailServer {
            address: listener.local_addr()?,
            accepted: Arc::default(),
        };
        let accepted = server.accepted.clone();
        thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let accepted = accepted.clone();
                // A client that hangs up ends its conversation; what it handed over before is noted.
                thread::spawn(move || drop(hold(stream, &accepted)));
            }
        });
        Ok(server)
    }

    /// What was accepted so far.
    pub(super) fn accepted(&self) -> Accepted {
        self.accepted.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn hold(stream: TcpStream, accepted: &Mutex<Accepted>) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut said = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    let mut to = String::new();
    let mut line = String::new();
    stream.write_all(b"220 bench ready\r\n")?;
    loop {
        line.clear();
        if said.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-bench\r\n250 8BITMIME\r\n",
            "RCPT" => {
                let address = line.split(['<', '>']).nth(1).unwrap_or_default();
                address.clone_into(&mut to);
                b"250 2.1.5 Ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 Go on\r\n")?;
                read_letter(&mut said)?;
                let mut accepted = accepted.lock().unwrap_or_else(PoisonError::into_inner);
                accepted.entry(to.clone()).or_default().push(now());
                b"250 2.0.0 Ok\r\n"
            }
            "QUIT" => return stream.write_all(b"221 2.0.0 Bye\r\n"),
            _ => b"250 2.0.0 Ok\r\n",
        };
        stream.write_all(answer)?;
    }
}

fn read_letter(said: &mut impl BufRead) -> io::Result<()> {
    let mut line = Vec::new();
    while line != b".\r\n" {
        line.clear();
        if said.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(())
}
