//! Two texts line by line: what was taken out, what was put in, with a few lines around each.

use hypertext::prelude::*;
use similar::{ChangeTag, TextDiff};

/// How many lines around a change are shown.
const AROUND: usize = 2;

/// The lines in which two texts differ.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LineDiff {
    /// Groups of lines that stand together.
    pub groups: Vec<Vec<DiffLine>>,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// What became of it.
    pub is: LineIs,
    /// Its words.
    pub words: String,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineIs {
    /// It stands in both.
    Kept,
    /// It is gone.
    Gone,
    /// It is new.
    New,
}

impl LineDiff {
    /// What makes `after` of `before`.
    pub fn between(before: &str, after: &str) -> Self {
        let diff = TextDiff::from_lines(before, after);
        let group = |operations: &Vec<similar::DiffOp>| {
            let changes = operations.iter().flat_map(|operation| diff.iter_changes(operation));
            changes
                .map(|change| DiffLine {
                    is: match change.tag() {
                        ChangeTag::Equal => LineIs::Kept,
                        ChangeTag::Delete => LineIs::Gone,
                        ChangeTag::Insert => LineIs::New,
                    },
                    words: change.value().trim_end_matches('\n').to_owned(),
                })
                .collect()
        };
        Self {
            groups: diff.grouped_ops(AROUND).iter().map(group).collect(),
        }
    }

    /// Whether the texts are the same.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

impl Renderable for LineDiff {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            div.fc-diff tabindex="0" role="region" aria-label="Lines that differ" {
                @for (place, group) in self.groups.iter().enumerate() {
                    @if place > 0 { p.fc-diff__gap { "…" } }
                    @for line in group { (line) }
                }
            }
        }
        .render_to(out);
    }
}

impl Renderable for DiffLine {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        maud! {
            @match self.is {
                LineIs::Kept => p.fc-diff__line { (self.words) },
                LineIs::Gone => p.fc-diff__line.fc-diff__line--gone {
                    span.govuk-visually-hidden { "Taken out: " } del { (self.words) }
                },
                LineIs::New => p.fc-diff__line.fc-diff__line--new {
                    span.govuk-visually-hidden { "Put in: " } ins { (self.words) }
                },
            }
        }
        .render_to(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_taken_out_and_put_in_is_told_from_what_stays_and_nothing_is_obeyed() {
        let diff = LineDiff::between("a\nb\nc\n", "a\n<b>\nc\n");
        let lines: Vec<(LineIs, &str)> = diff.groups[0]
            .iter()
            .map(|line| (line.is, line.words.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                (LineIs::Kept, "a"),
                (LineIs::Gone, "b"),
                (LineIs::New, "<b>"),
                (LineIs::Kept, "c")
            ]
        );
        let html = diff.render().into_inner();
        assert!(html.contains("Put in: </span><ins>&lt;b&gt;</ins>"), "{html}");
        assert!(LineDiff::between("a\n", "a\n").is_empty());
    }
}
