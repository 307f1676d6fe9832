//! A mail server that misbehaves as it is told to: small, and on the loopback.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWrite, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What it does instead of what it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Instead {
    /// It closes the line.
    Close,
    /// It sends half of the answer and closes the line.
    Half,
    /// It says these words after the number of the command: `NO not now`.
    Say(&'static str),
    /// It sends these bytes, and then what it was asked for.
    First(Vec<u8>),
    /// It says nothing any more.
    Silence,
}

/// Decides about a command, on which connection (from 1), whether it does something else.
pub(crate) type Mishap = Box<dyn FnMut(usize, &str) -> Option<Instead> + Send>;

pub(crate) struct FakeImap {
    pub(crate) port: u16,
    inside: Arc<Inside>,
}

struct Inside {
    messages: Mutex<BTreeMap<u32, Vec<u8>>>,
    validity: Mutex<u32>,
    can: &'static str,
    mishap: Mutex<Mishap>,
    asked: Mutex<Vec<String>>,
    came: watch::Sender<u32>,
}

impl FakeImap {
    pub(crate) async fn start(
        messages: &[(u32, &str)],
        can: &'static str,
        mishap: impl FnMut(usize, &str) -> Option<Instead> + Send + 'static,
    ) -> FakeImap {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("its number").port();
        let messages = messages
            .iter()
            .map(|(uid, text)| (*uid, text.as_bytes().to_vec()))
            .collect();
        let inside = Arc::new(Inside {
            messages: Mutex::new(messages),
            validity: Mutex::new(7),
            can,
            mishap: Mutex::new(Box::new(mishap)),
            asked: Mutex::default(),
            came: watch::channel(0).0,
        });
        let serving = inside.clone();
        tokio::spawn(async move {
            for connection in 1.. {
                let (stream, _) = listener.accept().await.expect("a line");
                let inside = serving.clone();
                // A client that goes away is none of its business.
                tokio::spawn(async move { drop(inside.serve(connection, stream).await) });
            }
        });
        FakeImap { port, inside }
    }

    pub(crate) fn put(&self, uid: u32, text: &str) {
        let mut messages = self.inside.messages.lock().expect("whole");
        messages.insert(uid, text.as_bytes().to_vec());
        self.inside.came.send_replace(uid);
    }

    pub(crate) fn number_anew(&self, validity: u32) {
        *self.inside.validity.lock().expect("whole") = validity;
    }

    /// What it was asked, on all connections.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.inside.asked.lock().expect("whole").clone()
    }
}

impl Inside {
    async fn serve(&self, connection: usize, stream: TcpStream) -> std::io::Result<()> {
        let (read, mut write) = tokio::io::split(stream);
        let mut read = BufReader::new(read);
        let greeting = b"* OK it is a server\r\n".to_vec();
        if !self.answer(connection, "connect", &greeting, &mut write).await? {
            return Ok(());
        }
        loop {
            let mut line = String::new();
            if read.read_line(&mut line).await? == 0 {
                return Ok(());
            }
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or((line.trim_end(), ""));
            let mut command = command.to_owned();
            if command.starts_with("AUTHENTICATE") {
                write.write_all(b"+ \r\n").await?;
                let mut secret = String::new();
                read.read_line(&mut secret).await?;
                command = format!("{command} {}", secret.trim_end());
            }
            self.asked.lock().expect("whole").push(command.clone());
            if command == "IDLE" {
                if !self.idle(connection, tag, &mut read, &mut write).await? {
                    return Ok(());
                }
                continue;
            }
            let mut said = self.says(&command);
            said.extend_from_slice(format!("{tag} OK done\r\n").as_bytes());
            let whole = format!("{tag} {command}");
            if !self.answer(connection, &whole, &said, &mut write).await? {
                return Ok(());
            }
        }
    }

    /// False when the line is to be closed.
    async fn answer(
        &self,
        connection: usize,
        asked: &str,
        said: &[u8],
        write: &mut (impl AsyncWrite + Unpin),
    ) -> std::io::Result<bool> {
        let (tag, command) = asked.split_once(' ').unwrap_or(("*", asked));
        let instead = (self.mishap.lock().expect("whole"))(connection, command);
        match instead {
            None => write.write_all(said).await?,
            Some(Instead::Close) => return Ok(false),
            Some(Instead::Half) => {
                write.write_all(&said[..said.len() / 2]).await?;
                return Ok(false);
            }
            Some(Instead::Say(words)) => write.write_all(format!("{tag} {words}\r\n").as_bytes()).await?,
            Some(Instead::First(bytes)) => {
                write.write_all(&bytes).await?;
                write.write_all(said).await?;
            }
            Some(Instead::Silence) => std::future::pending().await,
        }
        Ok(true)
    }

    async fn idle(
        &self,
        connection: usize,
        tag: &str,
        read: &mut (impl tokio::io::AsyncBufRead + Unpin),
        write: &mut (impl AsyncWrite + Unpin),
    ) -> std::io::Result<bool> {
        let mut came = self.came.subscribe();
        came.mark_unchanged();
        if !self
            .answer(connection, &format!("{tag} IDLE"), b"+ idling\r\n", write)
            .await?
        {
            return Ok(false);
        }
        loop {
            let mut line = String::new();
            tokio::select! {
                _ = came.changed() => {
                    let many = self.messages.lock().expect("whole").len();
                    write.write_all(format!("* {many} EXISTS\r\n").as_bytes()).await?;
                }
                read = read.read_line(&mut line) => {
                    if read? == 0 {
                        return Ok(false);
                    }
                    write.write_all(format!("{tag} OK done\r\n").as_bytes()).await?;
                    return Ok(true);
                }
            }
        }
    }

    fn says(&self, command: &str) -> Vec<u8> {
        let messages = self.messages.lock().expect("whole");
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["CAPABILITY"] => format!("* CAPABILITY IMAP4rev1 AUTH=PLAIN {}\r\n", self.can).into_bytes(),
            ["SELECT" | "EXAMINE", _] => {
                let (many, validity) = (messages.len(), self.validity.lock().expect("whole"));
                format!("* {many} EXISTS\r\n* OK [UIDVALIDITY {validity}] numbered\r\n").into_bytes()
            }
            ["NOOP"] => format!("* {} EXISTS\r\n", messages.len()).into_bytes(),
            ["UID", "FETCH", "*", _] => match messages.keys().last() {
                Some(last) => format!("* {} FETCH (UID {last})\r\n", messages.len()).into_bytes(),
                None => Vec::new(),
            },
            ["UID", "SEARCH", "UID", range] => {
                let found: Vec<String> = numbers(range)
                    .into_iter()
                    .flat_map(|(from, to)| messages.range(from..=to))
                    .map(|(uid, _)| uid.to_string())
                    .collect();
                format!("* SEARCH {}\r\n", found.join(" ")).into_bytes()
            }
            ["UID", "FETCH", set, "(UID", part] => {
                let (from, many) = piece(part);
                let asked = numbers(set)
                    .into_iter()
                    .flat_map(|(from, to)| messages.range(from..=to));
                let mut said = Vec::new();
                for (uid, bytes) in asked {
                    let rest = &bytes[from.min(bytes.len())..];
                    let piece = &rest[..many.min(rest.len())];
                    said.extend(format!("* {uid} FETCH (UID {uid} BODY[]<{from}> {{{}}}\r\n", piece.len()).bytes());
                    said.extend_from_slice(piece);
                    said.extend_from_slice(b")\r\n");
                }
                said
            }
            _ => Vec::new(),
        }
    }
}

/// Whether this command asks for the bytes of this message.
pub(crate) fn asks_for(command: &str, uid: u32) -> bool {
    let words: Vec<&str> = command.split(' ').collect();
    match words.as_slice() {
        ["UID", "FETCH", set, "(UID", _] => numbers(set).iter().any(|(from, to)| (*from..=*to).contains(&uid)),
        _ => false,
    }
}

/// `4,7:9` as ranges.
fn numbers(set: &str) -> Vec<(u32, u32)> {
    let number = |text: &str| text.parse().expect("a number");
    set.split(',')
        .map(|run| match run.split_once(':') {
            None => (number(run), number(run)),
            Some((from, to)) => (number(from), number(to)),
        })
        .collect()
}

/// `BODY.PEEK[]<4.9>)`.
fn piece(part: &str) -> (usize, usize) {
    let inside = part.trim_start_matches("BODY.PEEK[]<").trim_end_matches(">)");
    let (from, many) = inside.split_once('.').expect("two numbers");
    (from.parse().expect("a number"), many.parse().expect("a number"))
}
