//! The small markup of wording files: paragraphs, lists, bold and links.

use super::glyph::{Glyph, Origin};
use super::inline::{Inline, parse as parse_line};

/// One block of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Running words.
    Paragraph(Vec<Inline>),
    /// Lines that begin with "- ".
    Bullets(Vec<Vec<Inline>>),
    /// Lines that begin with "1. "; counted from 1.
    Numbers(Vec<Vec<Inline>>),
}

/// What cannot be read, and on which line of the wording file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unreadable {
    pub(super) line: usize,
    pub(super) reason: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Words,
    Bullet,
    Number,
}

/// Reads a rendered letter into blocks.
pub(super) fn parse(glyphs: &[Glyph]) -> Result<Vec<Block>, Unreadable> {
    let mut blocks = Vec::new();
    let mut after_gap = true;
    for line in glyphs.split(|glyph| glyph.is_wording('\n')) {
        let line = trimmed(line);
        if line.is_empty() {
            after_gap = true;
            continue;
        }
        let (mark, words) = mark_of(line);
        let words = parse_line(words)?;
        if words.is_empty() {
            continue;
        }
        add(&mut blocks, mark, words, after_gap);
        after_gap = false;
    }
    Ok(blocks.into_iter().flat_map(split_paragraphs).collect())
}

fn add(blocks: &mut Vec<Block>, mark: Mark, words: Vec<Inline>, after_gap: bool) {
    match (blocks.last_mut(), mark) {
        (Some(Block::Bullets(items)), Mark::Bullet) | (Some(Block::Numbers(items)), Mark::Number) => items.push(words),
        (Some(Block::Paragraph(earlier)), Mark::Words) if !after_gap => continue_with(earlier, words),
        (Some(Block::Bullets(items) | Block::Numbers(items)), Mark::Words) if !after_gap => {
            if let Some(item) = items.last_mut() {
                continue_with(item, words);
            }
        }
        (_, Mark::Words) => blocks.push(Block::Paragraph(words)),
        (_, Mark::Bullet) => blocks.push(Block::Bullets(vec![words])),
        (_, Mark::Number) => blocks.push(Block::Numbers(vec![words])),
    }
}

fn continue_with(earlier: &mut Vec<Inline>, words: Vec<Inline>) {
    earlier.push(Inline::Break);
    earlier.extend(words);
}

fn trimmed(line: &[Glyph]) -> &[Glyph] {
    let Some(start) = line.iter().position(|glyph| !glyph.is_blank()) else {
        return &[];
    };
    let end = line
        .iter()
        .rposition(|glyph| !glyph.is_blank())
        .map_or(start, |at| at + 1);
    &line[start..end]
}

fn mark_of(line: &[Glyph]) -> (Mark, &[Glyph]) {
    let digits = line
        .iter()
        .take_while(|glyph| glyph.origin == Origin::Wording && glyph.character.is_ascii_digit())
        .count();
    let starts = |at: usize, mark: char| {
        line.get(at).is_some_and(|glyph| glyph.is_wording(mark))
            && line.get(at + 1).is_some_and(|glyph| glyph.is_wording(' '))
    };
    if starts(0, '-') {
        (Mark::Bullet, trimmed(&line[2..]))
    } else if digits > 0 && starts(digits, '.') {
        (Mark::Number, trimmed(&line[digits + 2..]))
    } else {
        (Mark::Words, line)
    }
}

/// A fact may hold several paragraphs; they become paragraphs of the letter. Inside a list they become lines.
fn split_paragraphs(block: Block) -> Vec<Block> {
    match block {
        Block::Paragraph(words) => words
            .split(|part| *part == Inline::Gap)
            .map(|part| Block::Paragraph(part.to_vec()))
            .collect(),
        Block::Bullets(items) => vec![Block::Bullets(items.into_iter().map(without_gaps).collect())],
        Block::Numbers(items) => vec![Block::Numbers(items.into_iter().map(without_gaps).collect())],
    }
}

fn without_gaps(words: Vec<Inline>) -> Vec<Inline> {
    words
        .into_iter()
        .map(|part| if part == Inline::Gap { Inline::Break } else { part })
        .collect()
}
