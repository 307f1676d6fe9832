//! Which part of a text is quoted from an earlier message: what others wrote is no complaint of whoever sends it.

/// The quoted parts of a text.
#[derive(Debug)]
pub(super) struct Quoted {
    lines: Vec<(usize, usize)>,
    rest: usize,
}

impl Quoted {
    /// Finds them: lines that begin with `>`, and everything below a line that introduces an earlier message.
    pub(super) fn of(text: &str) -> Quoted {
        let mut quoted = Quoted {
            lines: Vec::new(),
            rest: usize::MAX,
        };
        let (mut from, mut before) = (0, (0, ""));
        for line in text.split_inclusive('\n') {
            let bare = line.trim();
            if bare.starts_with('>') {
                quoted.lines.push((from, from + line.len()));
            } else if quoted.rest == usize::MAX && introduces(bare) {
                quoted.rest = from;
            } else if quoted.rest == usize::MAX && introduce(before.1, bare) {
                quoted.rest = before.0;
            }
            before = (from, bare);
            from += line.len();
        }
        quoted
    }

    /// Whether the byte at `place` is quoted.
    pub(super) fn holds(&self, place: usize) -> bool {
        let line = self.lines.partition_point(|(from, _)| *from <= place);
        place >= self.rest || (line > 0 && place < self.lines[line - 1].1)
    }
}

/// "On Monday Sarah Hill wrote:", "-----Original Message-----", and their like.
fn introduces(line: &str) -> bool {
    let wrote = (line.starts_with("On ") || line.starts_with("Am ") || line.starts_with("Le "))
        && (line.ends_with("wrote:") || line.ends_with("schrieb:") || line.ends_with("crit :"));
    let ruled = line.starts_with("--") && (line.contains("Original Message") || line.contains("Forwarded message"));
    wrote || ruled || line.starts_with("Begin forwarded message")
}

/// The same in two lines: an introduction that was wrapped, or the head of a message.
fn introduce(first: &str, second: &str) -> bool {
    let wrapped = first.starts_with("On ") && second.ends_with("wrote:");
    let head = first.starts_with("From:") && ["Sent:", "Date:", "To:"].iter().any(|field| second.starts_with(field));
    wrapped || head
}
