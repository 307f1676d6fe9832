//! The skeleton of a message: its headers and the beginnings of its texts, as they came. What looks at the whole of a message reads this.

/// How much of one part is kept.
const PART: usize = 64 * 1024;
/// How much is kept of everything.
const WHOLE: usize = 1024 * 1024;
/// How many parts are kept. What reports or answers by itself says so in its first few.
const PARTS: usize = 200;

/// A skeleton on its way in.
#[derive(Debug, Default)]
pub(crate) struct Skeleton {
    bytes: Vec<u8>,
    parts: usize,
    room: usize,
    /// True when nobody asked for one, or when there is enough of it.
    full: bool,
}

impl Skeleton {
    /// Keeps nothing.
    pub(crate) fn none() -> Self {
        Self {
            full: true,
            ..Self::default()
        }
    }

    /// A header, with the empty line after it.
    pub(super) fn head(&mut self, block: &[u8]) {
        self.parts += 1;
        self.full |= self.parts > PARTS || self.bytes.len() + block.len() > WHOLE;
        self.append(block);
        self.append(b"\r\n");
    }

    /// A line between parts.
    pub(super) fn boundary(&mut self, line: &[u8]) {
        self.append(b"\r\n");
        self.append(line.trim_ascii_end());
        self.append(b"\r\n");
    }

    /// A part begins of which so much is kept.
    pub(super) fn part(&mut self, is_kept: bool) {
        self.room = if is_kept { PART } else { 0 };
    }

    /// Bytes of that part, as they came.
    pub(super) fn body(&mut self, bytes: &[u8]) {
        let kept = bytes.len().min(self.room).min(WHOLE.saturating_sub(self.bytes.len()));
        self.room -= kept;
        self.append(&bytes[..kept]);
    }

    fn append(&mut self, bytes: &[u8]) {
        if !self.full {
            self.bytes.extend_from_slice(bytes);
        }
    }

    /// All of it.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}
