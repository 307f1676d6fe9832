//! Text, and what browsers and shells would run although it is text.

use super::refused::Unsafe;

/// Tags by which a browser takes a text for a page, though nobody told it so (MIME Sniffing 7.1).
const PAGE_TAGS: &[&str] = &[
    "!doctype html",
    "html",
    "head",
    "script",
    "iframe",
    "h1",
    "div",
    "font",
    "table",
    "a",
    "style",
    "title",
    "b",
    "body",
    "br",
    "p",
];

/// Whether the beginning of a file reads as text: UTF-8 or UTF-16, and no byte that no text holds.
pub(super) fn is_text(head: &[u8]) -> bool {
    if head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) {
        return true;
    }
    let control = |byte: &u8| *byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    !head.is_empty() && !head.iter().any(control) && is_utf8_but_for_its_end(head)
}

/// The beginning may end within a character; older texts with one foreign byte per accent are text too.
fn is_utf8_but_for_its_end(head: &[u8]) -> bool {
    match std::str::from_utf8(head) {
        Ok(_) => true,
        Err(error) if error.error_len().is_none() => true,
        Err(_) => head.iter().filter(|byte| **byte >= 0x80).count() * 10 < head.len(),
    }
}

/// What makes a text unfit, if anything.
pub(super) fn unsafe_text(head: &[u8]) -> Option<Unsafe> {
    if head.starts_with(b"#!") {
        return Some(Unsafe::Script);
    }
    let text = readable(head).to_ascii_lowercase();
    let first = first_tag(&text)?;
    let named = |name: &str| {
        let rest = first.strip_prefix(name)?;
        (rest.is_empty() || rest.starts_with([' ', '>', '\t', '\n', '\r', '/'])).then_some(())
    };
    if named("svg").is_some() || first.starts_with("!doctype svg") {
        return Some(Unsafe::Drawing);
    }
    PAGE_TAGS
        .iter()
        .any(|tag| named(tag).is_some())
        .then_some(Unsafe::WebPage)
}

/// The text of a beginning, whether its characters have one byte or two.
fn readable(head: &[u8]) -> String {
    let wide = |pair: &[u8], low: usize| char::from_u32(u32::from(pair[low]) | u32::from(pair[1 - low]) << 8);
    let replaced = |found: Option<char>| found.unwrap_or(char::REPLACEMENT_CHARACTER);
    match head {
        [0xFF, 0xFE, rest @ ..] => rest.chunks_exact(2).map(|pair| replaced(wide(pair, 0))).collect(),
        [0xFE, 0xFF, rest @ ..] => rest.chunks_exact(2).map(|pair| replaced(wide(pair, 1))).collect(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => String::from_utf8_lossy(head).into_owned(),
    }
}

/// The inside of the first tag that is neither a comment nor a declaration of XML.
fn first_tag(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    loop {
        let inside = rest.strip_prefix('<')?;
        let skipped = [("!--", "-->"), ("?", "?>")]
            .iter()
            .find(|(begins, _)| inside.starts_with(begins));
        match skipped {
            Some((_, ends)) => rest = inside.split_once(ends)?.1.trim_start(),
            None => return Some(inside),
        }
    }
}
