//! A letter that was kept as plain text, taken apart again into headings, paragraphs, lists and links.
//!
//! Letters go out as text that is wrapped for mail programs. Shown as it stands, every wrapped line would break twice on a
//! narrow page, and nothing would tell a heading from a sentence.

use hypertext::prelude::*;

/// The width at which `documents` wraps a letter.
const WIDTH: usize = 76;
/// A line that is longer than this is a sentence, whatever it ends with.
const LONGEST_HEADING: usize = 90;

/// A part of a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A heading.
    Heading(String),
    /// A paragraph: the lines that the writer ended on purpose.
    Paragraph(Vec<Line>),
    /// A list.
    List(Vec<String>),
}

/// A line of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The words.
    pub words: String,
    /// The link at its end, if it has one.
    pub link: Option<Address>,
}

/// A link, written out in the text as "Ask for stage 2: https://...".
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// "Ask for stage 2".
    pub words: String,
    /// Where it leads.
    pub href: String,
}

impl Address {
    fn leads_to_a_complaint(&self) -> bool {
        self.href.contains(&format!("{}/", crate::public::paths::TRACK))
    }
}

impl Part {
    /// Whether it is nothing but the way to a complaint.
    fn only_leads_here(&self) -> bool {
        let Part::Paragraph(lines) = self else { return false };
        let leads_here =
            |line: &Line| line.words.is_empty() && line.link.as_ref().is_some_and(Address::leads_to_a_complaint);
        lines.iter().all(leads_here)
    }
}

/// Who reads a letter that is shown again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// The person it was written to, on the page of their complaint: a link that leads there is only words, because they are
    /// there and the page itself offers what can be done; headings stand under a level 2 heading.
    Addressee,
    /// Staff: a link is the way into somebody's complaint, so it is named and cannot be followed; headings stand under a
    /// level 3 heading.
    Staff,
}

/// The parts of a letter's text.
pub fn parts(text: &str) -> Vec<Part> {
    let text = text.replace("\r\n", "\n");
    let blocks: Vec<&str> = text
        .split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .filter(|block| !block.trim().is_empty())
        .collect();
    let mut parts: Vec<Part> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let inside = at > 0 && at + 1 < blocks.len();
        let after_heading = matches!(parts.last(), Some(Part::Heading(_)));
        let lines = unwrapped(block);
        let part = match lines.as_slice() {
            _ if block.starts_with("- ") => Part::List(items(block)),
            [line] if inside && !after_heading && is_heading(line) => Part::Heading(line.clone()),
            lines => Part::Paragraph(lines.iter().map(|line| with_link(line)).collect()),
        };
        parts.push(part);
    }
    parts
}

/// Draws a letter's text for `reader`.
pub fn letter_text(text: &str, reader: Reader) -> impl Renderable {
    let parts = parts(text);
    let worth_saying = move |part: &&Part| reader != Reader::Addressee || !part.only_leads_here();
    maud! {
        @for part in parts.iter().filter(worth_saying) {
            @match part {
                Part::Heading(words) => {
                    @match reader {
                        Reader::Addressee => { h3.fc-letter__heading { (words) } }
                        Reader::Staff => { h4.fc-letter__heading { (words) } }
                    }
                }
                Part::Paragraph(lines) => {
                    p { @for (n, line) in lines.iter().enumerate() { @if n > 0 { br; } (drawn(line, reader)) } }
                }
                Part::List(items) => { ul.govuk-list.govuk-list--bullet { @for item in items { li { (item) } } } }
            }
        }
    }
}

fn drawn(line: &Line, reader: Reader) -> impl Renderable {
    maud! {
        (line.words)
        @if let Some(link) = &line.link {
            @if !line.words.is_empty() { " " }
            @match reader {
                Reader::Addressee if link.leads_to_a_complaint() => { (link.words) }
                Reader::Addressee => { a.govuk-link.fc-break href=(link.href) { (link.words) } }
                Reader::Staff => { span.fc-letter__link { (link.words) } }
            }
        }
    }
}

/// The lines as the writer ended them: a line ends by wrapping exactly when the next word had no room, and an address
/// belongs to the words that announce it.
fn unwrapped(block: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut last = 0;
    for raw in block.lines() {
        let next_word = raw.split_whitespace().next().map_or(0, |word| word.chars().count());
        let wrapped = last <= WIDTH && last + 1 + next_word > WIDTH;
        last = raw.trim_end().chars().count();
        let announced = |line: &String| is_address(raw.trim()) && line.ends_with(':');
        match lines.last_mut().filter(|line| wrapped || announced(line)) {
            Some(line) => {
                line.push(' ');
                line.push_str(raw.trim());
            }
            None => lines.push(raw.trim().to_owned()),
        }
    }
    lines
}

fn items(block: &str) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("- "), items.last_mut()) {
            (Some(item), _) => items.push(item.trim().to_owned()),
            (None, Some(last)) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            (None, None) => {}
        }
    }
    items
}

/// The headings of the wording files are short lines that end no sentence; "Point 2: ..." is one whatever it ends with.
fn is_heading(line: &str) -> bool {
    let point = line
        .strip_prefix("Point ")
        .and_then(|rest| rest.split_once(": "))
        .is_some_and(|(number, _)| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()));
    let open_ended =
        !line.ends_with(['.', ',', ':', ';', '?', '!', ')']) && !line.contains(": ") && !line.contains("://");
    point || (open_ended && line.chars().count() <= LONGEST_HEADING)
}

fn with_link(line: &str) -> Line {
    let plain = || Line {
        words: line.to_owned(),
        link: None,
    };
    let before = match line.rsplit_once(char::is_whitespace) {
        Some((before, href)) if is_address(href) => (before, href),
        None if is_address(line) => ("", line),
        _ => return plain(),
    };
    let (before, href) = before;
    let Some(label) = before.trim_end().strip_suffix(':') else {
        return Line {
            words: before.to_owned(),
            link: Some(Address {
                words: href.to_owned(),
                href: href.to_owned(),
            }),
        };
    };
    let begins = [". ", ": ", "! ", "? "]
        .iter()
        .filter_map(|end| label.rfind(end).map(|at| at + end.len()))
        .max()
        .unwrap_or(0);
    Line {
        words: label[..begins].trim_end().to_owned(),
        link: Some(Address {
            words: label[begins..].to_owned(),
            href: href.to_owned(),
        }),
    }
}

fn is_address(word: &str) -> bool {
    word.starts_with("https://") || word.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "Hello Priya.

We agree with your complaint. This is our decision at stage 1.

You told us: The Wi-Fi kept dropping

What we found

Two Wi-Fi points on the second floor restarted four times on Friday
afternoon, and your test was interrupted.

Point 1: Nobody told me.

Nobody did

What we will do next

- Check with people before we close a job (Helpline, by Friday 6
  November 2026)
- Nothing else

To ask, reply to us or call 01632 960 417. You can also use our website:
Ask for stage 2:
https://feedback.calderbrook.example/track/FC-10482/k/0123456789abcdef0123456789abcdef

Amara Osei
IT Helpline
";

    fn words(line: &str) -> Line {
        Line {
            words: line.to_owned(),
            link: None,
        }
    }

    fn heading(words: &str) -> Part {
        Part::Heading(words.to_owned())
    }

    #[test]
    fn headings_are_told_from_sentences() {
        let parts = parts(LETTER);
        let headings: Vec<&Part> = parts.iter().filter(|part| matches!(part, Part::Heading(_))).collect();
        assert_eq!(
            headings,
            [
                &heading("What we found"),
                &heading("Point 1: Nobody told me."),
                &heading("What we will do next")
            ]
        );
    }

    #[test]
    fn what_follows_a_heading_is_its_text_even_without_a_full_stop() {
        assert!(parts(LETTER).contains(&Part::Paragraph(vec![words("Nobody did")])));
    }

    #[test]
    fn wrapped_lines_are_one_line_again_and_a_signature_keeps_its_lines() {
        let parts = parts(LETTER);
        let joined = "Two Wi-Fi points on the second floor restarted four times on Friday afternoon, and your test was interrupted.";
        assert!(parts.contains(&Part::Paragraph(vec![words(joined)])), "{parts:?}");
        assert_eq!(
            parts.last(),
            Some(&Part::Paragraph(vec![words("Amara Osei"), words("IT Helpline")]))
        );
    }

    #[test]
    fn list_items_are_joined_under_their_mark() {
        let items = vec![
            "Check with people before we close a job (Helpline, by Friday 6 November 2026)".to_owned(),
            "Nothing else".to_owned(),
        ];
        assert!(parts(LETTER).contains(&Part::List(items)));
    }

    #[test]
    fn a_link_is_named_by_the_words_before_its_address() {
        let letter = "Read this first: the rules for printing: https://calderbrook.example/printing";
        let html = letter_text(letter, Reader::Addressee).render().into_inner();
        assert_eq!(
            html,
            r#"<p>Read this first: <a class="govuk-link fc-break" href="https://calderbrook.example/printing">the rules for printing</a></p>"#
        );
    }

    #[test]
    fn a_link_to_the_page_that_is_being_read_is_only_words() {
        let html = letter_text(LETTER, Reader::Addressee).render().into_inner();
        assert!(html.contains("our website:<br>Ask for stage 2</p>"), "{html}");
    }

    #[test]
    fn a_paragraph_that_only_leads_to_the_page_that_is_being_read_is_left_out() {
        let letter = "Hello.\n\nRead all our letters:\nhttps://feedback.calderbrook.example/track/FC-10482/k/0123";
        let html = letter_text(letter, Reader::Addressee).render().into_inner();
        assert_eq!(html, "<p>Hello.</p>");
        let staff = letter_text(letter, Reader::Staff).render().into_inner();
        assert!(staff.contains("Read all our letters"), "{staff}");
    }

    #[test]
    fn staff_read_the_name_of_a_link_and_cannot_follow_it() {
        let html = letter_text(LETTER, Reader::Staff).render().into_inner();
        assert!(
            html.contains(r#"<span class="fc-letter__link">Ask for stage 2</span>"#),
            "{html}"
        );
        assert!(!html.contains("0123456789abcdef"), "{html}");
    }

    #[test]
    fn an_address_that_is_no_web_page_is_only_words() {
        let html = letter_text("Look here: javascript:alert(1)", Reader::Addressee)
            .render()
            .into_inner();
        assert_eq!(html, "<p>Look here: javascript:alert(1)</p>");
    }

    #[test]
    fn a_long_line_that_somebody_typed_is_not_joined_with_the_next() {
        let typed = format!("{}\nNext.", "word ".repeat(20).trim_end());
        assert!(matches!(parts(&typed).as_slice(), [Part::Paragraph(lines)] if lines.len() == 2));
    }
}
