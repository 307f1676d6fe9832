//! Which lines of a wording file hold nothing but `{% %}` or `{# #}`, so that they leave no empty line in the letter.

use std::collections::BTreeSet;

/// What one line of a wording file holds, and whether its stars for bold are paired.
#[derive(Debug, Default, Clone)]
struct Line {
    has_tag: bool,
    has_words: bool,
    stars: String,
}

/// What the lines of a wording file hold besides words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Lines {
    /// Lines with tags only, from 1.
    pub(super) tags_only: BTreeSet<usize>,
    /// Lines on which bold begins and does not end, from 1.
    pub(super) odd_stars: BTreeSet<usize>,
}

/// Looks at each line of a wording file.
pub(super) fn look_at(source: &str) -> Lines {
    let mut lines = vec![Line::default()];
    let mut rest = source;
    while let Some(character) = rest.chars().next() {
        if let Some(closing) = closing_of(rest) {
            let end = rest[2..].find(closing).map_or(rest.len(), |at| at + 2 + closing.len());
            walk_tag(&mut lines, &rest[..end]);
            rest = &rest[end..];
        } else {
            walk_words(&mut lines, character);
            rest = &rest[character.len_utf8()..];
        }
    }
    let numbered = || lines.iter().enumerate().map(|(index, line)| (index + 1, line));
    Lines {
        tags_only: numbered()
            .filter(|(_, line)| line.has_tag && !line.has_words)
            .map(|(number, _)| number)
            .collect(),
        odd_stars: numbered()
            .filter(|(_, line)| line.stars.matches("**").count() % 2 == 1)
            .map(|(at, _)| at)
            .collect(),
    }
}

fn closing_of(rest: &str) -> Option<&'static str> {
    match rest.get(..2) {
        Some("{{") => Some("}}"),
        Some("{%") => Some("%}"),
        Some("{#") => Some("#}"),
        _ => None,
    }
}

fn walk_tag(lines: &mut Vec<Line>, tag: &str) {
    for (index, _) in tag.split('\n').enumerate() {
        if index > 0 {
            lines.push(Line::default());
        }
        if let Some(line) = lines.last_mut() {
            line.has_tag = true;
            line.has_words |= tag.starts_with("{{");
            line.stars.push(' ');
        }
    }
}

fn walk_words(lines: &mut Vec<Line>, character: char) {
    if character == '\n' {
        lines.push(Line::default());
    } else if let Some(line) = lines.last_mut() {
        line.has_words |= !character.is_whitespace();
        line.stars.push(character);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_tags_alone_is_told_from_words() {
        let found =
            look_at("{% if a %}\nwords {% if b %}\n  {# note #}{% endif %}\n{{ fact }}\n\n{% if a\n or b %}\nend");
        assert_eq!(found.tags_only, BTreeSet::from([1, 3, 6, 7]));
    }

    #[test]
    fn stars_inside_a_tag_do_not_count() {
        let found = look_at("**a** {{ \"**\" }}\n**b\nc** **d**");
        assert_eq!(found.odd_stars, BTreeSet::from([2, 3]));
    }
}
