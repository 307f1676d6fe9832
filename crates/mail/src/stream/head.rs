//! The header of a message or of a part: collected within limits, and mended where senders commonly break it.

use mail_parser::decoders::charsets::map::charset_decoder;

use super::encoded_word;
use super::lines::Place;

/// The longest field that is read; what is longer is cut. The longest honest ones are lists of recipients.
const LONGEST_FIELD: usize = 32 * 1024;
/// The longest header that is read; what follows is left out.
const LONGEST_HEAD: usize = 256 * 1024;
/// The longest name of a field.
const LONGEST_NAME: usize = 100;

/// What some programs write before a text to say that it is UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF";

/// Fields by which a header is known for one: a text may begin with "Note:".
const KNOWN: &[&str] = &[
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "content-type",
    "delivered-to",
    "content-transfer-encoding",
    "reply-to",
    "sender",
    "x-mailer",
    "references",
    "in-reply-to",
    "auto-submitted",
    "dkim-signature",
    "authentication-results",
    "x-original-to",
    "envelope-to",
    "status",
    "x-envelope-from",
    "list-id",
    "precedence",
    "bcc",
];

/// A header on its way in.
#[derive(Debug, Default)]
pub(super) struct Head {
    block: Vec<u8>,
    field: usize,
    in_field: bool,
    known: bool,
    cut: bool,
    /// The header of the message itself: lines may stand above it that are no part of it.
    of_message: bool,
}

/// What a line was.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// A part of the header.
    Taken,
    /// The empty line after it.
    Ends,
    /// No part of a header: the body begins without an empty line.
    Foreign,
}

impl Head {
    /// The header of the message itself.
    pub(super) fn of_message() -> Self {
        Self {
            of_message: true,
            ..Self::default()
        }
    }

    /// Looks at a piece of the stream, and takes it if it belongs here.
    pub(super) fn take(&mut self, bytes: &[u8], place: Place) -> Line {
        let is_above = self.of_message && self.block.is_empty();
        let bytes = if is_above {
            bytes.strip_prefix(MARK).unwrap_or(bytes)
        } else {
            bytes
        };
        if place == Place::LineStart {
            match bytes.first() {
                Some(b'\n' | b'\r') if is_above && bytes.trim_ascii().is_empty() => return Line::Taken,
                Some(b'\n') => return Line::Ends,
                Some(b'\r') if bytes == b"\r\n" => return Line::Ends,
                Some(b' ' | b'\t') if self.in_field => {}
                // The line with which a mailbox file sets messages apart.
                _ if is_above && (bytes.starts_with(b"From ") || bytes.starts_with(b">From ")) => {
                    self.in_field = false;
                    return Line::Taken;
                }
                _ => {
                    let Some(name) = name(bytes) else { return Line::Foreign };
                    self.known |= KNOWN.contains(&name.to_ascii_lowercase().as_str());
                    self.end_line();
                    self.field = 0;
                    self.in_field = true;
                }
            }
        }
        if !self.in_field {
            return Line::Taken;
        }
        let room = (LONGEST_FIELD - self.field).min(LONGEST_HEAD - self.block.len().min(LONGEST_HEAD));
        let kept = bytes.len().min(room);
        self.cut |= kept < bytes.len();
        self.block.extend_from_slice(&bytes[..kept]);
        self.field += kept;
        Line::Taken
    }

    /// A cut field ends as a field does.
    fn end_line(&mut self) {
        if !self.block.is_empty() && !self.block.ends_with(b"\n") {
            self.block.extend_from_slice(b"\r\n");
        }
    }

    /// True when it is the header of a message and no text that looks like one.
    pub(super) fn is_believed(&self) -> bool {
        self.known
    }

    /// True when something of it was left out.
    pub(super) fn was_cut(&self) -> bool {
        self.cut
    }

    /// What was taken, as it came: for a text that is none.
    pub(super) fn into_text(self) -> Vec<u8> {
        self.block
    }

    /// The header, mended.
    pub(super) fn into_block(mut self) -> Vec<u8> {
        self.end_line();
        mended(self.block)
    }
}

fn name(line: &[u8]) -> Option<&str> {
    let line = &line[..line.len().min(LONGEST_NAME)];
    let colon = memchr::memchr(b':', line)?;
    let name = line[..colon].trim_ascii_end();
    let is_name = !name.is_empty() && name.iter().all(u8::is_ascii_graphic);
    std::str::from_utf8(name).ok().filter(|_| is_name)
}

/// Text that is not UTF-8 becomes it, and encoded words that were split inside a character become one (RFC 2047 forbids to split there).
fn mended(block: Vec<u8>) -> Vec<u8> {
    let block = match String::from_utf8(block) {
        Ok(text) => text,
        Err(error) => error
            .as_bytes()
            .split_inclusive(|byte| *byte == b'\n')
            .map(text_of)
            .collect(),
    };
    let block = if block.contains("\u{1b}$") {
        japanese(&block)
    } else {
        block
    };
    if block.contains("=?") {
        encoded_word::joined(&block).into_bytes()
    } else {
        block.into_bytes()
    }
}

fn text_of(line: &[u8]) -> String {
    match (std::str::from_utf8(line), charset_decoder(b"windows-1252")) {
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(decode)) => decode(line),
        (Err(_), None) => String::from_utf8_lossy(line).into_owned(),
    }
}

/// Japanese that stands in a header as it is.
fn japanese(block: &str) -> String {
    charset_decoder(b"iso-2022-jp").map_or_else(|| block.to_owned(), |decode| decode(block.as_bytes()))
}
