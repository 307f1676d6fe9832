//! The skeleton of a message: its headers and the beginnings of its texts, as they came. What looks at the whole of a message reads this.

/// How much of one part is kept.
const PART: usize = 64 * 1024;
/// How much is kept of everything.
const WHOLE: usize = 1024 * 1024;
/// How many parts are kept. What reports or answers by itself says so in its first few.
const PARTS: usize = 200;
/// How many lines are kept that speak of messages inside. Whoever parses them goes as deep as they do, and a deep one breaks the stack.
const INSIDE: usize = 50;

/// A skeleton on its way in.
#[derive(Debug, Default)]
pub(crate) struct Skeleton {
    bytes: Vec<u8>,
    parts: usize,
    room: usize,
    inside: usize,
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
        block
            .split_inclusive(|byte| *byte == b'\n')
            .for_each(|line| self.look(line));
        self.append(block);
        self.append(b"\r\n");
    }

    /// A line between parts.
    pub(super) fn boundary(&mut self, line: &[u8]) {
        self.append(b"\r\n");
        self.append(line.trim_ascii_end());
        self.append(b"\r\n");
    }

    /// A part begins of which the beginning is kept.
    pub(super) fn keep_part(&mut self) {
        self.room = PART;
    }

    /// A part begins of which nothing is kept.
    pub(super) fn skip_part(&mut self) {
        self.room = 0;
    }

    /// Bytes of that part, as they came.
    pub(super) fn body(&mut self, bytes: &[u8]) {
        if self.room > 0 && !self.full {
            self.look(bytes);
        }
        let kept = bytes.len().min(self.room).min(WHOLE.saturating_sub(self.bytes.len()));
        self.room -= kept;
        self.append(&bytes[..kept]);
    }

    /// Stops where messages are inside each other too deep.
    fn look(&mut self, line: &[u8]) {
        let begins = |word: &[u8]| line.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
        self.inside += usize::from(begins(b"message/") || begins(b"/digest"));
        self.full |= self.inside > INSIDE;
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
