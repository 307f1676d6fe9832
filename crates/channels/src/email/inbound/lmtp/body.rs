//! A message that is coming in: handed on in pieces as it comes, with its size counted.

use super::super::{Kept, NotTaken, Taking, Why};
use super::reply::Reply;

/// So much waits before it is handed on.
const PIECE: usize = 64 * 1024;

/// A message on its way.
pub(super) struct Body<T> {
    taking: Result<T, Reply>,
    /// What came and was not handed on.
    pub(super) waiting: Vec<u8>,
    size: u64,
    limit: u64,
}

impl<T: Taking> Body<T> {
    pub(super) fn new(taking: T, limit: u64) -> Body<T> {
        Body {
            taking: Ok(taking),
            waiting: Vec::with_capacity(PIECE),
            size: 0,
            limit,
        }
    }

    /// Hands on what waits, once it is much. What cannot be kept any more is read and thrown away, so that the sender hears why at the end.
    ///
    /// The last byte stays behind where it may be half of an end of a line: the receiver of dots takes it back out of `waiting` when it was the end.
    pub(super) async fn pour(&mut self) {
        if self.waiting.len() < PIECE {
            return;
        }
        let keep = usize::from(self.waiting.last() == Some(&b'\r'));
        let rest = self.waiting.split_off(self.waiting.len() - keep);
        let piece = std::mem::replace(&mut self.waiting, rest);
        self.hand_on(piece).await;
    }

    async fn hand_on(&mut self, piece: Vec<u8>) {
        self.size += u64::try_from(piece.len()).unwrap_or(u64::MAX);
        if self.size > self.limit && self.taking.is_ok() {
            self.taking = Err(too_large(self.limit));
        }
        if let Ok(taking) = &mut self.taking
            && !piece.is_empty()
            && let Err(not) = taking.write(&piece).await
        {
            self.taking = Err(refused(&not));
        }
    }

    /// Why it cannot be taken, if that is known already.
    pub(super) fn refusal(&self) -> Option<&Reply> {
        self.taking.as_ref().err()
    }

    /// Makes it durable.
    pub(super) async fn keep(mut self) -> Result<Kept, Reply> {
        let last = std::mem::take(&mut self.waiting);
        self.hand_on(last).await;
        self.taking?.keep().await.map_err(|not| refused(&not))
    }
}

/// The answer to the sender; the reason stands in our log, since it may tell of what is ours.
pub(super) fn refused(not: &NotTaken) -> Reply {
    match not.why {
        Why::Broken => tracing::error!("a message was not taken: {not}"),
        Why::Full | Why::Passing => tracing::warn!("a message was not taken: {not}"),
    }
    Reply::not_taken(not)
}

pub(super) fn too_large(limit: u64) -> Reply {
    Reply::new(
        552,
        "5.3.4",
        format!("It is larger than the {limit} bytes that are taken"),
    )
}
