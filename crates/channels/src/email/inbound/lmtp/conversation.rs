//! One conversation with a mail server: commands, an envelope, a message, and one answer for each recipient (RFC 2033, RFC 5321, RFC 3030).

use std::slice::Iter;

use smtp_proto::request::receiver::{BdatReceiver, DataReceiver, RequestReceiver};
use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MailFrom, Request};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::sync::watch;
use tokio::time::timeout;

use super::super::{Arrival, Intake, Place};
use super::body::{Body, refused, too_large};
use super::listen::LmtpSettings;
use super::reply::{Reply, extensions};

/// How much is read at a time.
const READ: usize = 32 * 1024;
/// The most recipients of one message: what RFC 5321, 4.5.3.1.8 asks for.
const MOST_RECIPIENTS: usize = 100;
/// The longest command. RFC 5321, 4.5.3.1.4 has 512 bytes, and extensions add to it.
const LONGEST_LINE: usize = 2048;
/// After so many commands that make no sense the line is closed.
const MOST_FAULTS: u32 = 20;

/// A conversation.
pub(super) struct Conversation<'c, I: Intake> {
    intake: &'c I,
    settings: &'c LmtpSettings,
    out: Vec<u8>,
    greeted: bool,
    envelope: Option<Envelope>,
    body: Option<Body<I::Taking>>,
    faults: u32,
}

/// Whether the line that begins, or goes on, here is longer than any command. The receiver bounds only lines that come in several parts.
fn is_too_long(commands: &mut RequestReceiver, bytes: &Iter<'_, u8>) -> bool {
    let rest = bytes.as_slice();
    let line = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
    commands.buf().len() + line > LONGEST_LINE
}

/// For whom a message is.
#[derive(Debug, Default)]
struct Envelope {
    sender: Option<String>,
    recipients: Vec<String>,
}

/// What the next bytes are.
enum Expecting {
    Commands,
    Message(DataReceiver),
    /// A chunk of a message.
    Chunk(BdatReceiver, Use),
    Nothing,
}

/// What becomes of a chunk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Use {
    Take,
    ThrowAway,
}

impl<'c, I: Intake> Conversation<'c, I> {
    pub(super) fn new(intake: &'c I, settings: &'c LmtpSettings) -> Conversation<'c, I> {
        Conversation {
            intake,
            settings,
            out: Vec::new(),
            greeted: false,
            envelope: None,
            body: None,
            faults: 0,
        }
    }

    /// Goes on until the other side leaves, is silent for too long, or the product ends. Whatever was under way then is given up: the sender has it.
    pub(super) async fn run(
        mut self,
        stream: &mut (impl AsyncRead + AsyncWrite + Unpin),
        closing: &mut watch::Receiver<bool>,
    ) -> std::io::Result<()> {
        let name = &self.settings.name;
        self.out.extend_from_slice(format!("220 {name} LMTP\r\n").as_bytes());
        let mut read = vec![0; READ];
        let mut commands = RequestReceiver::default();
        let mut expecting = Expecting::Commands;
        loop {
            stream.write_all(&self.out).await?;
            stream.flush().await?;
            self.out.clear();
            if matches!(expecting, Expecting::Nothing) {
                return stream.shutdown().await;
            }
            let came = tokio::select! {
                came = timeout(self.settings.idle, stream.read(&mut read)) => came,
                _ = closing.wait_for(|closing| *closing) => {
                    self.say(421, "4.3.2", "Redress ends; come again in a minute");
                    expecting = Expecting::Nothing;
                    continue;
                }
            };
            match came {
                Ok(Ok(0)) => return Ok(()),
                Ok(Err(error)) => return Err(error),
                Err(_) => {
                    self.say(421, "4.4.2", "Nothing came for too long");
                    expecting = Expecting::Nothing;
                }
                Ok(Ok(many)) => {
                    let mut bytes = read[..many].iter();
                    while !bytes.as_slice().is_empty() && !matches!(expecting, Expecting::Nothing) {
                        expecting = self.go_on(expecting, &mut commands, &mut bytes).await;
                    }
                }
            }
        }
    }

    async fn go_on(
        &mut self,
        expecting: Expecting,
        commands: &mut RequestReceiver,
        bytes: &mut Iter<'_, u8>,
    ) -> Expecting {
        match expecting {
            Expecting::Commands if is_too_long(commands, bytes) => {
                self.say(500, "5.5.2", "That line is too long");
                Expecting::Nothing
            }
            Expecting::Commands => match commands.ingest(bytes).map(Request::into_owned) {
                Ok(request) => self.command(request).await,
                Err(Error::NeedsMoreData { .. }) => Expecting::Commands,
                Err(error) => self.fault(Reply::not_understood(&error)),
            },
            Expecting::Message(mut receiver) => match &mut self.body {
                None => Expecting::Nothing,
                Some(body) => {
                    let ended = receiver.ingest(bytes, &mut body.waiting);
                    if ended {
                        self.finish().await;
                        return Expecting::Commands;
                    }
                    body.pour().await;
                    Expecting::Message(receiver)
                }
            },
            Expecting::Chunk(receiver, what) => self.chunk(receiver, what, bytes).await,
            Expecting::Nothing => Expecting::Nothing,
        }
    }

    async fn command(&mut self, request: Request<String>) -> Expecting {
        match request {
            Request::Lhlo { .. } => {
                self.forget();
                self.greeted = true;
                extensions(&self.settings.name, self.settings.size_limit, &mut self.out);
            }
            Request::Mail { from } => return self.mail(&from),
            Request::Rcpt { to } => return self.recipient(&to.address),
            Request::Data => return self.data().await,
            Request::Bdat { chunk_size, is_last } => return self.begin_chunk(chunk_size, is_last).await,
            Request::Rset => {
                self.forget();
                self.say(250, "2.0.0", "Forgotten");
            }
            Request::Noop { .. } => self.say(250, "2.0.0", "Well"),
            Request::Vrfy { .. } => self.say(252, "2.5.2", "Send it, and you will see"),
            Request::Quit => {
                self.say(221, "2.0.0", "Goodbye");
                return Expecting::Nothing;
            }
            Request::Ehlo { .. } | Request::Helo { .. } => {
                return self.fault(Reply::new(500, "5.5.1", "This is LMTP: say LHLO"));
            }
            _ => return self.fault(Reply::new(502, "5.5.1", "That command is not known here")),
        }
        Expecting::Commands
    }

    fn mail(&mut self, from: &MailFrom<String>) -> Expecting {
        if !self.greeted {
            return self.fault(Reply::out_of_order("Say LHLO first"));
        }
        if self.envelope.is_some() {
            return self.fault(Reply::out_of_order("There is a sender already"));
        }
        if from.flags & MAIL_BODY_BINARYMIME != 0 {
            return self.fault(Reply::new(555, "5.5.4", "BINARYMIME is not offered here"));
        }
        if u64::try_from(from.size).unwrap_or(u64::MAX) > self.settings.size_limit {
            too_large(self.settings.size_limit).write(&mut self.out);
            return Expecting::Commands;
        }
        self.envelope = Some(Envelope {
            sender: Some(from.address.clone()).filter(|address| !address.is_empty()),
            recipients: Vec::new(),
        });
        self.say(250, "2.1.0", "Go on");
        Expecting::Commands
    }

    fn recipient(&mut self, address: &str) -> Expecting {
        let ours = self.settings.addresses.hold(address);
        let Some(envelope) = &mut self.envelope else {
            return self.fault(Reply::out_of_order("Say who sends it first"));
        };
        if !ours {
            self.say(550, "5.1.1", "No such mailbox is here");
        } else if envelope.recipients.len() >= MOST_RECIPIENTS {
            self.say(452, "4.5.3", "Too many recipients; send it to the others by itself");
        } else {
            envelope.recipients.push(address.to_owned());
            self.say(250, "2.1.5", "Go on");
        }
        Expecting::Commands
    }

    async fn data(&mut self) -> Expecting {
        if self.body.is_some() {
            return self.fault(Reply::out_of_order("It comes in chunks"));
        }
        if let Err(reply) = self.begin().await {
            return self.fault(reply);
        }
        self.out.extend_from_slice(b"354 Go on, and end with a dot\r\n");
        // A dot that comes first ends an empty message: for the receiver a line must have ended before it.
        let mut receiver = DataReceiver::new();
        receiver.ingest(&mut b"\r\n".iter(), &mut Vec::new());
        Expecting::Message(receiver)
    }

    async fn begin_chunk(&mut self, size: usize, is_last: bool) -> Expecting {
        let what = match self.body.is_some() {
            true => Use::Take,
            false => match self.begin().await {
                Ok(()) => Use::Take,
                Err(reply) => {
                    self.faults += 1;
                    reply.write(&mut self.out);
                    Use::ThrowAway
                }
            },
        };
        let receiver = BdatReceiver::new(size, is_last);
        match size {
            // Nothing follows: it ends here.
            0 => self.chunk(receiver, what, &mut [].iter()).await,
            _ => Expecting::Chunk(receiver, what),
        }
    }

    async fn chunk(&mut self, mut receiver: BdatReceiver, what: Use, bytes: &mut Iter<'_, u8>) -> Expecting {
        let mut thrown_away = Vec::new();
        let ended = match (&mut self.body, what) {
            (Some(body), Use::Take) => {
                let ended = receiver.ingest(bytes, &mut body.waiting);
                body.pour().await;
                ended
            }
            _ => receiver.ingest(bytes, &mut thrown_away),
        };
        if !ended {
            return Expecting::Chunk(receiver, what);
        }
        match (what, receiver.is_last) {
            // Its answer was given when it began.
            (Use::ThrowAway, _) => {}
            (Use::Take, true) => self.finish().await,
            (Use::Take, false) => match self.body.as_ref().and_then(Body::refusal).cloned() {
                None => self.say(250, "2.0.0", "Go on"),
                Some(refusal) => {
                    refusal.write(&mut self.out);
                    self.forget();
                }
            },
        }
        Expecting::Commands
    }

    /// Begins to take a message for whom the envelope names.
    async fn begin(&mut self) -> Result<(), Reply> {
        let envelope = self
            .envelope
            .as_ref()
            .filter(|envelope| !envelope.recipients.is_empty());
        let Some(envelope) = envelope else {
            return Err(Reply::out_of_order("Say for whom it is first"));
        };
        let arrival = Arrival {
            mailbox: self.settings.mailbox.clone(),
            place: Place::Handed,
            sender: envelope.sender.clone(),
            recipients: envelope.recipients.clone(),
        };
        let taking = self.intake.begin(arrival).await.map_err(|not| refused(&not))?;
        self.body = Some(Body::new(taking, self.settings.size_limit));
        Ok(())
    }

    /// Makes the message durable, then says so to each recipient.
    async fn finish(&mut self) {
        let (Some(body), Some(envelope)) = (self.body.take(), self.envelope.take()) else {
            return;
        };
        let kept = body.keep().await;
        for _ in &envelope.recipients {
            match &kept {
                Ok(_) => self.say(250, "2.0.0", "Kept"),
                Err(reply) => reply.write(&mut self.out),
            }
        }
    }

    fn forget(&mut self) {
        self.envelope = None;
        self.body = None;
    }

    fn say(&mut self, code: u16, more: &'static str, words: &str) {
        Reply::new(code, more, words).write(&mut self.out);
    }

    fn fault(&mut self, reply: Reply) -> Expecting {
        reply.write(&mut self.out);
        self.faults += 1;
        if self.faults > MOST_FAULTS {
            self.say(421, "4.7.0", "Too much of it makes no sense");
            return Expecting::Nothing;
        }
        Expecting::Commands
    }
}
