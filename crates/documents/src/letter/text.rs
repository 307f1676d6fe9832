//! A letter as plain text that stands alone: wrapped, with the address of each link written out.

use super::inline::Inline;
use super::markup::Block;

/// RFC 5322 recommends at most 78 characters in a line; two are left for a reply's "> ".
const WIDTH: usize = 76;

/// Writes the blocks as text; lines end in `\n`.
pub(super) fn render(blocks: &[Block]) -> String {
    let written: Vec<String> = blocks.iter().map(block).collect();
    let mut letter = written.join("\n\n");
    letter.push('\n');
    letter
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph(words) => wrap(&plain(words), "", ""),
        Block::Bullets(items) => list(items, |_| "- ".to_owned()),
        Block::Numbers(items) => list(items, |index| format!("{}. ", index + 1)),
    }
}

fn list(items: &[Vec<Inline>], mark: impl Fn(usize) -> String) -> String {
    let lines = items.iter().enumerate().map(|(index, words)| {
        let mark = mark(index);
        wrap(&plain(words), &mark, &" ".repeat(mark.len()))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn plain(parts: &[Inline]) -> String {
    let mut words = String::new();
    for part in parts {
        match part {
            Inline::Text(text) => words.push_str(text),
            Inline::Bold(inner) => words.push_str(&plain(inner)),
            Inline::Link { words: label, address } if label == address => words.push_str(address),
            Inline::Link { words: label, address } => words.push_str(&format!("{label}: {address}")),
            Inline::Break | Inline::Gap => words.push('\n'),
        }
    }
    words
}

/// Breaks lines between words only: an address stays whole, however long.
fn wrap(words: &str, first_indent: &str, next_indent: &str) -> String {
    let mut lines = Vec::new();
    let mut indent = first_indent;
    for paragraph in words.split('\n') {
        let mut line = indent.to_owned();
        let mut is_empty = true;
        for word in paragraph.split_whitespace() {
            if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::replace(&mut line, next_indent.to_owned()));
                is_empty = true;
            }
            if !is_empty {
                line.push(' ');
            }
            line.push_str(word);
            is_empty = false;
        }
        lines.push(line);
        indent = next_indent;
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_between_words_and_hang_under_their_mark() {
        let long = "word ".repeat(20);
        let address = format!("https://a.example/{}", "x".repeat(90));
        let written = render(&[Block::Bullets(vec![vec![
            Inline::Text(long),
            Inline::Link {
                words: "page".into(),
                address: address.clone(),
            },
        ]])]);
        let lines: Vec<&str> = written.lines().collect();
        assert!(lines[0].starts_with("- word") && lines[0].len() <= WIDTH);
        assert!(lines[1].starts_with("  word"));
        assert_eq!(lines[2], format!("  {address}"));
    }
}
