//! A text as words: where each stands, how it is written, in which sentence, and whether it is quoted from somebody else.

use unicode_normalization::UnicodeNormalization;

use super::lexicon::{self, Kinds};
use super::quoted;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// `sarah`
    Lower,
    /// `Sarah`
    Capital,
    /// `SARAH`, of two letters or more
    Upper,
    /// `S`
    Initial,
    /// `iPhone`, `McKay`, `S8`
    Mixed,
}

/// What stands between a word and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing, or blanks, a hyphen, the full stop of an abbreviation.
    Near,
    /// A comma.
    Comma,
    /// Anything else that does not end a sentence.
    Mark,
    /// The end of a sentence.
    Stop,
}

/// One word.
#[derive(Debug)]
pub(super) struct Word<'t> {
    pub from: usize,
    pub to: usize,
    /// As it stands, without what shows a possessive.
    pub text: &'t str,
    /// In small letters, without accents and apostrophes.
    pub folded: String,
    pub shape: Shape,
    pub gap: Gap,
    /// The character before it, where that is `@` or `#`.
    pub sign: Option<char>,
    pub possessive: bool,
    pub kinds: Kinds,
    pub sentence: usize,
    /// Whether it opens a line.
    pub opens_line: bool,
    pub quoted: bool,
}

/// No word is longer: what is longer is no word.
const LONGEST: usize = 64;

/// Splits a text into words.
pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let quoted_from = quoted::Quoted::of(text);
    let mut words: Vec<Word<'_>> = Vec::with_capacity(text.len() / 5);
    let mut sentence = 0;
    let mut at = 0;
    while let Some((from, to)) = next_word(text, at) {
        let between = text.get(at..from).unwrap_or_default();
        let gap = match words.last() {
            Some(before) => gap(between, before),
            None => Gap::Stop,
        };
        sentence += usize::from(gap == Gap::Stop && !words.is_empty());
        at = to;
        let whole = &text[from..to];
        let (bare, possessive) = without_possessive(whole);
        let spaced = spaced_possessive(&text[to..]);
        if let Some(skip) = spaced {
            at = to + skip;
        }
        if whole.len() > LONGEST {
            continue;
        }
        let folded = fold(bare);
        words.push(Word {
            from,
            to: from + bare.len(),
            text: bare,
            kinds: lexicon::kinds(&folded),
            folded,
            shape: shape(bare),
            gap,
            sign: between.chars().next_back().filter(|sign| matches!(sign, '@' | '#')),
            possessive: possessive || spaced.is_some(),
            sentence,
            opens_line: between.contains('\n') || at == 0,
            quoted: quoted_from.holds(from),
        });
    }
    words
}

/// Small letters without accents, apostrophes and anything that is neither letter nor digit.
pub(super) fn fold(word: &str) -> String {
    if word.is_ascii() {
        let kept = word.bytes().filter(u8::is_ascii_alphanumeric);
        return kept.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    let mut folded = String::with_capacity(word.len());
    for letter in word
        .nfd()
        .flat_map(char::to_lowercase)
        .filter(|letter| letter.is_alphanumeric())
    {
        match letter {
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'đ' | 'ð' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            other => folded.push(other),
        }
    }
    folded
}

/// Where the next word from `at` begins and ends.
fn next_word(text: &str, at: usize) -> Option<(usize, usize)> {
    let rest = text.get(at..)?;
    let from = at + rest.find(char::is_alphanumeric)?;
    let mut to = from;
    let mut letters = text[from..].char_indices().peekable();
    while let Some((place, letter)) = letters.next() {
        let end = from + place + letter.len_utf8();
        let inner = is_apostrophe(letter) && letters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        if letter.is_alphanumeric() || letter == '_' || is_mark(letter) {
            to = end;
        } else if !inner {
            break;
        }
    }
    Some((from, to))
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '\u{2019}' | '\u{2018}' | '`' | '\u{b4}')
}

/// An accent that is a character of its own.
fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}')
}

fn gap(between: &str, before: &Word<'_>) -> Gap {
    let mut gap = Gap::Near;
    let mut breaks = 0;
    for mark in between.chars() {
        let next = match mark {
            ' ' | '\t' | '-' | '_' | '@' | '\r' | '\u{a0}' => Gap::Near,
            '.' if is_abbreviation(before) => Gap::Near,
            ',' => Gap::Comma,
            '\n' => {
                breaks += 1;
                if breaks > 1 { Gap::Stop } else { Gap::Mark }
            }
            '.' | '!' | '?' | '\u{2026}' => Gap::Stop,
            _ => Gap::Mark,
        };
        gap = if rank(next) > rank(gap) { next } else { gap };
    }
    gap
}

fn rank(gap: Gap) -> u8 {
    match gap {
        Gap::Near => 0,
        Gap::Comma => 1,
        Gap::Mark => 2,
        Gap::Stop => 3,
    }
}

/// After a title or an initial a full stop ends nothing.
fn is_abbreviation(word: &Word<'_>) -> bool {
    (word.shape == Shape::Initial && word.folded != "i")
        || matches!(
            word.folded.as_str(),
            "mr" | "mrs" | "ms" | "mx" | "dr" | "prof" | "st" | "rev" | "sgt" | "capt" | "jr"
        )
}

/// The word without `'s` and its like, and whether it had one that shows a possessive.
fn without_possessive(word: &str) -> (&str, bool) {
    let Some((place, mark)) = word.char_indices().rev().find(|(_, letter)| is_apostrophe(*letter)) else {
        return (word, false);
    };
    let ending = &word[place + mark.len_utf8()..];
    match ending {
        "s" | "S" => (&word[..place], true),
        "ll" | "ve" | "re" | "d" | "m" | "LL" | "VE" | "RE" | "D" | "M" => (&word[..place], false),
        _ => (word, false),
    }
}

/// How much to pass over where a possessive is written apart: `Sarah ' s`.
fn spaced_possessive(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start_matches(' ');
    let mark = trimmed.chars().next().filter(|mark| is_apostrophe(*mark))?;
    let after = trimmed[mark.len_utf8()..].trim_start_matches(' ');
    let ending = after.strip_prefix(['s', 'S'])?;
    if ending.chars().next().is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some(rest.len() - ending.len())
}

fn shape(word: &str) -> Shape {
    let mut letters = word
        .chars()
        .filter(|letter| !is_apostrophe(*letter) && !is_mark(*letter));
    let Some(first) = letters.next() else {
        return Shape::Mixed;
    };
    let (mut upper, mut lower, mut others) = (0, 0, usize::from(!first.is_alphabetic()));
    for letter in letters {
        if letter.is_uppercase() {
            upper += 1;
        } else if letter.is_alphabetic() {
            lower += 1;
        } else {
            others += 1;
        }
    }
    match (first.is_uppercase(), upper, lower, others) {
        (_, _, _, 1..) => Shape::Mixed,
        (true, 0, 0, 0) => Shape::Initial,
        (true, 0, 1.., 0) => Shape::Capital,
        (true, 1.., 0, 0) => Shape::Upper,
        (true, 1, 1.., 0) if is_double_capital(word) => Shape::Capital,
        (false, 0, _, 0) => Shape::Lower,
        _ => Shape::Mixed,
    }
}

/// `McKay`, `MacLeod`, `O'Brien`, `DeSouza`: capital letters inside a surname.
fn is_double_capital(word: &str) -> bool {
    [
        "Mc",
        "Mac",
        "O'",
        "O\u{2019}",
        "D'",
        "D\u{2019}",
        "De",
        "Fitz",
        "La",
        "Le",
        "Van",
    ]
    .iter()
    .any(|prefix| {
        word.strip_prefix(prefix)
            .is_some_and(|rest| rest.chars().next().is_some_and(char::is_uppercase))
    })
}
