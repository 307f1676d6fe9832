//! What came with a message, taken out of it piece by piece and put where it waits.

use std::collections::BTreeMap;
use std::io;
use std::pin::pin;
use std::sync::Arc;

use ::mail::Reading;
use casework::ActError;
use casework::files::{NotTaken, Tray};
use futures_util::stream::{self, Stream, StreamExt as _};
use rules::case::Refused;
use rules::files::{Brought, FileRefused};
use rules::mail::Carried;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle};

use crate::pipe::Piped;

/// How many pieces of a file wait for the disk; no more is held of it.
const PIECES: usize = 4;
/// How large a piece of a file is.
const PIECE: usize = 64 * 1024;

/// The files that were stored, and why others were not.
pub(super) type Stored = (Vec<Brought>, Vec<String>);

/// A piece of what came with a message.
pub(super) enum Piece {
    Begins(String),
    Bytes(Vec<u8>),
    Ends,
}

/// All pieces of a message whose bytes are at hand. Where taking them out breaks, there are none.
pub(super) async fn of_held(held: Arc<[u8]>, reading: Reading) -> (Result<io::Result<()>, JoinError>, Vec<Piece>) {
    let splitting = tokio::task::spawn_blocking(move || {
        let mut pieces = Vec::new();
        let split = split(&*held, &reading, |piece| {
            pieces.push(piece);
            Ok(())
        });
        split.map(|()| pieces)
    });
    match splitting.await {
        Ok(Ok(pieces)) => (Ok(Ok(())), pieces),
        Ok(Err(fault)) => (Ok(Err(fault)), Vec::new()),
        Err(broke) => (Err(broke), Vec::new()),
    }
}

/// The pieces of a message that comes through a pipe, on a thread that waits for it and for whoever takes them.
pub(super) fn as_they_come(
    message: Piped,
    reading: Reading,
) -> (JoinHandle<io::Result<()>>, impl Stream<Item = Piece>) {
    let (pieces, mut came) = mpsc::channel(PIECES);
    let gone = |_| io::Error::from(io::ErrorKind::BrokenPipe);
    let splitting = tokio::task::spawn_blocking(move || {
        split(message, &reading, |piece| pieces.blocking_send(piece).map_err(gone))
    });
    (splitting, stream::poll_fn(move |context| came.poll_recv(context)))
}

/// Hands out what came with a message, piece by piece.
fn split(message: impl io::Read, reading: &Reading, mut give: impl FnMut(Piece) -> io::Result<()>) -> io::Result<()> {
    let names: BTreeMap<u32, String> = reading
        .message
        .carried
        .iter()
        .map(|part| (part.part, name_of(part)))
        .collect();
    let mut all = reading.carried(message);
    while let Some(mut one) = all.next()? {
        give(Piece::Begins(names.get(&one.part).cloned().unwrap_or_default()))?;
        loop {
            let mut bytes = vec![0; PIECE];
            let count = io::Read::read(&mut one, &mut bytes)?;
            if count == 0 {
                break;
            }
            bytes.truncate(count);
            give(Piece::Bytes(bytes))?;
        }
        give(Piece::Ends)?;
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
pub(super) async fn put(tray: &Tray, pieces: impl Stream<Item = Piece>) -> Result<Stored, ActError> {
    let mut pieces = pin!(pieces);
    let (mut files, mut dropped) = (Vec::new(), Vec::new());
    let mut arriving = None;
    while let Some(piece) = pieces.next().await {
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
