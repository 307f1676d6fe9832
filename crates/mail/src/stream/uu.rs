//! Files that stand in a text as uuencode, between "begin 644 name" and "end".

use super::Event;
use super::inner::{Count, open};
use super::leaf::{Leaf, Role, one_line};
use super::transfer::uu_line;

/// The longest line that can be one of uuencode, with room for the name in the first.
const LONGEST_LINE: usize = 300;

/// What looks for such files.
#[derive(Debug, Default)]
pub(super) struct Uu {
    line: Vec<u8>,
    /// True inside a line that is too long to be one.
    long: bool,
    /// The first line of a file, until the next shows that it is one.
    begun: Option<Vec<u8>>,
    inside: bool,
    /// What to hand on: text, or bytes of the file.
    gathered: Vec<u8>,
}

impl Uu {
    pub(super) fn feed(&mut self, bytes: &[u8], count: &mut Count, out: &mut Vec<Event>) {
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let ends = piece.ends_with(b"\n");
            if self.long {
                self.gathered.extend_from_slice(piece);
                self.long = !ends;
                continue;
            }
            self.line.extend_from_slice(piece);
            if ends {
                self.end_line(count, out);
            } else if self.line.len() > LONGEST_LINE {
                self.leave(out);
                self.spill();
                self.long = true;
            }
        }
        self.hand_on(out);
    }

    pub(super) fn finish(mut self, count: &mut Count, out: &mut Vec<Event>) {
        self.end_line(count, out);
        self.leave(out);
        self.spill();
        self.hand_on(out);
    }

    fn end_line(&mut self, count: &mut Count, out: &mut Vec<Event>) {
        let whole = std::mem::take(&mut self.line);
        let line = whole.trim_ascii_end();
        if self.inside {
            match line {
                b"end" => self.leave(out),
                // The line of length nothing before it.
                b"`" | b"" => {}
                _ if uu_line(line, &mut self.gathered) => {}
                _ => {
                    self.leave(out);
                    self.gathered.extend_from_slice(&whole);
                }
            }
            return;
        }
        if let Some(first) = self.begun.take() {
            if is_body(line) {
                self.hand_on(out);
                let name = name(&first);
                open(Leaf::file(Role::File, "application/octet-stream", name), count, out);
                self.inside = true;
                uu_line(line, &mut self.gathered);
                return;
            }
            self.gathered.extend_from_slice(&first);
        }
        match name(line) {
            Some(_) => self.begun = Some(whole),
            None => self.gathered.extend_from_slice(&whole),
        }
    }

    /// Ends a file, if one is open.
    fn leave(&mut self, out: &mut Vec<Event>) {
        if self.inside {
            self.hand_on(out);
            out.push(Event::Closes);
            self.inside = false;
        }
    }

    /// What was held back is text.
    fn spill(&mut self) {
        if let Some(first) = self.begun.take() {
            self.gathered.extend_from_slice(&first);
        }
        self.gathered.append(&mut self.line);
    }

    fn hand_on(&mut self, out: &mut Vec<Event>) {
        if !self.gathered.is_empty() {
            out.push(Event::Bytes(std::mem::take(&mut self.gathered)));
        }
    }
}

/// The name in the first line of a file, if it is such a line.
fn name(line: &[u8]) -> Option<String> {
    let line = line.trim_ascii_end().strip_prefix(b"begin ")?;
    let digits = line.iter().take_while(|byte| (b'0'..=b'7').contains(byte)).count();
    let name = line.get(digits..)?.strip_prefix(b" ")?;
    let name = one_line(&String::from_utf8_lossy(name), 200);
    ((3..=4).contains(&digits) && !name.is_empty()).then_some(name)
}

/// True for a line in the middle of a file.
fn is_body(line: &[u8]) -> bool {
    line.len() > 1 && uu_line(line, &mut Vec::new())
}
