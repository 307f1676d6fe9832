//! A letter as it will be sent.

use hypertext::prelude::*;

use super::tag::Tag;

/// A letter, notice or spoken summary as the person will get it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// What a screen reader calls it: "Decision letter to Dr Rhys Bevan".
    pub name: String,
    /// The lines above the greeting: whom it goes to, our reference, the date.
    pub head: Vec<String>,
    /// What follows.
    pub blocks: Vec<Block>,
}

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The decision in one line.
    Title(String),
    /// A heading.
    Heading(String),
    /// The heading of a point, with its outcome for whoever checks the letter; the outcome is not printed.
    Finding(String, Tag),
    /// A paragraph.
    Paragraph(Vec<Run>),
    /// A list.
    List(Vec<String>),
}

/// Words in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// As before.
    Same(String),
    /// Changed since the last version; marked on screen, not on paper.
    New(String),
    /// The words of a link in the letter: named here, followed only by the person who gets it.
    Link(String),
}

impl Letter {
    /// A letter from plain text: a blank line starts a paragraph, a line that starts with "## " is a heading and lines
    /// that start with "- " are a list.
    pub fn from_text(name: &str, head: Vec<String>, text: &str) -> Self {
        let text = text.replace("\r\n", "\n");
        let blocks = text
            .split("\n\n")
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(Block::from_text)
            .collect();
        Self {
            name: name.to_owned(),
            head,
            blocks,
        }
    }
}

impl Block {
    /// A paragraph without changes.
    pub fn text(words: &str) -> Self {
        Self::Paragraph(vec![Run::Same(words.to_owned())])
    }

    fn from_text(part: &str) -> Self {
        if let Some(heading) = part.strip_prefix("## ") {
            return Self::Heading(heading.to_owned());
        }
        let items: Vec<&str> = part.lines().filter_map(|line| line.strip_prefix("- ")).collect();
        if !items.is_empty() && items.len() == part.lines().count() {
            return Self::List(items.into_iter().map(str::to_owned).collect());
        }
        Self::text(part)
    }
}

impl Renderable for Letter {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        let level = match self.blocks.iter().any(|block| matches!(block, Block::Title(_))) {
            true => Level::Third,
            false => Level::Second,
        };
        maud! {
            article.fc-letter aria-label=(self.name) {
                @if !self.head.is_empty() { p.fc-letter__meta { (lines(&self.head)) } }
                @for block in &self.blocks { (block.draw(level)) }
            }
        }
        .render_to(out);
    }
}

/// Headings stand under the title of the letter if it has one, else under the heading of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Second,
    Third,
}

impl Block {
    fn draw(&self, level: Level) -> impl Renderable {
        maud! {
            @match self {
                Self::Title(words) => { h2 { (words) } }
                Self::Heading(words) => { (heading(level, maud! { (words) })) }
                Self::Finding(words, outcome) => {
                    (heading(level, maud! { (words) " " span.fc-noprint { (outcome) } }))
                }
                Self::Paragraph(runs) => { p { @for run in runs { (run) } } }
                Self::List(items) => { ul.govuk-list.govuk-list--bullet { @for item in items { li { (item) } } } }
            }
        }
    }
}

fn heading(level: Level, words: impl Renderable) -> impl Renderable {
    maud! {
        @match level {
            Level::Second => { h2.fc-finding { (words) } }
            Level::Third => { h3.fc-finding { (words) } }
        }
    }
}

impl Renderable for Run {
    fn render_to(&self, out: &mut hypertext::Buffer) {
        match self {
            Self::Same(words) => maud! { (broken(words)) }.render_to(out),
            Self::New(words) => maud! { ins.fc-ins { (broken(words)) } }.render_to(out),
            Self::Link(words) => maud! { span.fc-letter__link { (words) } }.render_to(out),
        }
    }
}

fn lines(lines: &[String]) -> impl Renderable {
    maud! { @for (n, line) in lines.iter().enumerate() { @if n > 0 { br; } (subject(line)) } }
}

/// A subject ends with a reference in brackets, which stays on one line.
pub(crate) fn subject(words: &str) -> impl Renderable {
    let (before, reference) = words.rsplit_once('(').unwrap_or((words, ""));
    maud! { (before) @if !reference.is_empty() { span.fc-nowrap { "(" (reference) } } }
}

fn broken(words: &str) -> impl Renderable {
    maud! { @for (n, line) in words.split('\n').enumerate() { @if n > 0 { br; } (line) } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_becomes_paragraphs_headings_and_lists() {
        let letter = Letter::from_text(
            "Letter",
            Vec::new(),
            "Dear Dr Bevan\r\n\r\n## What we found\n\n- One\n- Two\n\nYours\nDana",
        );
        let html = letter.render().into_inner();
        assert!(
            html.contains(r#"<p>Dear Dr Bevan</p><h2 class="fc-finding">What we found</h2>"#),
            "{html}"
        );
        assert!(html.contains("<li>One</li><li>Two</li>"), "{html}");
        assert!(html.contains("<p>Yours<br>Dana</p>"), "{html}");
    }

    #[test]
    fn changes_are_marked_and_everything_is_escaped() {
        let block = Block::Paragraph(vec![Run::Same("A < B. ".to_owned()), Run::New("C & D.".to_owned())]);
        assert_eq!(
            block.draw(Level::Second).render().as_inner(),
            r#"<p>A &lt; B. <ins class="fc-ins">C &amp; D.</ins></p>"#
        );
    }
}
