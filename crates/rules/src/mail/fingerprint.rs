//! By what a message is known when it is met again: its own number and what stands in it, and nothing that its way here adds.

use sha2::{Digest as _, Sha256};

/// As much of the head of a message is looked at; a longer one is known by this much and its body.
const HEAD: usize = 64 * 1024;

/// Reads a message as it comes, piece by piece, and tells what it is known by.
///
/// The same message comes by two mailboxes, or twice by one: lines above it differ (Received, Delivered-To), its number (Message-ID, RFC 5322,
/// 3.6.4) and its body do not. Line endings and empty lines at the end are a matter of the way. A message without a number is known by who wrote it,
/// when and about what.
///
/// ```
/// use rules::mail::Fingerprint;
/// let known_by = |text: &[u8]| {
///     let mut reading = Fingerprint::new();
///     reading.take(text);
///     reading.known_by()
/// };
/// let one = known_by(b"Message-ID: <a@b.example>\r\n\r\nIt broke.\r\n");
/// assert_eq!(one, known_by(b"Received: from x\nMessage-ID: <a@b.example>\n\nIt broke.\n\n"));
/// assert_ne!(one, known_by(b"Message-ID: <a@b.example>\r\n\r\nIt broke again.\r\n"));
/// ```
#[derive(Debug, Clone)]
pub struct Fingerprint {
    head: Vec<u8>,
    in_head: bool,
    /// The current line has no character yet.
    at_line_start: bool,
    body: Sha256,
    /// Line ends that belong to the body only if something follows them.
    held_ends: u64,
}

impl Default for Fingerprint {
    fn default() -> Fingerprint {
        Fingerprint::new()
    }
}

impl Fingerprint {
    /// A message that has not begun.
    #[must_use]
    pub fn new() -> Fingerprint {
        Fingerprint {
            head: Vec::new(),
            in_head: true,
            at_line_start: true,
            body: Sha256::new(),
            held_ends: 0,
        }
    }

    /// Its next bytes.
    pub fn take(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while self.in_head && !rest.is_empty() {
            let (byte, later) = (rest[0], &rest[1..]);
            rest = later;
            match byte {
                b'\r' => {}
                b'\n' if self.at_line_start => self.in_head = false,
                _ => {
                    self.at_line_start = byte == b'\n';
                    if self.head.len() < HEAD {
                        self.head.push(byte);
                    }
                }
            }
        }
        self.take_body(rest);
    }

    /// What it is known by.
    #[must_use]
    pub fn known_by(self) -> String {
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let own = match field(&head, "message-id").filter(|id| !id.is_empty()) {
            Some(id) => format!("id {id}"),
            None => {
                let said = ["from", "date", "subject"].map(|name| field(&head, name).unwrap_or_default());
                format!("without {}", said.join("\n"))
            }
        };
        let body: String = self.body.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        format!("{own}\n{body}")
    }

    fn take_body(&mut self, bytes: &[u8]) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (words, end) = match piece.split_last() {
                Some((b'\n', words)) => (words, 1),
                _ => (piece, 0),
            };
            for run in words.split(|byte| *byte == b'\r').filter(|run| !run.is_empty()) {
                for _ in 0..std::mem::take(&mut self.held_ends) {
                    self.body.update(b"\n");
                }
                self.body.update(run);
            }
            self.held_ends += end;
        }
    }
}

/// A field of a head whose lines end with `\n`: unfolded, on one line.
fn field(head: &str, name: &str) -> Option<String> {
    let mut lines = head.lines();
    let begins = |line: &str| {
        let (before, after) = line.split_once(':')?;
        before
            .trim_end()
            .eq_ignore_ascii_case(name)
            .then(|| after.trim().to_owned())
    };
    let mut value = lines.find_map(begins)?;
    for more in lines.take_while(|line| line.starts_with([' ', '\t'])) {
        value.push(' ');
        value.push_str(more.trim());
    }
    Some(value.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known_by(text: &str) -> String {
        let mut reading = Fingerprint::new();
        reading.take(text.as_bytes());
        reading.known_by()
    }

    const ONE: &str = "From: Ada <ada@b.example>\r\nMessage-ID:\r\n <17@b.example>\r\nSubject: Printer\r\n\r\nIt broke.\r\n\r\nAgain.\r\n";

    #[test]
    fn it_does_not_matter_where_the_pieces_end() {
        for length in 1..ONE.len() {
            let mut reading = Fingerprint::new();
            for piece in ONE.as_bytes().chunks(length) {
                reading.take(piece);
            }
            assert_eq!(reading.known_by(), known_by(ONE), "pieces of {length}");
        }
    }

    #[test]
    fn what_its_way_here_adds_makes_no_other_message_of_it() {
        let same = [
            ONE.replace("\r\n", "\n"),
            format!("Received: by mail.example\r\nDelivered-To: help@b.example\r\n{ONE}"),
            format!("{ONE}\r\n\r\n"),
            ONE.replace("Message-ID:\r\n <17", "message-id: <17"),
        ];
        for text in same {
            assert_eq!(known_by(&text), known_by(ONE), "{text}");
        }
    }

    #[test]
    fn another_number_or_other_words_are_another_message() {
        let other = [
            ONE.replace("17@", "18@"),
            ONE.replace("Again.", "And again."),
            ONE.replace("It broke.\r\n\r\nAgain.", "It broke.\r\nAgain."),
        ];
        for text in other {
            assert_ne!(known_by(&text), known_by(ONE), "{text}");
        }
    }

    #[test]
    fn without_a_number_it_is_known_by_who_wrote_when_about_what() {
        let bare = "From: ada@b.example\nDate: Thu, 1 Oct 2026 10:00:00 +0100\nSubject: Printer\n\nIt broke.\n";
        assert_eq!(known_by(bare), known_by(&format!("Received: x\n{bare}")));
        assert_ne!(known_by(bare), known_by(&bare.replace("10:00", "10:01")));
        assert_ne!(known_by(bare), known_by(&bare.replace("ada@", "bob@")));
    }

    #[test]
    fn a_message_without_end_of_its_head_and_an_empty_one_are_known_too() {
        assert_ne!(known_by(""), known_by("Subject: x"));
        assert_eq!(known_by("no head at all"), known_by("no head at all\n"));
    }
}
