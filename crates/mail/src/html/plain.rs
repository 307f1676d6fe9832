//! Plain text out of clean HTML: paragraphs, lists, tables line by line, quotations behind `> `, links behind their words.
//!
//! It reads what ammonia wrote, which is well-formed: every element ends, and five characters are written as references.

use super::tags;

/// The text of clean HTML.
pub(crate) fn plain(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        page.text(&rest[..at]);
        let Some(end) = rest[at..].find('>').map(|end| at + end) else {
            break;
        };
        page.tag(&rest[at + 1..end]);
        rest = &rest[end + 1..];
    }
    page.text(rest);
    page.end_line();
    page.out
}

#[derive(Debug, Default)]
struct Page {
    out: String,
    line: String,
    /// How many quotations it stands in.
    quoted: usize,
    /// The lists that are open: the next number of each, or none where they have dots.
    lists: Vec<Option<usize>>,
    /// Inside text that is set as it stands.
    preformatted: usize,
    /// White space has come since the last word.
    space: bool,
    /// An empty line is due before the next words.
    gap: bool,
    /// How many quotations the line before stood in.
    last_quoted: usize,
    /// Where the words of a link began, and where it leads.
    link: Option<(usize, String)>,
}

impl Page {
    fn text(&mut self, text: &str) {
        let text = unescaped(text);
        if self.preformatted > 0 {
            for (place, line) in text.split('\n').enumerate() {
                if place > 0 {
                    self.end_line();
                }
                self.line.push_str(line);
            }
            return;
        }
        for piece in text.split_inclusive(|one: char| one.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|one: char| one.is_ascii_whitespace());
            self.word(word);
            self.space |= word.len() < piece.len();
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if self.space && !self.line.is_empty() && !self.line.ends_with(' ') {
            self.line.push(' ');
        }
        self.space = false;
        self.line.push_str(word);
    }

    fn tag(&mut self, tag: &str) {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        match name {
            "br" => self.line_break(),
            "hr" => {
                self.end_block();
                self.line.push_str("----------");
                self.end_block();
            }
            "a" => self.link = href(attributes).map(|href| (self.line.len(), href)),
            "/a" => self.end_link(),
            "li" => self.item(),
            "ul" => self.begin_list(None),
            "ol" => self.begin_list(Some(1)),
            "/ul" | "/ol" => self.end_list(),
            "td" | "th" if self.line.trim().is_empty() => {}
            "td" | "th" => self.line.push_str(" | "),
            "tr" | "/tr" | "/li" | "div" | "/div" => self.end_line_if_any(),
            "blockquote" => {
                self.end_block();
                self.quoted += 1;
            }
            "/blockquote" => {
                self.end_line_if_any();
                self.quoted = self.quoted.saturating_sub(1);
                self.gap = true;
            }
            "pre" | "/pre" => {
                self.end_block();
                self.preformatted = if name == "pre" {
                    self.preformatted + 1
                } else {
                    self.preformatted.saturating_sub(1)
                };
            }
            _ if tags::is_block(name.trim_start_matches('/')) => self.end_block(),
            _ => {}
        }
    }

    fn item(&mut self) {
        self.end_line_if_any();
        let depth = self.lists.len().saturating_sub(1);
        let mark = match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            Some(None) | None => "- ".to_owned(),
        };
        self.line.extend(std::iter::repeat_n("  ", depth));
        self.line.push_str(&mark);
    }

    fn begin_list(&mut self, first: Option<usize>) {
        if self.lists.is_empty() {
            self.end_block()
        } else {
            self.end_line_if_any()
        }
        self.lists.push(first);
    }

    fn end_list(&mut self) {
        self.lists.pop();
        self.end_line_if_any();
        self.gap |= self.lists.is_empty();
    }

    /// Writes where a link leads, unless its words say so.
    fn end_link(&mut self) {
        let Some((from, href)) = self.link.take() else { return };
        let words = self.line.get(from..).unwrap_or_default().trim();
        if !words.is_empty() && bare(words) != bare(&href) {
            self.line.push_str(" [");
            self.line.push_str(href.strip_prefix("mailto:").unwrap_or(&href));
            self.line.push(']');
        }
    }

    /// A line ends that may be empty.
    fn line_break(&mut self) {
        if self.line.trim().is_empty() {
            self.gap = true;
        }
        self.end_line_if_any();
    }

    fn end_line_if_any(&mut self) {
        self.space = false;
        if !self.line.trim().is_empty() {
            self.end_line();
        } else if self.preformatted == 0 {
            self.line.clear();
        }
    }

    fn end_block(&mut self) {
        self.end_line_if_any();
        self.gap = true;
    }

    fn end_line(&mut self) {
        self.space = false;
        let line = std::mem::take(&mut self.line);
        if self.gap && !line.trim().is_empty() {
            self.gap = false;
            if !self.out.is_empty() {
                self.write("", self.quoted.min(self.last_quoted));
            }
        }
        self.write(line.trim_end(), self.quoted);
        // The words of a link that goes on begin with the next line.
        if let Some((from, _)) = &mut self.link {
            *from = 0;
        }
    }

    fn write(&mut self, line: &str, quoted: usize) {
        self.last_quoted = quoted;
        if quoted > 0 {
            self.out.extend(std::iter::repeat_n('>', quoted));
            if !line.is_empty() {
                self.out.push(' ');
            }
        }
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// Where a link leads.
fn href(attributes: &str) -> Option<String> {
    let (_, value) = attributes.split_once("href=\"")?;
    let (value, _) = value.split_once('"')?;
    Some(unescaped(value)).filter(|href| !href.is_empty())
}

/// An address without what does not tell it from another.
fn bare(address: &str) -> &str {
    let schemes = ["mailto:", "https://", "http://"];
    let address = schemes
        .iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address);
    address.strip_suffix('/').unwrap_or(address)
}

/// Text with the references undone that ammonia writes.
fn unescaped(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    text.replace("&nbsp;", "\u{a0}")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}
