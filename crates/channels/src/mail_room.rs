//! The mail room at work: takes messages from the ledger, understands them, stores what came with them, and takes each to its end.

use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use ::mail::{Reading, Settings};
use casework::files::{NotTaken, Showing, Tray};
use casework::mail::{self, Waiting, ledger};
use casework::{ActError, Office};
use futures_util::stream::{self, StreamExt as _};
use rules::case::Refused;
use rules::files::{Brought, FileRefused};
use rules::mail::{Carried, Fate, Message, Taken, all_but_the_beginning};
use tokio::sync::watch::Receiver;
use tokio::sync::{Semaphore, SemaphorePermit, mpsc};
use tracing::{error, info};

use crate::pipe::{self, Feed, Piped};

/// How often the ledger is looked at when nothing announces a message: those that rest come due by themselves.
const LOOK: Duration = Duration::from_secs(5);
/// How many messages are taken at once.
const HANDFUL: u32 = 64;
/// How many of them are understood beside each other: what waits for the disk does not keep the others waiting.
const BESIDE: usize = 16;
/// How many pieces of a file wait for the disk; no more is held of it.
const PIECES: usize = 4;
/// How large a piece of a file is.
const PIECE: usize = 64 * 1024;

/// How many read at once. Each holds a thread that waits for bytes, and whoever brings it bytes needs another one: of the threads that may wait the
/// binary has eight (decision 24), and eight readers would wait for ever.
const READERS: usize = 3;
static READING: Semaphore = Semaphore::const_new(READERS);

/// A turn to read. The turns are never closed.
async fn reader() -> Option<SemaphorePermit<'static>> {
    READING.acquire().await.ok()
}

/// A mail room: the office, and what is ours in a message.
pub struct MailRoom {
    /// The office whose mail it is.
    pub office: Arc<Office>,
    /// What is ours, and whose findings are believed.
    pub settings: Settings,
}

impl MailRoom {
    /// Works until the office closes.
    pub async fn run(self, mut closing: Receiver<bool>) {
        loop {
            match self.round().await {
                Ok(0) => {
                    tokio::select! {
                        () = ledger::wait(&self.office) => {}
                        () = tokio::time::sleep(LOOK) => {}
                        _ = closing.changed() => return,
                    }
                }
                Ok(_) => {}
                Err(fault) => {
                    error!(%fault, "the ledger of mail could not be worked; trying again");
                    tokio::time::sleep(LOOK).await;
                }
            }
            if *closing.borrow() {
                return;
            }
        }
    }

    /// One handful of messages; answers how many there were. A message with which something breaks rests and comes again, and keeps none of the
    /// others waiting (lesson 7).
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn round(&self) -> Result<usize, ActError> {
        let waiting = ledger::claim(&self.office, HANDFUL).await?;
        let many = waiting.len();
        stream::iter(waiting)
            .for_each_concurrent(BESIDE, |waiting| async move { self.deal_with(&waiting).await })
            .await;
        Ok(many)
    }

    async fn deal_with(&self, waiting: &Waiting) {
        let rests = match self.take(waiting).await {
            Ok(Some(fate)) => {
                info!(mail = waiting.id, fate = fate.code(), "a message came to its end");
                return;
            }
            Ok(None) => "it reports about a letter that is just being sent".to_owned(),
            Err(fault) => {
                error!(mail = waiting.id, tries = waiting.tries, %fault, "a message could not be taken; it is taken up again");
                fault.to_string()
            }
        };
        if let Err(fault) = ledger::put_off(&self.office, waiting).await {
            error!(mail = waiting.id, %fault, why = rests, "a message comes again when its time is over");
        }
    }

    async fn take(&self, waiting: &Waiting) -> Result<Option<Fate>, ActError> {
        let (message, original) = self.understand(waiting).await?;
        let (files, dropped) = match waiting.about.envelope.larger_than {
            // A file that breaks off is none, and where the words break off is said.
            Some(limit) => (Vec::new(), vec![all_but_the_beginning(limit, &waiting.mailbox)]),
            None if message.carried.is_empty() || message.report.is_some() => (Vec::new(), Vec::new()),
            None => self.store(waiting, &message).await?,
        };
        let taken = Taken {
            ledger: waiting.id,
            message,
            original,
            files,
            dropped,
        };
        mail::take(&self.office, waiting, &taken).await
    }

    /// Reads what it says, and tells its raw bytes as a file. Whatever happens to the reader, the message is one: what nobody can read is a case with the original attached.
    async fn understand(&self, waiting: &Waiting) -> Result<(Message, Brought), ActError> {
        let (feed, piped) = pipe::of_bytes();
        let settings = self.settings.clone();
        let _turn = reader().await;
        let reading = tokio::task::spawn_blocking(move || ::mail::read(piped, &settings));
        let mut showing = Showing::on_arrival(&self.office);
        let (mut original, poured) = self.pour(waiting, feed, Some(&mut showing)).await?;
        if poured == Poured::Whole {
            original.scanned = showing.finish().await;
        }
        let message = match reading.await {
            Ok(Ok(reading)) => reading.message,
            Ok(Err(fault)) => return Err(fault_of(&fault)),
            Err(_) => Message {
                unreadable: Some("our reader failed on it".to_owned()),
                ..Message::default()
            },
        };
        Ok((message, original))
    }

    /// Gives the raw bytes to whoever reads at the other end, for as long as they read, and to the scanner; tells what they are as a file.
    async fn pour(
        &self,
        waiting: &Waiting,
        feed: Feed,
        mut showing: Option<&mut Showing>,
    ) -> Result<(Brought, Poured), ActError> {
        let (original, mut reader) = ledger::original(&self.office, waiting).await?;
        loop {
            match reader.next_chunk().await {
                Ok(Some(chunk)) => {
                    if let Some(showing) = &mut showing {
                        showing.give(&chunk).await;
                    }
                    if !feed.give(chunk).await {
                        return Ok((original, Poured::InPart));
                    }
                }
                Ok(None) => return Ok((original, Poured::Whole)),
                Err(fault) => {
                    feed.break_off(fault.to_string()).await;
                    return Err(fault.into());
                }
            }
        }
    }

    /// Stores what came with it, each file looked at as those of forms are; what is not taken is named with the reason, and is in the original.
    async fn store(&self, waiting: &Waiting, message: &Message) -> Result<(Vec<Brought>, Vec<String>), ActError> {
        let Some(tray) = ledger::tray(&self.office, waiting) else {
            return Ok((Vec::new(), Vec::new()));
        };
        let (feed, piped) = pipe::of_bytes();
        let (pieces, came) = mpsc::channel(PIECES);
        let reading = Reading {
            message: message.clone(),
            size: waiting.size,
        };
        let _turn = reader().await;
        let splitting = tokio::task::spawn_blocking(move || split(piped, &reading, &pieces));
        let (poured, stored) = tokio::join!(self.pour(waiting, feed, None), put(&tray, came));
        poured?;
        match splitting.await {
            Ok(Ok(())) => stored,
            Ok(Err(fault)) => Err(fault_of(&fault)),
            Err(_) => {
                let (files, mut dropped) = stored?;
                dropped.push("What else came with it could not be taken out; it is in the original".to_owned());
                Ok((files, dropped))
            }
        }
    }
}

/// How much of the raw bytes was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Poured {
    Whole,
    /// Whoever read had enough.
    InPart,
}

/// A piece of what came with a message.
enum Piece {
    Begins(String),
    Bytes(Vec<u8>),
    Ends,
}

/// Hands out what came with a message, piece by piece.
fn split(message: Piped, reading: &Reading, pieces: &mpsc::Sender<Piece>) -> io::Result<()> {
    let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
    let names: BTreeMap<u32, String> = reading
        .message
        .carried
        .iter()
        .map(|part| (part.part, name_of(part)))
        .collect();
    let mut all = reading.carried(message);
    while let Some(mut one) = all.next()? {
        let name = names.get(&one.part).cloned().unwrap_or_default();
        pieces.blocking_send(Piece::Begins(name)).map_err(gone)?;
        loop {
            let mut bytes = vec![0; PIECE];
            let count = io::Read::read(&mut one, &mut bytes)?;
            if count == 0 {
                break;
            }
            bytes.truncate(count);
            pieces.blocking_send(Piece::Bytes(bytes)).map_err(gone)?;
        }
        pieces.blocking_send(Piece::Ends).map_err(gone)?;
    }
    Ok(())
}

fn name_of(part: &Carried) -> String {
    part.name.clone().unwrap_or_else(|| {
        let ending = part.said_type.rsplit('/').next().unwrap_or("bin");
        format!("part-{}.{ending}", part.part)
    })
}

/// Puts the files into the tray of the message, as they come.
async fn put(tray: &Tray, mut pieces: mpsc::Receiver<Piece>) -> Result<(Vec<Brought>, Vec<String>), ActError> {
    let (mut files, mut dropped) = (Vec::new(), Vec::new());
    let mut arriving = None;
    while let Some(piece) = pieces.recv().await {
        match piece {
            Piece::Begins(name) => arriving = taken(tray.begin(&name).await, &mut dropped)?,
            Piece::Bytes(bytes) => {
                if let Some(file) = &mut arriving {
                    file.write(&bytes).await;
                }
            }
            Piece::Ends => {
                if let Some(file) = arriving.take() {
                    files.extend(taken(file.finish().await, &mut dropped)?);
                }
            }
        }
    }
    Ok((files, dropped))
}

/// What was taken; what was refused is named. What could not be kept for now keeps the whole message waiting.
fn taken<T>(answer: Result<T, NotTaken>, dropped: &mut Vec<String>) -> Result<Option<T>, ActError> {
    match answer {
        Ok(one) => Ok(Some(one)),
        Err(NotTaken::Refused(full @ FileRefused::NoRoom { .. })) => Err(Refused::NotNow(full.left_out()).into()),
        Err(NotTaken::Refused(refused)) => {
            dropped.push(refused.left_out());
            Ok(None)
        }
        Err(NotTaken::Broken { fault, .. }) => Err(fault),
    }
}

/// Only the store of files can break off what is read.
fn fault_of(fault: &io::Error) -> ActError {
    Refused::NotNow(format!("The raw message cannot be read now: {fault}")).into()
}
