//! Where the letter that is answered begins with its head, as Outlook and others put it, or is announced by a line.

use super::line::{Kind, LOOKED_AT, Line, MARKED, bare};

/// The names of fields by what they mean, one meaning a line.
const FIELDS: &str = include_str!("data/fields.txt");
/// What lines between dashes say, one a line.
const ANNOUNCEMENTS: &str = include_str!("data/announcements.txt");
/// How many lines a head may have, with empty ones between.
const LONGEST: usize = 14;

/// Marks where a letter begins.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len().min(MARKED) {
        let rest = lines.get(at..).unwrap_or_default();
        let plain = rest
            .first()
            .is_some_and(|line| matches!(line.kind, Kind::Text | Kind::Rule));
        if plain && (announces(rest) || is_head(rest)) {
            lines[at].kind = Kind::Head;
        }
        at += 1;
    }
}

/// A line between dashes that speaks of the letter, or any line between dashes with a head right below.
fn announces(lines: &[Line<'_>]) -> bool {
    let Some(first) = lines.first().filter(|line| line.words.len() <= 160) else {
        return false;
    };
    let line = bare(first.words);
    let framed = framed(line);
    let lower = line.to_lowercase();
    let speaks = ANNOUNCEMENTS.lines().any(|words| lower.contains(words));
    if speaks && (framed || line.ends_with([':', '：']) && line.chars().count() <= 40) {
        return true;
    }
    let below = lines.iter().skip(1).take(4).position(|line| line.kind != Kind::Empty);
    let ruled = first.kind == Kind::Rule && line.len() >= 5;
    (framed || ruled || speaks && line.chars().count() <= 40)
        && below.is_some_and(|below| below <= 2 && is_head(lines.get(1 + below..).unwrap_or_default()))
}

/// Words between dashes or the like.
fn framed(line: &str) -> bool {
    let mark = |text: &str| {
        ["--", "__", "==", "**", "~~", "##", "——", "––"]
            .iter()
            .any(|mark| text.starts_with(mark) || text.ends_with(mark))
    };
    let begins = line.chars().take(2).collect::<String>();
    mark(&begins) && line.chars().any(char::is_alphabetic)
}

/// True when a head begins in the first of these lines: who wrote, when, and to whom or about what.
fn is_head(lines: &[Line<'_>]) -> bool {
    let mut seen = [false; 5];
    let mut addressed = false;
    let mut between = 0;
    for (count, line) in lines.iter().enumerate().take(LONGEST) {
        if line.kind == Kind::Empty && between == 0 && count > 0 {
            between = 1;
            continue;
        }
        let Some((meaning, value)) = field(line.words) else {
            // A value that goes on in the next line.
            if count > 0
                && between == 0
                && line.kind == Kind::Text
                && line.words.len() < 200
                && seen.iter().filter(|seen| **seen).count() < 4
            {
                between = 1;
                continue;
            }
            break;
        };
        between = 0;
        addressed |= value.contains('@') && meaning <= 2;
        seen[meaning] = true;
        let first_is_from = seen[0] || seen[1] || seen[3];
        if !first_is_from && count > 0 {
            return false;
        }
    }
    let [from, sent, to, subject, _] = seen;
    // Somebody may list where they went "from" and "to" and on what date: that is no head without a subject or an address.
    from && (sent || to) && (subject || addressed && sent)
}

/// What a line of a head means (from, sent, to, subject, other) and its value.
fn field(words: &str) -> Option<(usize, &str)> {
    let line = bare(
        words
            .get(..words.len().min(LOOKED_AT))
            .unwrap_or_else(|| words.split_at(0).1),
    );
    let line = line.trim_start_matches(['*', '|', '_', ' ', '"']);
    let at = line.find([':', '：'])?;
    let name = line.get(..at)?.trim_matches(['*', ' ', '_', '\u{a0}']).to_lowercase();
    if name.is_empty() || name.chars().count() > 24 {
        return None;
    }
    let value = line.get(at..)?.trim_start_matches([':', '：', '*', ' ']);
    let meaning = FIELDS.lines().position(|meaning| {
        let names = meaning.split_once(": ").map_or("", |(_, names)| names);
        names.split(", ").any(|known| known == name)
    })?;
    Some((meaning, value))
}
