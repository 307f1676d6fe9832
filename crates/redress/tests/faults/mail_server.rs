//! A mail server that takes every letter (the least of RFC 5321) and remembers to whom it went and under which number. It can keep everybody waiting
//! before it takes one.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Write as _};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};

/// The Message-IDs of the letters that were taken, by the address that they went to.
pub(crate) type Taken = BTreeMap<String, Vec<String>>;

/// A running server; it ends with the test.
pub(crate) struct MailServer {
    pub(crate) address: SocketAddr,
    taken: Arc<Mutex<Taken>>,
    door: Arc<Door>,
}

/// Through which everybody goes before they hand over a letter: when they are greeted, or ask whether the server is still there.
#[derive(Default)]
struct Door {
    state: Mutex<DoorState>,
    changed: Condvar,
}

#[derive(Default)]
struct DoorState {
    shut: bool,
    /// How many may pass although it is shut.
    let_in: usize,
    waiting: usize,
}

impl DoorState {
    fn holds(&mut self) -> bool {
        if self.shut && self.let_in > 0 {
            self.let_in -= 1;
            return false;
        }
        self.shut
    }
}

impl Door {
    fn pass(&self) {
        let mut state = self.state.lock().unwrap();
        state.waiting += 1;
        state = self.changed.wait_while(state, DoorState::holds).unwrap();
        state.waiting -= 1;
    }

    fn change(&self, change: impl FnOnce(&mut DoorState)) {
        change(&mut self.state.lock().unwrap());
        self.changed.notify_all();
    }
}

impl MailServer {
    pub(crate) fn start() -> MailServer {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let server = MailServer {
            address: listener.local_addr().unwrap(),
            taken: Arc::default(),
            door: Arc::default(),
        };
        let (taken, door) = (server.taken.clone(), server.door.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().filter_map(Result::ok) {
                let (taken, door) = (taken.clone(), door.clone());
                // A client that is killed hangs up; what it handed over before counts.
                std::thread::spawn(move || drop(hold(stream, &taken, &door)));
            }
        });
        server
    }

    /// From now on whoever wants to hand over a letter waits.
    pub(crate) fn shut(&self) {
        self.door.change(|door| door.shut = true);
    }

    /// Lets in one of those who wait, or who comes next.
    pub(crate) fn let_one_in(&self) {
        self.door.change(|door| door.let_in += 1);
    }

    /// Lets in everybody.
    pub(crate) fn open(&self) {
        self.door.change(|door| door.shut = false);
    }

    /// How many wait.
    pub(crate) fn waiting(&self) -> usize {
        self.door.state.lock().unwrap().waiting
    }

    pub(crate) fn taken(&self) -> Taken {
        self.taken.lock().unwrap().clone()
    }
}

fn hold(mut stream: TcpStream, taken: &Mutex<Taken>, door: &Door) -> io::Result<()> {
    let mut said = BufReader::new(stream.try_clone()?);
    let (mut to, mut line) = (String::new(), String::new());
    door.pass();
    stream.write_all(b"220 ready\r\n")?;
    loop {
        line.clear();
        if said.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        let answer: &[u8] = match word.as_str() {
            "EHLO" => b"250-here\r\n250 8BITMIME\r\n",
            "RCPT" => {
                line.split(['<', '>']).nth(1).unwrap_or_default().clone_into(&mut to);
                b"250 2.1.5 Ok\r\n"
            }
            "DATA" => {
                stream.write_all(b"354 Go on\r\n")?;
                let number = read_letter(&mut said)?;
                taken.lock().unwrap().entry(to.clone()).or_default().push(number);
                b"250 2.0.0 Ok\r\n"
            }
            "NOOP" => {
                door.pass();
                b"250 2.0.0 Ok\r\n"
            }
            "QUIT" => return stream.write_all(b"221 2.0.0 Bye\r\n"),
            _ => b"250 2.0.0 Ok\r\n",
        };
        stream.write_all(answer)?;
    }
}

/// Reads a letter to its end, and answers its Message-ID.
fn read_letter(said: &mut impl BufRead) -> io::Result<String> {
    let (mut number, mut line) = (String::new(), Vec::new());
    while line != b".\r\n" {
        line.clear();
        if said.read_until(b'\n', &mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let text = String::from_utf8_lossy(&line);
        if let Some((_, value)) = text
            .split_once(':')
            .filter(|(name, _)| name.eq_ignore_ascii_case("message-id"))
        {
            value.trim().clone_into(&mut number);
        }
    }
    Ok(number)
}
