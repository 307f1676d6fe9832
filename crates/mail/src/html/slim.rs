//! Leaves out of HTML what is not needed, in one pass: comments, styles, attributes, elements that are unknown or too many.
//!
//! It makes nothing safe: what it writes is cleaned afterwards. It bounds what the cleaning costs.

use super::stack::Stack;
use super::tags;

/// Elements beyond this number are left out; their text stays.
const MOST: usize = 15_000;
/// The longest address of a link that is kept, in bytes.
const LONGEST_LINK: usize = 2_000;
/// Attributes of one element beyond this number are passed over.
const ATTRIBUTES: usize = 40;

/// The HTML with what is needed of it, balanced.
pub(super) fn slim(html: &str) -> String {
    let mut slim = Slim {
        rest: html,
        out: String::with_capacity(html.len().min(256 * 1024)),
        stack: Stack::default(),
        elements: 0,
        unclosed: Unclosed::default(),
    };
    while slim.step() {}
    slim.stack.close_all(&mut slim.out);
    slim.out
}

struct Slim<'h> {
    rest: &'h str,
    out: String,
    stack: Stack,
    elements: usize,
    unclosed: Unclosed,
}

/// What is known not to come any more, so that nobody looks for it again and again.
#[derive(Default)]
struct Unclosed {
    double: bool,
    single: bool,
}

impl<'h> Slim<'h> {
    fn step(&mut self) -> bool {
        let Some(at) = self.rest.find('<') else {
            self.out.push_str(self.rest);
            return false;
        };
        self.out.push_str(&self.rest[..at]);
        let tag = &self.rest[at + 1..];
        self.rest = tag;
        match tag.bytes().next() {
            Some(b'!') if tag.starts_with("!--") => self.skip_past("-->"),
            Some(b'!' | b'?') => self.skip_past(">"),
            Some(b'/') => self.end_tag(&tag[1..]),
            Some(first) if first.is_ascii_alphabetic() => self.start_tag(tag),
            _ => self.out.push_str("&lt;"),
        }
        true
    }

    fn skip_past(&mut self, end: &str) {
        self.rest = self.rest.find(end).map_or("", |at| &self.rest[at + end.len()..]);
    }

    fn end_tag(&mut self, tag: &str) {
        let name = name(tag).to_ascii_lowercase();
        self.skip_past(">");
        if let Some(name) = tags::stands_for(&name) {
            // A browser makes a paragraph of an end without a beginning; here it is nothing.
            self.stack.close(name, &mut self.out);
        }
    }

    fn start_tag(&mut self, tag: &'h str) {
        let said = name(tag);
        self.rest = &tag[said.len()..];
        let name = said.to_ascii_lowercase();
        let wanted = self.attributes();
        if tags::DROPPED.contains(&name.as_str()) {
            self.skip_content(&name);
        } else if name == "img" {
            self.picture(&wanted);
        } else if let Some(name) = tags::stands_for(&name) {
            self.element(name, wanted.href);
        }
    }

    fn element(&mut self, name: &'static str, href: Option<&str>) {
        self.elements += 1;
        if self.elements > MOST || !self.stack.prepare(name, &mut self.out) {
            self.out.push(' ');
            return;
        }
        match (tags::is_void(name), href) {
            (true, _) => {
                self.out.push('<');
                self.out.push_str(name);
                self.out.push('>');
            }
            (false, Some(href)) if name == "a" => {
                self.out.push_str("<a href=\"");
                self.out.push_str(&href.replace('"', "%22"));
                self.out.push_str("\">");
                self.stack.opened("a");
            }
            (false, _) => self.stack.open(name, &mut self.out),
        }
    }

    /// A picture becomes what it is called: the name of the part that it stands for, or what its sender says instead of it.
    fn picture(&mut self, wanted: &Wanted<'_>) {
        let source = wanted.src.unwrap_or_default().trim();
        let name = match source.get(..4) {
            Some(scheme) if scheme.eq_ignore_ascii_case("cid:") => source[4..].split('@').next(),
            _ => wanted.alt,
        };
        let name = name.unwrap_or_default().trim();
        if !name.is_empty() {
            self.out.push_str(" [");
            self.out.push_str(&name.replace('<', "&lt;"));
            self.out.push_str("] ");
        }
    }

    /// Passes over what stands in an element that nobody reads.
    fn skip_content(&mut self, name: &str) {
        let mut from = 0;
        while let Some(at) = self.rest[from..].find("</") {
            let end = from + at + 2;
            let behind = self.rest.as_bytes().get(end..end + name.len());
            if behind.is_some_and(|behind| behind.eq_ignore_ascii_case(name.as_bytes())) {
                self.rest = &self.rest[end..];
                self.skip_past(">");
                return;
            }
            from = end;
        }
        self.rest = "";
    }

    /// Reads to the end of a tag.
    fn attributes(&mut self) -> Wanted<'h> {
        let mut wanted = Wanted::default();
        for count in 0.. {
            self.rest = self
                .rest
                .trim_start_matches(|one: char| one.is_ascii_whitespace() || one == '/');
            if self.rest.is_empty() {
                break;
            }
            if let Some(rest) = self.rest.strip_prefix('>') {
                self.rest = rest;
                break;
            }
            // An equals sign at the beginning belongs to a name; so the rest gets shorter each time.
            let first = self.rest.chars().next().map_or(0, char::len_utf8);
            let end = self.rest[first..].find(|one: char| one.is_ascii_whitespace() || matches!(one, '=' | '>' | '/'));
            let (name, rest) = self.rest.split_at(end.map_or(self.rest.len(), |end| first + end));
            self.rest = rest.trim_start();
            let value = match self.rest.strip_prefix('=') {
                Some(rest) => self.value(rest.trim_start()),
                None => "",
            };
            if count < ATTRIBUTES {
                wanted.take(name, value);
            }
        }
        wanted
    }

    fn value(&mut self, from: &'h str) -> &'h str {
        let quote = from.chars().next().filter(|one| matches!(one, '"' | '\''));
        let is_unclosed = match quote {
            Some('"') => &mut self.unclosed.double,
            Some(_) => &mut self.unclosed.single,
            None => &mut true,
        };
        if let (Some(quote), false) = (quote, *is_unclosed) {
            match from[1..].find(quote) {
                Some(end) => {
                    self.rest = &from[end + 2..];
                    return &from[1..=end];
                }
                None => *is_unclosed = true,
            }
        }
        let end = from
            .find(|one: char| one.is_ascii_whitespace() || one == '>')
            .unwrap_or(from.len());
        self.rest = &from[end..];
        &from[..end]
    }
}

/// The attributes that are needed.
#[derive(Debug, Default)]
struct Wanted<'h> {
    href: Option<&'h str>,
    src: Option<&'h str>,
    alt: Option<&'h str>,
}

impl<'h> Wanted<'h> {
    /// The first of a name counts.
    fn take(&mut self, name: &str, value: &'h str) {
        let place = match name {
            _ if name.eq_ignore_ascii_case("href") && value.len() <= LONGEST_LINK => &mut self.href,
            _ if name.eq_ignore_ascii_case("src") => &mut self.src,
            _ if name.eq_ignore_ascii_case("alt") => &mut self.alt,
            _ => return,
        };
        place.get_or_insert(value);
    }
}

/// The name at the beginning of a tag.
fn name(tag: &str) -> &str {
    let end = tag.find(|one: char| one.is_ascii_whitespace() || matches!(one, '>' | '/' | '<'));
    &tag[..end.unwrap_or(tag.len())]
}
