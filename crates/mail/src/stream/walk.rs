//! Goes through a message line by line and says what happens: parts begin, give bytes and end.

use std::io::{self, Read};

use super::lines::Lines;
use super::parts::Parts;
use super::{Event, Skeleton};

/// A message being read.
#[derive(Debug)]
pub(crate) struct Walk<R> {
    lines: Lines<R>,
    parts: Parts,
}

/// What is known of a message once all of it was read.
#[derive(Debug)]
pub(crate) struct Whole {
    /// Its size in bytes.
    pub size: u64,
    /// Its skeleton.
    pub skeleton: Vec<u8>,
}

impl<R: Read> Walk<R> {
    pub(crate) fn new(message: R, skeleton: Skeleton) -> Self {
        Self {
            lines: Lines::new(message),
            parts: Parts::new(skeleton),
        }
    }

    /// What happens next; none at the end of the message.
    pub(crate) fn next(&mut self) -> io::Result<Option<Event>> {
        loop {
            if let Some(event) = self.parts.happened() {
                return Ok(Some(event));
            }
            if self.parts.have_ended() {
                return Ok(None);
            }
            match self.lines.next()? {
                Some(piece) => self.parts.meet(self.lines.bytes(&piece), piece.place),
                None => self.parts.end(),
            }
        }
    }

    /// What is known at the end.
    pub(crate) fn whole(self) -> Whole {
        let size = self.lines.read();
        let skeleton = self.parts.into_skeleton();
        Whole { size, skeleton }
    }
}
