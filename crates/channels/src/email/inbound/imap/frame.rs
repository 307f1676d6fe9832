//! Where one thing that a server says ends: a line, or a line that announces bytes, then those, and on (RFC 3501, 4.3).

/// The most that one answer may hold: a piece of a message, or the numbers of a range. More was not asked for, and whoever sends it wants our memory.
const LARGEST: usize = 4 << 20;

/// How far the beginning of what came was looked at.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Where the present line begins.
    line: usize,
    /// Up to where it holds no end of a line.
    looked: usize,
}

impl Frame {
    /// The length of the first whole thing in what came; nothing while it is not whole.
    ///
    /// # Errors
    /// In words, when it is larger than anything that was asked for.
    pub(super) fn end(&mut self, came: &[u8]) -> Result<Option<usize>, &'static str> {
        loop {
            let from = self.looked.min(came.len());
            let Some(found) = came[from..].windows(2).position(|two| two == b"\r\n") else {
                // The first half of an end may be the last byte.
                self.looked = from.max(came.len().saturating_sub(1)).max(self.looked);
                return bounded(came.len(), None);
            };
            let end = from + found;
            let announced = match takes_bytes(came) {
                true => announced(&came[self.line..end]),
                false => None,
            };
            match announced {
                None => {
                    *self = Frame::default();
                    return bounded(end + 2, Some(end + 2));
                }
                Some(bytes) => {
                    let next = (end + 2).saturating_add(bytes);
                    bounded(next, None)?;
                    (self.line, self.looked) = (next, next);
                    if came.len() < next {
                        return Ok(None);
                    }
                }
            }
        }
    }
}

fn bounded(size: usize, end: Option<usize>) -> Result<Option<usize>, &'static str> {
    match size > LARGEST {
        true => Err("an answer of the server is larger than what was asked for"),
        false => Ok(end),
    }
}

/// True for data. What ends a command, asks for more or tells how things are is a text for people, which may hold any sign.
fn takes_bytes(came: &[u8]) -> bool {
    let Some(rest) = came.strip_prefix(b"* ") else {
        return false;
    };
    let word = rest
        .split(|byte| matches!(byte, b' ' | b'\r'))
        .next()
        .unwrap_or_default();
    ![&b"OK"[..], b"NO", b"BAD", b"BYE", b"PREAUTH"]
        .iter()
        .any(|text| word.eq_ignore_ascii_case(text))
}

/// How many bytes a line announces at its end: `{12}`.
fn announced(line: &[u8]) -> Option<usize> {
    let inside = line.strip_suffix(b"}")?;
    let open = inside.iter().rposition(|byte| *byte == b'{')?;
    let digits = inside.get(open + 1..)?;
    let digits = digits.strip_suffix(b"+").unwrap_or(digits);
    match digits.iter().all(u8::is_ascii_digit) && !digits.is_empty() {
        // More digits than a number has are too many bytes in any case.
        true => Some(std::str::from_utf8(digits).ok()?.parse().unwrap_or(usize::MAX)),
        false => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of all whole things in these bytes, which come one at a time.
    fn ends(bytes: &[u8]) -> Vec<usize> {
        let (mut frame, mut came, mut ends) = (Frame::default(), Vec::new(), Vec::new());
        for byte in bytes {
            came.push(*byte);
            while let Some(end) = frame.end(&came).expect("small enough") {
                came.drain(..end);
                ends.push(end);
            }
        }
        assert!(came.is_empty(), "{came:?}");
        ends
    }

    #[test]
    fn bytes_that_are_announced_belong_to_it_whatever_they_are() {
        let one = b"* 1 FETCH (BODY[] {8}\r\n\r\n){3}\r\n FLAGS {2}\r\n\r\n)\r\n";
        assert_eq!(ends(one), [one.len()]);
        assert_eq!(ends(b"* OK it says {5}\r\n+ go on {3}\r\nR1 OK {9}\r\n"), [18, 13, 11]);
        assert_eq!(ends(b"* 2 EXISTS\r\n* 3 FETCH (BODY[] {0}\r\n)\r\n"), [12, 26]);
        assert_eq!(ends(b"* 3 FETCH (X {}\r\n"), [17], "no number, no bytes");
    }

    #[test]
    fn more_than_was_asked_for_is_refused_before_it_comes() {
        for line in [
            "* 1 FETCH (BODY[] {400000000}\r\n",
            "* 1 FETCH (BODY[] {99999999999999999999999}\r\n",
        ] {
            assert!(Frame::default().end(line.as_bytes()).is_err(), "{line}");
        }
        let endless = vec![b'x'; LARGEST + 1];
        assert!(Frame::default().end(&endless).is_err());
    }
}
