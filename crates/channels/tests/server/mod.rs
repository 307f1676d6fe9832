//! A small mail server for tests: it speaks just enough SMTP (RFC 5321), with good or bad manners.
#![allow(dead_code, reason = "each test file uses its part")]

use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// How the server behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Manners {
    /// Takes every letter.
    Polite,
    /// Takes every letter, and offers reports (RFC 3461).
    Reports,
    /// Takes a letter, then closes the connection.
    ClosesAfterEachLetter,
    /// Greets with this line.
    Greeting(&'static str),
    /// Answers RCPT with this line.
    RecipientAnswer(&'static str),
    /// Answers the first RCPT of all with a 550.
    RefusesFirstRecipient,
    /// Answers the end of the letter with this line.
    LetterAnswer(&'static str),
    /// Offers sign-in and answers it with this line.
    SignIn(&'static str),
    /// Offers these ways to sign in by token, and takes any token but the one called "old": of that it first says why, as a question.
    Tokens(&'static str),
    /// Takes tokens, and after one letter does not know the one called "old" any more: the answer to the next MAIL is this line.
    TokenRunsOut(&'static str),
    /// Offers STARTTLS and then talks nonsense.
    GarbledStartTls,
    /// Accepts the connection and hangs up.
    HangsUpAtOnce,
    /// Hangs up at DATA.
    HangsUpAtData,
    /// Reads the letter and hangs up without an answer.
    HangsUpAfterLetter,
    /// Reads the first letter of all and hangs up without an answer; polite to the rest.
    HangsUpAfterFirstLetter,
    /// Accepts the connection and says nothing.
    Silent,
    /// Says nothing from DATA on.
    SilentAtData,
    /// Reads the first letter of all and never answers; polite to the rest.
    SilentOnFirstLetter,
}

/// What the server saw.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    /// Connections accepted.
    pub(crate) connections: usize,
    /// Command lines, NOOP left out.
    pub(crate) commands: Vec<String>,
    /// RCPT commands so far.
    pub(crate) recipients: usize,
    /// Letters that were read to the end, without the dots that the protocol adds.
    pub(crate) letters: Vec<String>,
}

/// A running server.
pub(crate) struct Server {
    /// Its port on 127.0.0.1.
    pub(crate) port: u16,
    seen: Arc<Mutex<Seen>>,
    work: JoinHandle<()>,
}

impl Server {
    /// Listens on a port of its own.
    pub(crate) async fn start(manners: Manners) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let kept = seen.clone();
        let work = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                kept.lock().expect("not poisoned").connections += 1;
                tokio::spawn(Conversation::new(stream, manners, kept.clone()).hold());
            }
        });
        Self { port, seen, work }
    }

    /// What it saw so far.
    pub(crate) fn seen(&self) -> Seen {
        self.seen.lock().expect("not poisoned").clone()
    }

    /// Stops listening and tells which port is free now.
    pub(crate) async fn stop(self) -> u16 {
        self.work.abort();
        assert!(self.work.await.is_err(), "it was stopped");
        self.port
    }
}

struct Conversation {
    lines: BufReader<OwnedReadHalf>,
    out: OwnedWriteHalf,
    shown: String,
    manners: Manners,
    seen: Arc<Mutex<Seen>>,
}

impl Conversation {
    fn new(stream: TcpStream, manners: Manners, seen: Arc<Mutex<Seen>>) -> Self {
        let (read, out) = stream.into_split();
        Self {
            lines: BufReader::new(read),
            out,
            shown: String::new(),
            manners,
            seen,
        }
    }

    async fn hold(mut self) {
        match self.manners {
            Manners::HangsUpAtOnce => return,
            Manners::Silent => return self.stay_silent().await,
            Manners::Greeting(line) => self.say(line).await,
            _ => self.say("220 test.example ready").await,
        }
        while let Some(line) = self.line().await {
            if line != "NOOP" {
                self.seen.lock().expect("not poisoned").commands.push(line.clone());
            }
            let verb = line.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => self.introduce().await,
                "AUTH" => self.sign_in(&line).await,
                "MAIL" => self.sender().await,
                "STARTTLS" => return self.garble().await,
                "RCPT" => self.recipient().await,
                "DATA" => match self.manners {
                    Manners::HangsUpAtData => return,
                    Manners::SilentAtData => return self.stay_silent().await,
                    _ => {
                        if !self.letter().await {
                            return;
                        }
                    }
                },
                "QUIT" => return self.say("221 2.0.0 Bye").await,
                _ => self.say("250 2.0.0 Ok").await,
            }
        }
    }

    async fn introduce(&mut self) {
        let extension = match self.manners {
            Manners::Reports => "DSN",
            Manners::SignIn(_) => "AUTH PLAIN LOGIN",
            Manners::Tokens(offered) => offered,
            Manners::TokenRunsOut(_) => "AUTH XOAUTH2",
            Manners::GarbledStartTls => "STARTTLS",
            _ => "PIPELINING",
        };
        self.say(&format!("250-test.example\r\n250-8BITMIME\r\n250 {extension}"))
            .await;
    }

    async fn sign_in(&mut self, line: &str) {
        let said = line.rsplit(' ').next().and_then(|said| STANDARD.decode(said).ok());
        self.shown = said
            .map(|said| String::from_utf8_lossy(&said).into_owned())
            .unwrap_or_default();
        let answer = match self.manners {
            Manners::SignIn(answer) => answer,
            Manners::Tokens(_) if self.shown.contains("Bearer old") => {
                self.say(&format!("334 {}", STANDARD.encode("{\"status\":\"401\"}")))
                    .await;
                let went_on = self.line().await;
                assert_eq!(went_on.as_deref(), Some(""), "an empty line goes on to the refusal");
                "535 5.7.3 Authentication unsuccessful"
            }
            Manners::Tokens(_) | Manners::TokenRunsOut(_) => "235 2.7.0 Welcome",
            _ => "503 5.5.1 Not offered",
        };
        self.say(answer).await;
    }

    async fn sender(&mut self) {
        let letters = self.seen.lock().expect("not poisoned").letters.len();
        let answer = match self.manners {
            Manners::TokenRunsOut(answer) if letters > 0 && self.shown.contains("Bearer old") => answer,
            _ => "250 2.1.0 Ok",
        };
        self.say(answer).await;
    }

    async fn garble(&mut self) {
        self.say("220 2.0.0 Go ahead").await;
        self.say("this is no handshake at all, whatever you may think of it")
            .await;
    }

    async fn recipient(&mut self) {
        let number = {
            let mut seen = self.seen.lock().expect("not poisoned");
            seen.recipients += 1;
            seen.recipients
        };
        let answer = match self.manners {
            Manners::RecipientAnswer(answer) => answer,
            Manners::RefusesFirstRecipient if number == 1 => "550 5.1.1 No such person here",
            _ => "250 2.1.5 Ok",
        };
        self.say(answer).await;
    }

    /// Reads a letter; false where the conversation ends with it.
    async fn letter(&mut self) -> bool {
        self.say("354 End with a dot").await;
        let mut letter = String::new();
        loop {
            match self.line().await {
                None => return false,
                Some(line) if line == "." => break,
                Some(line) => {
                    letter.push_str(line.strip_prefix('.').unwrap_or(&line));
                    letter.push_str("\r\n");
                }
            }
        }
        let number = {
            let mut seen = self.seen.lock().expect("not poisoned");
            seen.letters.push(letter);
            seen.letters.len()
        };
        match self.manners {
            Manners::HangsUpAfterLetter => return false,
            Manners::HangsUpAfterFirstLetter if number == 1 => return false,
            Manners::SilentOnFirstLetter if number == 1 => {
                self.stay_silent().await;
                return false;
            }
            Manners::LetterAnswer(answer) => self.say(answer).await,
            _ => self.say(&format!("250 2.0.0 Ok: queued as LETTER{number}")).await,
        }
        self.manners != Manners::ClosesAfterEachLetter
    }

    async fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        match self.lines.read_line(&mut line).await {
            Ok(0) | Err(_) => None,
            Ok(_) => Some(line.trim_end_matches(['\r', '\n']).to_owned()),
        }
    }

    /// Reads on until the other side closes.
    async fn stay_silent(&mut self) {
        let mut rest = Vec::new();
        let _ = self.lines.read_to_end(&mut rest).await;
    }

    async fn say(&mut self, line: &str) {
        // A client that has left does not hear the answer; the test looks at what it made of that.
        let _ = self.out.write_all(format!("{line}\r\n").as_bytes()).await;
    }
}
