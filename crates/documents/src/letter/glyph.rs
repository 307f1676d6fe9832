//! Rendered characters that remember whether the wording or a fact said them: only the wording may hold markup.

use std::collections::BTreeSet;

use minijinja::{OutputSpan, OutputSpanKind};

/// Who said a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The wording file: its stars, brackets and line ends are markup.
    Wording,
    /// A fact: whatever it holds is shown as it is.
    Fact,
}

/// One character of a rendered letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    /// The character.
    pub(super) character: char,
    /// Who said it.
    pub(super) origin: Origin,
    /// The line of the wording file that it comes from, from 1.
    pub(super) line: usize,
}

impl Glyph {
    /// True where the wording file itself holds this character.
    pub(super) fn is_wording(self, character: char) -> bool {
        self.origin == Origin::Wording && self.character == character
    }

    /// True where nothing is seen of it at the edge of a line.
    pub(super) fn is_blank(self) -> bool {
        self.character.is_whitespace()
    }
}

/// Labels the output of the template engine. Lines of the file that hold nothing but `{% %}` leave no line in the letter.
///
/// Output that no span claims counts as a fact: what cannot be traced to the file must not act as markup.
pub(super) fn label(output: &str, spans: &[OutputSpan], tag_lines: &BTreeSet<usize>) -> Vec<Glyph> {
    let mut glyphs = Vec::with_capacity(output.len());
    let mut done = 0;
    for span in spans {
        let range = span.output_range();
        push(&mut glyphs, &output[done..range.start], Origin::Fact, span.line());
        let origin = match span.kind() {
            OutputSpanKind::Raw => Origin::Wording,
            _ => Origin::Fact,
        };
        push(&mut glyphs, &output[range.clone()], origin, span.line());
        done = range.end;
    }
    push(&mut glyphs, &output[done..], Origin::Fact, 0);
    glyphs.retain(|glyph| glyph.origin == Origin::Fact || !tag_lines.contains(&glyph.line));
    glyphs
}

fn push(glyphs: &mut Vec<Glyph>, part: &str, origin: Origin, first_line: usize) {
    let mut line = first_line;
    for character in part.chars() {
        glyphs.push(Glyph {
            character,
            origin,
            line,
        });
        if character == '\n' && origin == Origin::Wording {
            line += 1;
        }
    }
}
