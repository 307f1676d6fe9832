//! What came with a message, as bytes, without any of it being whole in memory.

use std::collections::BTreeSet;
use std::io::{self, Read};

use rules::mail::Carried;

use crate::stream::{Event, Skeleton, Walk};

/// What came with a message, in its order. One is read at a time; what is left of it unread is passed over.
#[derive(Debug)]
pub struct Attachments<R> {
    walk: Walk<R>,
    wanted: BTreeSet<u32>,
    /// The numbers of the parts that are open.
    open: Vec<u32>,
}

impl<R: Read> Attachments<R> {
    pub(super) fn new(message: R, carried: &[Carried]) -> Self {
        Self {
            walk: Walk::new(message, Skeleton::none()),
            wanted: carried.iter().map(|carried| carried.part).collect(),
            open: Vec::new(),
        }
    }

    /// The next one; none when there are no more.
    ///
    /// # Errors
    /// When the message cannot be read.
    #[expect(
        clippy::should_implement_trait,
        reason = "an iterator cannot lend, and each is read from the message itself"
    )]
    pub fn next(&mut self) -> io::Result<Option<Attachment<'_, R>>> {
        while let Some(event) = self.event()? {
            if let Event::Opens(part, _) = event
                && self.wanted.contains(&part)
            {
                let depth = self.open.len();
                return Ok(Some(Attachment {
                    part,
                    depth,
                    bytes: Vec::new(),
                    given: 0,
                    all: self,
                }));
            }
        }
        Ok(None)
    }

    fn event(&mut self) -> io::Result<Option<Event>> {
        let event = self.walk.next()?;
        match &event {
            Some(Event::Opens(part, _)) => self.open.push(*part),
            Some(Event::Closes) => drop(self.open.pop()),
            _ => {}
        }
        Ok(event)
    }
}

/// One thing that came with a message: its decoded bytes are read from it.
#[derive(Debug)]
pub struct Attachment<'m, R> {
    /// Its place in the message, as in [`Carried::part`].
    pub part: u32,
    depth: usize,
    bytes: Vec<u8>,
    given: usize,
    all: &'m mut Attachments<R>,
}

impl<R: Read> Read for Attachment<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.bytes.len() && self.all.open.len() >= self.depth {
            match self.all.event()? {
                Some(Event::Bytes(bytes)) if self.all.open.len() == self.depth => (self.bytes, self.given) = (bytes, 0),
                Some(_) => {}
                None => return Ok(0),
            }
        }
        let count = into.len().min(self.bytes.len() - self.given);
        into[..count].copy_from_slice(&self.bytes[self.given..self.given + count]);
        self.given += count;
        Ok(count)
    }
}
