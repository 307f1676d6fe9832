//! Bytes that come one way and are read another: given by a task that may not wait for a reader, read by a thread that waits.

use std::io::{self, Read};

use tokio::sync::mpsc;

/// How many pieces wait to be read; whoever gives more waits.
const PIECES: usize = 4;

/// The end into which bytes are given.
pub(crate) struct Feed(mpsc::Sender<io::Result<Vec<u8>>>);

/// The end from which they are read, on a thread that may wait.
pub(crate) struct Piped {
    pieces: mpsc::Receiver<io::Result<Vec<u8>>>,
    piece: Vec<u8>,
    read: usize,
}

/// A new pipe.
pub(crate) fn of_bytes() -> (Feed, Piped) {
    let (give, pieces) = mpsc::channel(PIECES);
    let piped = Piped {
        pieces,
        piece: Vec::new(),
        read: 0,
    };
    (Feed(give), piped)
}

impl Feed {
    /// Gives a piece; false where nobody reads any more.
    pub(crate) async fn give(&self, piece: Vec<u8>) -> bool {
        self.0.send(Ok(piece)).await.is_ok()
    }

    /// Tells the reader why there is no more: otherwise it would take what it has for the whole.
    pub(crate) async fn break_off(&self, why: String) {
        // A reader that has gone needs no reason.
        drop(self.0.send(Err(io::Error::other(why))).await);
    }
}

impl Read for Piped {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.read == self.piece.len() {
            match self.pieces.blocking_recv() {
                None => return Ok(0),
                Some(piece) => (self.piece, self.read) = (piece?, 0),
            }
        }
        let count = into.len().min(self.piece.len() - self.read);
        into[..count].copy_from_slice(&self.piece[self.read..self.read + count]);
        self.read += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    async fn read(given: Vec<io::Result<Vec<u8>>>) -> io::Result<Vec<u8>> {
        let (feed, mut piped) = of_bytes();
        let reading = tokio::task::spawn_blocking(move || {
            let mut all = Vec::new();
            piped.read_to_end(&mut all).map(|_| all)
        });
        for piece in given {
            match piece {
                Ok(piece) => drop(feed.give(piece).await),
                Err(fault) => feed.break_off(fault.to_string()).await,
            }
        }
        drop(feed);
        reading.await.unwrap()
    }

    #[tokio::test]
    async fn what_is_given_is_read_in_its_order() {
        let given = (0..20_u8).map(|number| Ok(vec![number; 1_000])).collect();
        let wanted: Vec<u8> = (0..20_u8).flat_map(|number| vec![number; 1_000]).collect();
        assert_eq!(read(given).await.unwrap(), wanted);
        assert_eq!(read(vec![Ok(Vec::new()), Ok(vec![1])]).await.unwrap(), [1]);
    }

    #[tokio::test]
    async fn what_breaks_off_is_no_whole() {
        let given = vec![Ok(vec![1, 2]), Err(io::Error::other("the disk is gone"))];
        assert!(read(given).await.unwrap_err().to_string().contains("the disk is gone"));
    }

    #[tokio::test]
    async fn whoever_gives_learns_that_nobody_reads() {
        let (feed, piped) = of_bytes();
        drop(piped);
        assert!(!feed.give(vec![1]).await);
    }
}
