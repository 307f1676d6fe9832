//! The mail room at work: takes messages from the ledger, understands them, stores what came with them, and takes each to its end.

mod carried;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use ::mail::{Reading, Settings};
use casework::files::Showing;
use casework::mail::{self, Waiting, ledger};
use casework::{ActError, Office};
use futures_util::stream;
use rules::case::Refused;
use rules::files::Brought;
use rules::mail::{Fate, Message, Taken, all_but_the_beginning};
use tokio::sync::watch::Receiver;
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::{JoinError, JoinSet};
use tracing::{error, info};

use crate::pipe::{self, Feed};
use carried::Stored;

/// How often the ledger is looked at when nothing announces a message: those that rest come due by themselves.
const LOOK: Duration = Duration::from_secs(5);
/// How many messages are dealt with beside each other: what waits for the disk does not keep the others waiting.
const BESIDE: usize = 32;
/// Others are taken from the ledger when no more than these are left.
const FEW: usize = BESIDE / 2;

/// A message of so many bytes is held whole while it is dealt with, which saves reading it twice and a turn to read. Most are smaller.
const HELD: u64 = 128 * 1024;
/// How many larger ones are read at once. Each holds a thread that waits for bytes, and whoever brings it bytes needs another one: of the threads
/// that may wait the binary has eight (decision 24), and eight readers would wait for ever.
const READERS: usize = 3;
static READING: Semaphore = Semaphore::const_new(READERS);

/// A turn to read. The turns are never closed.
async fn reader() -> Option<SemaphorePermit<'static>> {
    READING.acquire().await.ok()
}

/// A mail room: the office, and what is ours in a message.
#[derive(Clone)]
pub struct MailRoom {
    /// The office whose mail it is.
    pub office: Arc<Office>,
    /// What is ours, and whose findings are believed.
    pub settings: Settings,
}

impl MailRoom {
    /// Works until the office closes, and ends what was begun.
    pub async fn run(self, mut closing: Receiver<bool>) {
        let room = Arc::new(self);
        let mut under_way = JoinSet::new();
        let mut may_be_more = true;
        while !*closing.borrow() {
            if may_be_more && under_way.len() <= FEW {
                let room_for = BESIDE - under_way.len();
                may_be_more = match room.take_up(&mut under_way).await {
                    Ok(many) => many == room_for,
                    Err(fault) => {
                        error!(%fault, "the ledger of mail could not be worked; trying again");
                        false
                    }
                };
            }
            let idle = !may_be_more;
            tokio::select! {
                Some(done) = under_way.join_next() => ended(done),
                () = ledger::wait(&room.office), if idle => may_be_more = true,
                () = tokio::time::sleep(LOOK), if idle || under_way.is_empty() => may_be_more = true,
                _ = closing.changed() => {}
            }
        }
        all_ended(under_way).await;
    }

    /// Takes as many messages from the ledger as there is room for, each into a task of its own; answers how many. One with which something breaks
    /// rests and comes again, and keeps none of the others waiting (lesson 7).
    async fn take_up(self: &Arc<Self>, under_way: &mut JoinSet<()>) -> Result<usize, ActError> {
        let room_for = u32::try_from(BESIDE - under_way.len()).unwrap_or(u32::MAX);
        let claimed = ledger::claim(&self.office, room_for).await?;
        let many = claimed.len();
        for waiting in claimed {
            let room = self.clone();
            under_way.spawn(async move { room.deal_with(&waiting).await });
        }
        Ok(many)
    }

    /// One handful of messages, to their end; answers how many there were.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub async fn round(&self) -> Result<usize, ActError> {
        let mut under_way = JoinSet::new();
        let many = Arc::new(self.clone()).take_up(&mut under_way).await?;
        all_ended(under_way).await;
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
        let understood = match waiting.size <= HELD {
            true => self.understand_held(waiting).await?,
            false => self.understand(waiting).await?,
        };
        let message = &understood.message;
        let (files, dropped) = match waiting.about.envelope.larger_than {
            // A file that breaks off is none, and where the words break off is said.
            Some(limit) => (Vec::new(), vec![all_but_the_beginning(limit, &waiting.mailbox)]),
            None if message.carried.is_empty() || message.report.is_some() => (Vec::new(), Vec::new()),
            None => self.store(waiting, &understood).await?,
        };
        let taken = Taken {
            ledger: waiting.id,
            message: understood.message,
            original: understood.original,
            files,
            dropped,
        };
        mail::take(&self.office, waiting, &taken).await
    }

    /// Reads what it says, all of it at hand.
    async fn understand_held(&self, waiting: &Waiting) -> Result<Understood, ActError> {
        let (mut original, mut reader) = ledger::original(&self.office, waiting).await?;
        let mut showing = Showing::on_arrival(&self.office);
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next_chunk().await? {
            showing.give(&chunk).await;
            bytes.extend_from_slice(&chunk);
        }
        original.scanned = showing.finish().await;
        let held: Arc<[u8]> = bytes.into();
        let (settings, whole) = (self.settings.clone(), held.clone());
        let reading = tokio::task::spawn_blocking(move || ::mail::read(&*whole, &settings)).await;
        Ok(Understood {
            message: said(reading)?,
            original,
            held: Some(held),
        })
    }

    /// Reads what it says, piece by piece, and tells its raw bytes as a file.
    async fn understand(&self, waiting: &Waiting) -> Result<Understood, ActError> {
        let (feed, piped) = pipe::of_bytes();
        let settings = self.settings.clone();
        let _turn = reader().await;
        let reading = tokio::task::spawn_blocking(move || ::mail::read(piped, &settings));
        let mut showing = Showing::on_arrival(&self.office);
        let (mut original, poured) = self.pour(waiting, feed, Some(&mut showing)).await?;
        if poured == Poured::Whole {
            original.scanned = showing.finish().await;
        }
        Ok(Understood {
            message: said(reading.await)?,
            original,
            held: None,
        })
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
    async fn store(&self, waiting: &Waiting, understood: &Understood) -> Result<Stored, ActError> {
        let Some(tray) = ledger::tray(&self.office, waiting) else {
            return Ok(Stored::default());
        };
        let reading = Reading {
            message: understood.message.clone(),
            size: waiting.size,
        };
        let (split, stored) = match understood.held.clone() {
            Some(held) => {
                let (split, pieces) = carried::of_held(held, reading).await;
                (split, carried::put(&tray, stream::iter(pieces)).await)
            }
            None => {
                let (feed, piped) = pipe::of_bytes();
                let _turn = reader().await;
                let (splitting, came) = carried::as_they_come(piped, reading);
                let (poured, stored) = tokio::join!(self.pour(waiting, feed, None), carried::put(&tray, came));
                poured?;
                (splitting.await, stored)
            }
        };
        match split {
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

/// A task that dealt with a message is over.
fn ended(done: Result<(), JoinError>) {
    if let Err(fault) = done {
        error!(%fault, "a message broke its worker; it is taken up again when its time is over");
    }
}

async fn all_ended(mut under_way: JoinSet<()>) {
    while let Some(done) = under_way.join_next().await {
        ended(done);
    }
}

/// What was understood of a message.
struct Understood {
    message: Message,
    /// Its raw bytes as a file.
    original: Brought,
    /// The bytes, where they are few.
    held: Option<Arc<[u8]>>,
}

/// What the reader said. Whatever happens to it, the message is one: what nobody can read is a case with the original attached.
fn said(reading: Result<io::Result<Reading>, JoinError>) -> Result<Message, ActError> {
    match reading {
        Ok(Ok(reading)) => Ok(reading.message),
        Ok(Err(fault)) => Err(fault_of(&fault)),
        Err(_) => Ok(Message {
            unreadable: Some("our reader failed on it".to_owned()),
            ..Message::default()
        }),
    }
}

/// How much of the raw bytes was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Poured {
    Whole,
    /// Whoever read had enough.
    InPart,
}

/// Only the store of files can break off what is read.
fn fault_of(fault: &io::Error) -> ActError {
    Refused::NotNow(format!("The raw message cannot be read now: {fault}")).into()
}
