//! What a line of a letter is made of: words, bold words, links and line ends.

use super::glyph::Glyph;
#[cfg(test)]
use super::glyph::Origin;
use super::markup::Unreadable;

/// What a link may begin with. Anything else, such as a script, is refused.
const ADDRESSES: [&str; 4] = ["https://", "http://", "mailto:", "tel:"];

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Inline {
    /// Plain words, not yet escaped for anything.
    Text(String),
    /// Bold words.
    Bold(Vec<Inline>),
    /// Words that lead somewhere.
    Link {
        /// The words.
        words: String,
        /// The address, of a kind that is allowed.
        address: String,
    },
    /// A new line.
    Break,
    /// A new paragraph, which only a fact can hold within a line.
    Gap,
}

/// Reads one line of the wording, with the facts in it.
pub(super) fn parse(line: &[Glyph]) -> Result<Vec<Inline>, Unreadable> {
    let mut parts = Vec::new();
    let mut rest = line;
    while let Some(first) = rest.first() {
        if let Some(end) = bold_end(rest) {
            let inner = parse(&rest[2..end])?;
            if !inner.is_empty() {
                parts.push(Inline::Bold(without_breaks(inner)));
            }
            rest = &rest[end + 2..];
        } else if let Some((link, end)) = link(rest)? {
            parts.push(link);
            rest = &rest[end..];
        } else {
            let taken = push_character(&mut parts, *first, rest);
            rest = &rest[taken..];
        }
    }
    Ok(parts)
}

/// Adds one character, or the line end or gap that a fact holds; says how many characters that took.
fn push_character(parts: &mut Vec<Inline>, first: Glyph, rest: &[Glyph]) -> usize {
    if first.character == '\n' {
        let ends = rest.iter().take_while(|glyph| glyph.character == '\n').count();
        parts.push(if ends > 1 { Inline::Gap } else { Inline::Break });
        return ends;
    }
    match parts.last_mut() {
        Some(Inline::Text(words)) => words.push(first.character),
        _ => parts.push(Inline::Text(first.character.to_string())),
    }
    1
}

/// Where bold that starts here ends.
fn bold_end(rest: &[Glyph]) -> Option<usize> {
    let stars = |at: usize| {
        rest.get(at).is_some_and(|glyph| glyph.is_wording('*'))
            && rest.get(at + 1).is_some_and(|glyph| glyph.is_wording('*'))
    };
    if !stars(0) {
        return None;
    }
    (2..rest.len()).find(|at| stars(*at))
}

/// The link that starts here, and where it ends.
fn link(rest: &[Glyph]) -> Result<Option<(Inline, usize)>, Unreadable> {
    let find = |from: usize, mark: char| (from..rest.len()).find(|at| rest[*at].is_wording(mark));
    if !rest[0].is_wording('[') {
        return Ok(None);
    }
    let Some(words_end) = find(1, ']').filter(|at| rest.get(at + 1).is_some_and(|glyph| glyph.is_wording('('))) else {
        return Ok(None);
    };
    let words = plain(&rest[1..words_end]);
    let Some(end) = find(words_end + 2, ')') else {
        let reason = format!("the address of the link \"{words}\" does not end; a \")\" is missing");
        return Err(Unreadable {
            line: rest[0].line,
            reason,
        });
    };
    let address = plain(&rest[words_end + 2..end]);
    if !is_allowed(&address) {
        let reason =
            format!("the link \"{words}\" leads to \"{address}\"; it must begin with https://, mailto: or tel:");
        return Err(Unreadable {
            line: rest[0].line,
            reason,
        });
    }
    let words = if words.is_empty() { address.clone() } else { words };
    Ok(Some((Inline::Link { words, address }, end + 1)))
}

fn plain(glyphs: &[Glyph]) -> String {
    let words: String = glyphs.iter().map(|glyph| glyph.character).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_allowed(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    ADDRESSES
        .iter()
        .any(|start| lower.len() > start.len() && lower.starts_with(start))
        && !address.contains(|character: char| character.is_whitespace() || character.is_control())
}

fn without_breaks(parts: Vec<Inline>) -> Vec<Inline> {
    let space = || Inline::Text(" ".to_owned());
    parts
        .into_iter()
        .map(|part| {
            if matches!(part, Inline::Break | Inline::Gap) {
                space()
            } else {
                part
            }
        })
        .collect()
}

/// Labels words as the wording file's own, for tests.
#[cfg(test)]
pub(super) fn wording(words: &str) -> Vec<Glyph> {
    words
        .chars()
        .map(|character| Glyph {
            character,
            origin: Origin::Wording,
            line: 1,
        })
        .collect()
}

/// Labels words as a fact, for tests.
#[cfg(test)]
pub(super) fn fact(words: &str) -> Vec<Glyph> {
    words
        .chars()
        .map(|character| Glyph {
            character,
            origin: Origin::Fact,
            line: 1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_may_use_markup() {
        let read = parse(&wording("Read **this** [page](https://a.example/x).")).unwrap();
        assert_eq!(
            read,
            vec![
                Inline::Text("Read ".into()),
                Inline::Bold(vec![Inline::Text("this".into())]),
                Inline::Text(" ".into()),
                Inline::Link {
                    words: "page".into(),
                    address: "https://a.example/x".into()
                },
                Inline::Text(".".into()),
            ]
        );
    }

    #[test]
    fn a_fact_cannot() {
        let words = "**bold** [page](https://a.example/) - x";
        assert_eq!(parse(&fact(words)).unwrap(), vec![Inline::Text(words.into())]);
    }

    #[test]
    fn a_fact_cannot_close_what_the_wording_opened() {
        let mut line = wording("**");
        line.extend(fact("a** b"));
        line.extend(wording("**"));
        assert_eq!(
            parse(&line).unwrap(),
            vec![Inline::Bold(vec![Inline::Text("a** b".into())])]
        );
    }

    #[test]
    fn a_link_to_a_script_is_refused_whoever_says_it() {
        let mut line = wording("[page](");
        line.extend(fact("javascript:alert(1)"));
        line.extend(wording(")"));
        assert!(parse(&line).unwrap_err().reason.contains("must begin with https://"));
        assert!(parse(&wording("[page](JavaScript:x)")).is_err());
        assert!(parse(&wording("[page](https://a.example")).is_err());
    }
}
