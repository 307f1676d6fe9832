//! Encoded words of a header (RFC 2047) that stand side by side, joined before they are decoded.
//!
//! A character must not be split between two of them, and many programs do. Words of one charset are joined by their bytes, spaces inside a word
//! are taken for what was meant, and the result is one word in UTF-8 that every reader decodes alike.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use mail_parser::decoders::charsets::map::charset_decoder;

use super::transfer::Transfer;

/// The header with such words joined; everything else as it was.
pub(super) fn joined(block: &str) -> String {
    let mut out = String::with_capacity(block.len());
    let mut rest = block;
    while let Some(at) = rest.find("=?") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let Some((first, mut after)) = word(from) else {
            out.push_str("=?");
            rest = &from[2..];
            continue;
        };
        let mut bytes = first.decoded();
        while let Some((next, behind)) =
            word(after.trim_start()).filter(|(next, _)| next.charset.eq_ignore_ascii_case(first.charset))
        {
            bytes.extend_from_slice(&next.decoded());
            after = behind;
        }
        push(&mut out, first.charset, &bytes);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn push(out: &mut String, charset: &str, bytes: &[u8]) {
    let text = match (std::str::from_utf8(bytes), charset_decoder(charset.as_bytes())) {
        (Ok(text), None) => text.to_owned(),
        (_, Some(decode)) => decode(bytes),
        (Err(_), None) => charset_decoder(b"windows-1252").map_or_else(String::new, |decode| decode(bytes)),
    };
    if text.is_empty() {
        return;
    }
    out.push_str("=?utf-8?B?");
    BASE64_STANDARD.encode_string(text, out);
    out.push_str("?=");
}

/// One encoded word.
#[derive(Debug)]
struct Word<'h> {
    charset: &'h str,
    is_base64: bool,
    text: &'h str,
}

impl Word<'_> {
    fn decoded(&self) -> Vec<u8> {
        let mut out = Vec::new();
        if self.is_base64 {
            let mut transfer = Transfer::base64();
            transfer.decode(self.text.as_bytes(), &mut out);
            transfer.finish(&mut out);
            return out;
        }
        let spaced = self.text.replace('_', " ");
        let mut transfer = Transfer::quoted_printable();
        transfer.decode(spaced.trim_end_matches(['\r', '\n']).as_bytes(), &mut out);
        transfer.finish(&mut out);
        // What ends a line is taken for a space at the end of one, which here is meant.
        let spaces = spaced.len() - spaced.trim_end_matches(' ').len();
        out.resize(out.len() + spaces, b' ');
        out
    }
}

/// The word at the beginning of a text, and what stands behind it.
fn word(text: &str) -> Option<(Word<'_>, &str)> {
    let inner = text.strip_prefix("=?")?;
    let (charset, inner) = inner.split_once('?')?;
    let (encoding, inner) = inner.split_once('?')?;
    let (text, behind) = inner.split_once("?=")?;
    let is_base64 = encoding.eq_ignore_ascii_case("b");
    let charset = charset.split('*').next().unwrap_or(charset);
    let is_word = (is_base64 || encoding.eq_ignore_ascii_case("q"))
        && !charset.is_empty()
        && charset.len() < 40
        && charset.bytes().all(|byte| byte.is_ascii_graphic())
        && !text.contains('?');
    is_word.then_some((
        Word {
            charset,
            is_base64,
            text,
        },
        behind,
    ))
}
