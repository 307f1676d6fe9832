//! One conversation with an IMAP server (RFC 3501): what is asked, what is answered, and never more memory than what was asked for.

use std::fmt::Debug;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use imap_proto::{Capability, MailboxDatum, Outcome, Response, ResponseCode, Status};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::time::timeout;

use super::fault::ImapFault;
use super::frame::Frame;

/// A connection, encrypted or not.
pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug {}

impl<T: AsyncRead + AsyncWrite + Unpin + Send + Sync + Debug> Stream for T {}

/// A conversation.
pub(super) struct Line {
    stream: Box<dyn Stream>,
    came: BytesMut,
    frame: Frame,
    tags: u32,
    answer: Duration,
    /// How many messages lie in the folder, as the server said last.
    pub(super) exists: u32,
}

/// One thing that the server said, whole.
pub(super) struct Said(Bytes);

impl Said {
    /// What it means; nothing where it is none of the things that we know. A server may tell more than it was asked.
    pub(super) fn parsed(&self) -> Option<Response<'_>> {
        Response::parse(&self.0).ok().map(|(_, parsed)| parsed)
    }
}

/// Which command this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag(String);

impl Line {
    pub(super) fn new(stream: Box<dyn Stream>, answer: Duration) -> Line {
        Line {
            stream,
            came: BytesMut::new(),
            frame: Frame::default(),
            tags: 0,
            answer,
            exists: 0,
        }
    }

    /// The connection beneath, for encrypting it. What the server said before that and was not read yet is thrown away: nobody vouches for it.
    pub(super) fn into_stream(self) -> Box<dyn Stream> {
        self.stream
    }

    /// Sends a command; its answers are read with [`Line::next`].
    pub(super) async fn begin(&mut self, command: &str) -> Result<Tag, ImapFault> {
        self.tags += 1;
        let tag = format!("R{}", self.tags);
        self.add(&format!("{tag} {command}")).await?;
        Ok(Tag(tag))
    }

    /// Sends words that belong to a command under way.
    pub(super) async fn add(&mut self, words: &str) -> Result<(), ImapFault> {
        let bytes = format!("{words}\r\n");
        let sending = async {
            self.stream.write_all(bytes.as_bytes()).await?;
            self.stream.flush().await
        };
        let sent = timeout(self.answer, sending).await.map_err(|_| too_slow())?;
        sent.map_err(|error| cut(&error))
    }

    /// The next thing that the server says.
    pub(super) async fn next(&mut self) -> Result<Said, ImapFault> {
        self.next_within(self.answer).await?.ok_or_else(too_slow)
    }

    /// The same; nothing when the server says nothing for this long. Given up, it has lost nothing: what came so far is kept for the next time.
    pub(super) async fn next_within(&mut self, limit: Duration) -> Result<Option<Said>, ImapFault> {
        loop {
            if let Some(end) = self.frame.end(&self.came).map_err(ImapFault::gone)? {
                let said = Said(self.came.split_to(end).freeze());
                self.notice(&said)?;
                return Ok(Some(said));
            }
            self.came.reserve(8 * 1024);
            let before = self.came.len();
            match timeout(limit, self.stream.read_buf(&mut self.came)).await {
                Err(_) if before == 0 => return Ok(None),
                Err(_) => return Err(too_slow()),
                Ok(Err(error)) => return Err(cut(&error)),
                Ok(Ok(0)) => return Err(ImapFault::gone("the server closed the connection")),
                Ok(Ok(_)) => {}
            }
        }
    }

    /// Asks, shows each answer, and waits until the server has done it.
    pub(super) async fn ask(&mut self, command: &str, mut each: impl FnMut(&Response<'_>)) -> Result<(), ImapFault> {
        let tag = self.begin(command).await?;
        loop {
            let said = self.next().await?;
            let Some(parsed) = said.parsed() else { continue };
            match done(&tag, &parsed) {
                Some(done) => return done,
                None => each(&parsed),
            }
        }
    }

    /// The same for a command whose answers say nothing of interest.
    pub(super) async fn tell(&mut self, command: &str) -> Result<(), ImapFault> {
        self.ask(command, |_| ()).await
    }

    /// Which things the server can do, in capitals.
    pub(super) async fn capabilities(&mut self) -> Result<Vec<String>, ImapFault> {
        let mut all = Vec::new();
        self.ask("CAPABILITY", |said| {
            if let Response::Capabilities(said) = said {
                all.extend(said.iter().map(capability));
            }
        })
        .await?;
        Ok(all)
    }

    fn notice(&mut self, said: &Said) -> Result<(), ImapFault> {
        match said.parsed() {
            Some(Response::MailboxData(MailboxDatum::Exists(many))) => self.exists = many,
            Some(Response::Expunge(_)) => self.exists = self.exists.saturating_sub(1),
            Some(Response::Data {
                status: Status::Bye,
                outcome,
            }) => return Err(ImapFault::gone(format!("the server says goodbye: {}", words(&outcome)))),
            _ => {}
        }
        Ok(())
    }
}

fn capability(one: &Capability<'_>) -> String {
    match one {
        Capability::Imap4rev1 => "IMAP4REV1".to_owned(),
        Capability::Auth(how) => format!("AUTH={}", how.to_ascii_uppercase()),
        Capability::Atom(word) => word.to_ascii_uppercase(),
    }
}

/// Whether this is the end of the command, and how it ended.
pub(super) fn done(id: &Tag, said: &Response<'_>) -> Option<Result<(), ImapFault>> {
    let Response::Done { tag, status, outcome } = said else {
        return None;
    };
    let words = words(outcome);
    Some(match status {
        _ if tag.0 != id.0 => Err(ImapFault::gone(format!(
            "the server answered what was not asked: {words}"
        ))),
        Status::Ok => Ok(()),
        _ => Err(ImapFault::Refused(words)),
    })
}

/// The words of an answer, with the code that tells what to do about it.
pub(super) fn words(outcome: &Outcome<'_>) -> String {
    let code = match outcome.code {
        Some(ResponseCode::TryCreate) => "[TRYCREATE] ",
        _ => "",
    };
    format!("{code}{}", outcome.information.as_deref().unwrap_or_default())
}

fn too_slow() -> ImapFault {
    ImapFault::gone("the server does not answer")
}

fn cut(error: &std::io::Error) -> ImapFault {
    ImapFault::gone(format!("the conversation broke off: {error}"))
}
