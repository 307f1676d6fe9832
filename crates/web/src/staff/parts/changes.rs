//! Two versions of a letter as one text in which every word that was added or removed is marked, for eyes and for ears.

use std::ops::Range;

use hypertext::prelude::*;
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

use crate::page::letter_text::{Part, parts};

/// What changed from one version to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// What a screen reader calls it: "Version 3 with the changes since version 1".
    pub name: String,
    /// Every part of both versions, in order.
    pub blocks: Vec<ChangedBlock>,
}

/// A heading, a paragraph or a line of a list, with its marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedBlock {
    /// What it is.
    pub kind: BlockKind,
    /// Its words in order.
    pub pieces: Vec<Piece>,
}

/// What a part of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// A heading.
    Heading,
    /// A paragraph.
    Paragraph,
    /// A line of a list.
    Item,
}

/// Words that stand in both versions or in one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the newer one.
    Added(String),
    /// Only in the older one.
    Removed(String),
}

/// A part before it is compared: what it is and its words.
type Block = (BlockKind, String);

impl Changes {
    /// The text of a letter compared with an older one. How lines are broken for mail programs is no change.
    pub fn between(name: &str, older: &str, newer: &str) -> Changes {
        let (older, newer) = (blocks(older), blocks(newer));
        let mut marked = Vec::new();
        for op in capture_diff_slices(Algorithm::Patience, &older, &newer) {
            match op {
                DiffOp::Equal { new_index, len, .. } => {
                    marked.extend(
                        newer[new_index..new_index + len]
                            .iter()
                            .map(|block| whole(block, Piece::Same)),
                    );
                }
                _ => marked.extend(replaced(&older[op.old_range()], &newer[op.new_range()])),
            }
        }
        Changes {
            name: name.to_owned(),
            blocks: marked,
        }
    }

    /// How many runs of words were added, and how many removed.
    pub fn counted(&self) -> (usize, usize) {
        let all = || self.blocks.iter().flat_map(|block| &block.pieces);
        let added = all().filter(|piece| matches!(piece, Piece::Added(_))).count();
        (added, all().filter(|piece| matches!(piece, Piece::Removed(_))).count())
    }

    /// True where both versions say the same.
    pub fn is_empty(&self) -> bool {
        self.counted() == (0, 0)
    }

    /// "2 additions and 1 removal"; "Nothing changed".
    pub fn summary(&self) -> String {
        let count = |n: usize, one: &str, many: &str| crate::page::words::count(n as u64, one, many);
        match self.counted() {
            (0, 0) => "Nothing changed".to_owned(),
            (added, 0) => count(added, "addition", "additions"),
            (0, removed) => count(removed, "removal", "removals"),
            (added, removed) => format!(
                "{} and {}",
                count(added, "addition", "additions"),
                count(removed, "removal", "removals")
            ),
        }
    }
}

/// Parts that took the place of others: those of the same kind are compared word by word, in order.
fn replaced(older: &[Block], newer: &[Block]) -> Vec<ChangedBlock> {
    let mut marked = Vec::new();
    let mut left = older.iter().peekable();
    for block in newer {
        match left.next_if(|gone| gone.0 == block.0) {
            Some(gone) => marked.push(ChangedBlock {
                kind: block.0,
                pieces: by_word(&gone.1, &block.1),
            }),
            None => marked.push(whole(block, Piece::Added)),
        }
    }
    let gone: Vec<ChangedBlock> = left.map(|block| whole(block, Piece::Removed)).collect();
    gone.into_iter().chain(marked).collect()
}

fn whole((kind, words): &Block, piece: fn(String) -> Piece) -> ChangedBlock {
    ChangedBlock {
        kind: *kind,
        pieces: vec![piece(words.clone())],
    }
}

fn by_word(older: &str, newer: &str) -> Vec<Piece> {
    let diff = TextDiff::configure()
        .algorithm(Algorithm::Patience)
        .diff_words(older, newer);
    let mut runs: Vec<(ChangeTag, String)> = Vec::new();
    for change in diff.iter_all_changes() {
        match runs.last_mut() {
            Some((tag, words)) if *tag == change.tag() => words.push_str(change.value()),
            _ => runs.push((change.tag(), change.value().to_owned())),
        }
    }
    let mut pieces = Vec::new();
    for (tag, words) in runs {
        let is_space = words.trim().is_empty();
        match tag {
            ChangeTag::Delete if is_space => {}
            ChangeTag::Insert if !is_space => pieces.push(Piece::Added(words)),
            ChangeTag::Delete => pieces.push(Piece::Removed(words)),
            // A space where a line was broken, or the other way round: it reads as it stands now.
            ChangeTag::Equal | ChangeTag::Insert => match pieces.last_mut() {
                Some(Piece::Same(before)) => before.push_str(&words),
                _ => pieces.push(Piece::Same(words)),
            },
        }
    }
    pieces
}

/// The parts of a letter's text as they are compared.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for part in parts(text) {
        match part {
            Part::Heading(words) => blocks.push((BlockKind::Heading, words)),
            Part::List(items) => blocks.extend(items.into_iter().map(|item| (BlockKind::Item, item))),
            Part::Paragraph(lines) => {
                let lines: Vec<String> = lines
                    .into_iter()
                    // A link is the reader's own way in: staff see what it is called and not where it leads.
                    .map(|line| match line.link {
                        Some(link) if line.words.is_empty() => link.words,
                        Some(link) => format!("{} {}", line.words, link.words),
                        None => line.words,
                    })
                    .collect();
                blocks.push((BlockKind::Paragraph, lines.join("\n")));
            }
        }
    }
    blocks
}

impl Renderable for Changes {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            article.fc-letter.fc-changes aria-label=(self.name) {
                @for run in self.runs() {
                    @let drawn = &self.blocks[run.clone()];
                    @match drawn[0].kind {
                        BlockKind::Heading => { @for block in drawn { h3.fc-finding { (block) } } }
                        BlockKind::Paragraph => { @for block in drawn { p { (block) } } }
                        BlockKind::Item => { ul.govuk-list.govuk-list--bullet { @for block in drawn { li { (block) } } } }
                    }
                }
            }
        }
        .render_to(out);
    }
}

impl Changes {
    /// Blocks of the same kind that stand together: the lines of a list are one list.
    fn runs(&self) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, block) in self.blocks.iter().enumerate() {
            match runs.last_mut() {
                Some(run) if self.blocks[run.start].kind == block.kind => run.end = at + 1,
                _ => runs.push(at..at + 1),
            }
        }
        runs
    }
}

impl Renderable for ChangedBlock {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! { @for piece in &self.pieces { (piece) } }.render_to(out);
    }
}

impl Renderable for Piece {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        match self {
            Self::Same(words) => maud! { (broken(words)) }.render_to(out),
            Self::Added(words) => maud! {
                ins.fc-ins {
                    span.govuk-visually-hidden { "Added: " }
                    (broken(words))
                    span.govuk-visually-hidden { " (end of what was added) " }
                }
            }
            .render_to(out),
            Self::Removed(words) => maud! {
                del.fc-del {
                    span.govuk-visually-hidden { "Removed: " }
                    (broken(words))
                    span.govuk-visually-hidden { " (end of what was removed) " }
                }
            }
            .render_to(out),
        }
    }
}

fn broken(words: &str) -> impl Renderable {
    maud! { @for (n, line) in words.split('\n').enumerate() { @if n > 0 { br; } (line) } }
}

/// What the marks mean, for whoever sees them for the first time.
pub fn legend() -> impl Renderable {
    maud! {
        p.govuk-body-s.fc-muted {
            "Added words are " ins.fc-ins { "underlined" } ", removed words are " del.fc-del { "struck through" } "."
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(older: &str, newer: &str) -> String {
        let html = Changes::between("Changes", older, newer).render().into_inner();
        html.replace(r#"<span class="govuk-visually-hidden">"#, "<s>")
            .replace("</span>", "</s>")
    }

    const OLDER: &str =
        "Hello Priya.\n\nWhat we found\n\nTwo access points restarted.\n\n- Replace both\n- Tell the hall\n\nDana";
    const NEWER: &str = "Hello Priya.\n\nWhat we found\n\nTwo access points restarted four times.\n\n- Replace both\n\nWe are sorry.\n\nDana";

    #[test]
    fn a_line_that_is_broken_elsewhere_is_no_change() {
        let changes = Changes::between(
            "Changes",
            "Read all our letters: here\n\nDana",
            "Read all our letters:\nhere\n\nDana",
        );
        assert!(changes.is_empty(), "{}", changes.summary());
    }

    #[test]
    fn words_that_came_and_went_are_marked_and_the_rest_is_not() {
        let html = drawn(OLDER, NEWER);
        assert!(html.contains("<p>Hello Priya.</p>"), "{html}");
        assert!(html.contains(r#"<h3 class="fc-finding">What we found</h3>"#), "{html}");
        assert!(
            html.contains(r#"<del class="fc-del"><s>Removed: </s>restarted.<s> (end of what was removed) </s></del>"#),
            "{html}"
        );
        assert!(
            html.contains(r#"<ins class="fc-ins"><s>Added: </s>restarted four times."#),
            "{html}"
        );
        assert!(html.contains("<li>Replace both</li>"), "{html}");
        assert!(
            html.contains(r#"<li><del class="fc-del"><s>Removed: </s>Tell the hall"#),
            "{html}"
        );
        assert!(
            html.contains(r#"<p><ins class="fc-ins"><s>Added: </s>We are sorry."#),
            "{html}"
        );
    }

    #[test]
    fn other_line_breaks_of_the_same_words_are_no_change() {
        let wrapped = |words: &[&str]| {
            let mut text = String::from("Hello.\n\n");
            let mut length = 0;
            for word in words {
                if length > 0 && length + 1 + word.len() > 76 {
                    text.push('\n');
                    length = 0;
                }
                if length > 0 {
                    text.push(' ');
                    length += 1;
                }
                text.push_str(word);
                length += word.len();
            }
            text + "\n\nDana"
        };
        let older = ["word"; 40];
        let newer: Vec<&str> = std::iter::once("Sorry.").chain(older).collect();
        let changes = Changes::between("Changes", &wrapped(&older), &wrapped(&newer));
        assert_eq!(changes.counted(), (1, 0), "{changes:?}");
        assert_eq!(changes.summary(), "1 addition");
    }

    #[test]
    fn the_same_twice_says_so_and_everything_is_escaped() {
        let same = Changes::between("Changes", OLDER, OLDER);
        assert!(same.is_empty());
        assert_eq!(same.summary(), "Nothing changed");
        let html = drawn("A <b>.\n\nB", "A <i>.\n\nB");
        assert!(
            html.contains("&lt;b&gt;") && html.contains("&lt;i&gt;") && !html.contains("<b>"),
            "{html}"
        );
    }
}
