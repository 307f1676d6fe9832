//! Lines out of a stream, through one buffer: a line without an end comes in pieces.

use std::io::{self, ErrorKind, Read};
use std::ops::Range;

/// How much is read at once.
const BUFFER: usize = 64 * 1024;
/// A line up to this length always comes in one piece. RFC 5322 allows 998 characters, and boundaries of parts have 70 at most.
const WHOLE_LINE: usize = 8 * 1024;

/// The stream, a piece at a time.
#[derive(Debug)]
pub(super) struct Lines<R> {
    from: R,
    buffer: Vec<u8>,
    rest: Range<usize>,
    ended: bool,
    next: Place,
    read: u64,
    /// True once it is known that lines end in carriage returns alone, as no mail may; then they are taken for line feeds.
    only_returns: Option<bool>,
}

/// A line or a part of one.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    range: Range<usize>,
    /// Where in a line it begins.
    pub place: Place,
}

/// Where in a line a piece begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// At its beginning.
    LineStart,
    /// In the middle of a long one.
    Within,
}

impl<R: Read> Lines<R> {
    pub(super) fn new(from: R) -> Self {
        Self {
            from,
            buffer: vec![0; BUFFER],
            rest: 0..0,
            ended: false,
            next: Place::LineStart,
            read: 0,
            only_returns: None,
        }
    }

    /// The next piece; none at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Piece>> {
        let mut searched = 0;
        if self.only_returns.is_none() {
            self.look()?;
        }
        let length = loop {
            let rest = &self.buffer[self.rest.clone()];
            if let Some(at) = memchr::memchr(b'\n', &rest[searched..]) {
                break searched + at + 1;
            }
            searched = rest.len();
            if self.ended || rest.len() >= WHOLE_LINE {
                break rest.len();
            }
            self.fill()?;
        };
        if length == 0 {
            return Ok(None);
        }
        let range = self.rest.start..self.rest.start + length;
        self.rest.start = range.end;
        let piece = Piece {
            place: self.next,
            range,
        };
        self.next = if self.bytes(&piece).ends_with(b"\n") {
            Place::LineStart
        } else {
            Place::Within
        };
        Ok(Some(piece))
    }

    /// The bytes of the piece that was answered last, with its line end.
    pub(super) fn bytes(&self, piece: &Piece) -> &[u8] {
        &self.buffer[piece.range.clone()]
    }

    /// How many bytes the stream has given so far.
    pub(super) fn read(&self) -> u64 {
        self.read
    }

    /// Looks how lines end: a head has several by then.
    fn look(&mut self) -> io::Result<()> {
        while !self.ended && self.rest.len() < WHOLE_LINE {
            self.fill()?;
        }
        let beginning = &mut self.buffer[self.rest.clone()];
        let only_returns = !beginning.contains(&b'\n') && beginning.contains(&b'\r');
        if only_returns {
            to_line_feeds(beginning);
        }
        self.only_returns = Some(only_returns);
        Ok(())
    }

    fn fill(&mut self) -> io::Result<()> {
        self.buffer.copy_within(self.rest.clone(), 0);
        self.rest = 0..self.rest.len();
        loop {
            match self.from.read(&mut self.buffer[self.rest.end..]) {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    if self.only_returns == Some(true) {
                        to_line_feeds(&mut self.buffer[self.rest.end..self.rest.end + count]);
                    }
                    self.rest.end += count;
                    self.read += count as u64;
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            }
            return Ok(());
        }
    }
}

fn to_line_feeds(bytes: &mut [u8]) {
    bytes
        .iter_mut()
        .filter(|byte| **byte == b'\r')
        .for_each(|byte| *byte = b'\n');
}
