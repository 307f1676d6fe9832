//! The mail server that `cargo xtask services smtp` runs: a program of others, on the loopback, that keeps what it took.

use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use mail_parser::{HeaderValue, MessageParser};

/// A running server with a folder of its own for letters.
pub(crate) struct MailServer {
    /// Its port on 127.0.0.1.
    pub(crate) port: u16,
    folder: PathBuf,
    child: Child,
    // Kept open: a server that cannot say what happened would end.
    _said: Lines<BufReader<ChildStdout>>,
}

/// A letter that the server took.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Received {
    /// Whom the envelope names as sender.
    pub(crate) from: String,
    /// Whom the envelope names as recipients.
    pub(crate) to: Vec<String>,
    /// The subject.
    pub(crate) subject: String,
    /// Its own id, without angle brackets.
    pub(crate) message_id: String,
    /// The plain text, with plain line ends.
    pub(crate) text: String,
    /// The HTML.
    pub(crate) html: String,
    /// The header that keeps machines from answering, if it has one.
    pub(crate) auto_submitted: Option<String>,
    /// The bytes as they came over the wire.
    pub(crate) bytes: Vec<u8>,
}

impl MailServer {
    /// Starts one on any port, with its letters in `folder`.
    pub(crate) fn start(folder: &Path) -> MailServer {
        MailServer::start_on(folder, 0)
    }

    /// Starts one on a port.
    pub(crate) fn start_on(folder: &Path, port: u16) -> MailServer {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut child = Command::new(cargo)
            .current_dir(testkit::house::repository())
            .args(["xtask", "services", "smtp", "--port", &port.to_string(), "--dir"])
            .arg(folder)
            .arg("--port-file")
            .arg(folder.with_extension("port"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo runs");
        let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
        let listening = said
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.strip_prefix("smtp: listening on 127.0.0.1:").map(str::to_owned))
            .expect("the mail server starts; it needs Node and npm");
        let port: String = listening.chars().take_while(char::is_ascii_digit).collect();
        MailServer {
            port: port.parse().unwrap(),
            folder: folder.to_owned(),
            child,
            _said: said,
        }
    }

    /// Every letter that it took, the oldest first.
    pub(crate) fn received(&self) -> Vec<Received> {
        let files = std::fs::read_dir(&self.folder).unwrap();
        let mut letters: Vec<PathBuf> = files
            .map(|file| file.unwrap().path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "eml"))
            .collect();
        letters.sort();
        letters.iter().map(|letter| read(letter)).collect()
    }

    /// Ends it, and tells which port is free now.
    pub(crate) fn stop(self) -> u16 {
        self.port
    }
}

impl Drop for MailServer {
    /// It ends when its standard input closes, also when a test panics.
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        drop(self.child.wait());
    }
}

fn read(letter: &Path) -> Received {
    let envelope = std::fs::read(letter.with_extension("json")).unwrap();
    let envelope: serde_json::Value = serde_json::from_slice(&envelope).unwrap();
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let bytes = std::fs::read(letter).unwrap();
    let message = MessageParser::default().parse(&bytes).unwrap();
    let text = |found: Option<std::borrow::Cow<'_, str>>| found.unwrap_or_default().replace("\r\n", "\n");
    let auto_submitted = match message.header("Auto-Submitted") {
        Some(HeaderValue::Text(text)) => Some(text.to_string()),
        _ => None,
    };
    Received {
        from: word(&envelope["from"]),
        to: envelope["to"].as_array().unwrap().iter().map(word).collect(),
        subject: message.subject().unwrap_or_default().to_owned(),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        text: text(message.body_text(0)),
        html: text(message.body_html(0)),
        auto_submitted,
        bytes: bytes.clone(),
    }
}
