//! Signatures: what stands below two dashes, and what devices and mail programs add.

use super::line::{Kind, Line, bare};

/// How lines begin that devices add, one a line.
const SENT_FROM: &str = include_str!("data/sent_from.txt");
/// How such lines end in languages where the verb comes last, one a line.
const SENT_FROM_ENDS: &str = include_str!("data/sent_from_ends.txt");
/// How many lines a signature has at most, without empty ones, and how many octets: what is longer was written by hand.
const LINES: usize = 16;
const OCTETS: usize = 1200;

/// Cuts at the first mark below which a signature stands, with what is quoted below it.
pub(super) fn cut(lines: &mut Vec<Line<'_>>) {
    let mut written = 0;
    let at = lines.iter().enumerate().find_map(|(at, line)| {
        written += octets(line);
        let dashes = matches!(bare(line.words), "--" | "—" | "–" | "―" | "- -");
        let below = lines.get(at + 1..)?;
        let signed =
            line.kind == Kind::Rule && written > 0 && size(below).is_some_and(|size| dashes || size * 2 <= written);
        signed.then_some(at)
    });
    if let Some(at) = at {
        lines.truncate(at);
    }
}

/// How many octets of words stand below a mark, if it is no more than a signature has.
fn size(below: &[Line<'_>]) -> Option<usize> {
    let mut size = 0;
    let mut count = 0;
    for (read, line) in below.iter().filter(|line| line.kind != Kind::Quote).enumerate() {
        size += octets(line);
        count += usize::from(line.kind == Kind::Text);
        if read > LINES * 4 || count > LINES || size > OCTETS {
            return None;
        }
    }
    Some(size)
}

fn octets(line: &Line<'_>) -> usize {
    if line.kind == Kind::Text {
        line.words.trim().len()
    } else {
        0
    }
}

/// True for a line that a device or a mail program adds.
pub(super) fn is_of_a_device(words: &str) -> bool {
    if words.len() > 160 {
        return false;
    }
    let plain: String = words
        .chars()
        .filter(|letter| !matches!(letter, '[' | ']' | '(' | ')' | '<' | '>' | '*' | '_' | '"' | '\u{200b}'))
        .collect();
    let lower = plain.trim().trim_start_matches(['-', '—', '–', ' ']).to_lowercase();
    let begins = SENT_FROM.lines().any(|beginning| lower.starts_with(beginning));
    let short = lower.chars().count() <= 60;
    let ends = short
        && SENT_FROM_ENDS
            .lines()
            .any(|end| lower.trim_end_matches('.').ends_with(end.trim_end_matches('.')));
    begins || ends && !lower.is_empty()
}
