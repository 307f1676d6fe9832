//! Lines that introduce a quotation: who wrote it and when, in the languages of the mail programs that people use.

use super::line::{Kind, LOOKED_AT, Line, MARKED, bare};

/// Words for "wrote", one a line.
const VERBS: &str = include_str!("data/verbs.txt");
/// Words with which such lines begin, one a line.
const OPENERS: &str = include_str!("data/openers.txt");
/// Over how many lines one may be broken.
const LINES: usize = 6;
/// How many octets one has at most.
const LONGEST: usize = 420;

/// Marks the lines that introduce a quotation, broken or not.
pub(super) fn mark(lines: &mut [Line<'_>]) {
    let mut at = 0;
    while at < lines.len().min(MARKED) {
        let Some((length, strong)) = lines.get(at..).and_then(begins) else {
            at += 1;
            continue;
        };
        // What was written right above may look like its beginning: the latest line with which it can begin is meant.
        let later = (1..length).rev().find_map(|skipped| {
            let rest = lines.get(at + skipped..)?;
            let (rest, strong) = begins(rest).filter(|_| rest.first().is_some_and(|line| opens_plainly(line.words)))?;
            (skipped + rest == length).then_some((skipped, rest, strong))
        });
        let (skipped, length, strong) = later.unwrap_or((0, length, strong));
        at += skipped;
        for line in lines.iter_mut().skip(at).take(length) {
            line.kind = Kind::Attribution;
            line.strong = strong;
        }
        at += length;
    }
}

/// Over how many of these lines an introduction goes that begins in the first, and whether it leaves no doubt.
fn begins(lines: &[Line<'_>]) -> Option<(usize, bool)> {
    let first = lines
        .first()
        .filter(|line| line.kind == Kind::Text && line.words.len() <= LOOKED_AT)?;
    let opens = opens(first.words);
    let mut joined = String::new();
    for (count, line) in lines.iter().enumerate().take(LINES) {
        // Broken lines may begin with the bracket of an address: "> wrote:".
        let part = bare(line.words);
        if line.kind == Kind::Quote && !part.starts_with("> ") && part != ">" || joined.len() + part.len() > LONGEST {
            return None;
        }
        if !joined.is_empty() && !part.is_empty() {
            joined.push(' ');
        }
        joined.extend(part.chars().filter(|letter| !is_direction(*letter)));
        if let Some(strong) = introduces(&joined) {
            return Some((count + 1, strong));
        }
        if !opens
            || part.ends_with(['.', '!', '?'])
                && count == 0
                && !joined.contains('@')
                && !part.ends_with("г.")
                && part.len() < 12
        {
            return None;
        }
    }
    None
}

/// True for a line with which an introduction may begin that goes on in the next: plainly, or because it holds an address or a time.
fn opens(words: &str) -> bool {
    let digits = digits(words);
    let addressed = words.contains('@') && (digits > 0 || words.contains('<'));
    addressed || digits >= 5 && words.contains(':') || opens_plainly(words)
}

/// True for a line that begins with one of the words of introductions or with a date.
fn opens_plainly(words: &str) -> bool {
    let lower = bare(words)
        .trim_start_matches(['-', '*', '_', ' ', '"', '<', '['])
        .to_lowercase();
    let by_word = || {
        OPENERS.lines().any(|opener| {
            let rest = lower.strip_prefix(opener);
            rest.is_some_and(|rest| !opener.is_ascii() || rest.starts_with(|next: char| !next.is_alphabetic()))
        })
    };
    let digits = digits(&lower);
    digits >= 3 && lower.starts_with(|first: char| first.is_ascii_digit()) || digits > 0 && by_word()
}

/// Marks that turn the direction of writing.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether a text introduces a quotation, and if so whether it leaves no doubt: it names an address or a time of day.
fn introduces(joined: &str) -> Option<bool> {
    let text = joined.trim_matches(['-', '*', '_', ' ', '|']);
    let lower = text.to_lowercase();
    let ends = lower.ends_with([':', '：']);
    let timed = has_time(&lower);
    let addressed = lower.contains('@');
    if iso_gmail(&lower) {
        return Some(true);
    }
    let dashes = text.len() < joined.len();
    let dashes = dashes || addressed && timed && VERBS.lines().any(|verb| lower.ends_with(verb));
    if !ends && !dashes {
        return None;
    }
    let verb = VERBS.lines().filter_map(|verb| position(&lower, verb)).max();
    match verb {
        Some((at, end)) if !is_about_oneself(&lower, at) => {
            let rest = lower.get(end..).unwrap_or_default();
            let before = lower.get(..at).unwrap_or_default();
            // "wrote:", "wrote in message ...:", "schrieb am 3. Mai 2026 um 10:04 Uhr:", "wrote" between dashes.
            let finishes = ends
                && (rest.chars().count() <= 25
                    || rest.contains('@')
                    || digits(rest) >= 3 && rest.chars().count() <= 90);
            let dashed = rest.trim().is_empty() && timed && addressed;
            let names = digits(before) + digits(rest) > 0 || addressed;
            ((finishes || dashed) && names && lower.len() <= LONGEST).then_some(addressed || timed)
        }
        _ if ends && addressed && timed && lower.len() <= 200 => Some(true),
        _ => None,
    }
}

/// The place of a verb as a word of its own.
fn position(lower: &str, verb: &str) -> Option<(usize, usize)> {
    let plain = verb.is_ascii();
    lower
        .rmatch_indices(verb)
        .map(|(at, _)| (at, at + verb.len()))
        .find(|(at, end)| {
            let before = lower.get(..*at).and_then(|text| text.chars().next_back());
            let after = lower.get(*end..).and_then(|text| text.chars().next());
            let joined = |letter: Option<char>| {
                letter
                    .is_some_and(|letter| letter.is_alphabetic() && (plain || letter.is_ascii() || letter < '\u{2e80}'))
            };
            let free = !joined(before) && !joined(after);
            free || verb.chars().next().is_some_and(|first| first >= '\u{2e80}')
        })
}

/// "On 3 May I wrote:" is what somebody tells.
fn is_about_oneself(lower: &str, at: usize) -> bool {
    let before = lower.get(..at).unwrap_or_default().trim_end();
    [
        "i", "we", "you", "they", "he", "she", "ich", "wir", "sie", "j'", "je", "yo", "eu", "io", "ik", "jag", "jeg",
        "ja", "я", "who", "which", "that", "have", "had", "has", "been", "was",
    ]
    .iter()
    .any(|word| before == *word || before.strip_suffix(word).is_some_and(|rest| rest.ends_with([' ', ','])))
}

/// A time of day: `10:04`, `8.05`, `20h15`.
fn has_time(lower: &str) -> bool {
    let bytes = lower.as_bytes();
    bytes.windows(4).any(|part| {
        part[0].is_ascii_digit()
            && matches!(part[1], b':' | b'h')
            && part[2].is_ascii_digit()
            && part[3].is_ascii_digit()
    }) || lower.contains("kl. ")
        || lower.contains("klo ")
}

/// `2016-03-03 17:21 GMT+01:00 Some One`: one mail program introduces quotations like this in every language.
fn iso_gmail(lower: &str) -> bool {
    let date: Vec<u8> = lower.bytes().take(10).collect();
    let shaped = date.len() == 10
        && date.iter().enumerate().all(|(at, byte)| {
            if at == 4 || at == 7 {
                matches!(byte, b'-' | b'/')
            } else {
                byte.is_ascii_digit()
            }
        });
    shaped && has_time(lower) && (lower.contains(" gmt") || lower.contains(" utc")) && lower.len() <= 200
}
