//! The body of a part: lines in, decoded bytes out.

use super::inner::Inner;
use super::transfer::Transfer;

/// A part being read.
#[derive(Debug)]
pub(super) struct Body {
    /// What looks into its bytes.
    pub inner: Inner,
    transfer: Transfer,
    /// The line end that belongs to what follows: to the part, or to the boundary (RFC 2046, 5.1.1).
    line_end: &'static [u8],
    /// Decoded bytes that wait to be handed on.
    pub gathered: Vec<u8>,
}

impl Body {
    pub(super) fn new(inner: Inner, transfer: Transfer) -> Self {
        Self {
            inner,
            transfer,
            line_end: b"",
            gathered: Vec::new(),
        }
    }

    /// Takes a line or a part of one, and keeps its end for later.
    pub(super) fn feed(&mut self, bytes: &[u8]) {
        self.transfer.decode(self.line_end, &mut self.gathered);
        let (text, line_end): (&[u8], &'static [u8]) = match bytes {
            [text @ .., b'\r', b'\n'] => (text, b"\r\n"),
            [text @ .., b'\n'] => (text, b"\n"),
            _ => (bytes, b""),
        };
        self.line_end = line_end;
        self.transfer.decode(text, &mut self.gathered);
    }

    /// Nothing more comes: a line end that is still kept belongs to the boundary.
    pub(super) fn finish(&mut self) {
        self.transfer.finish(&mut self.gathered);
    }
}
