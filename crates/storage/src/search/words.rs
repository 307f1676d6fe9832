//! From a text to the words that it is found by: lower case, without accents, cut to the English stem.

use rust_stemmers::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// Longer words are noise (an encoded attachment, a pasted key), and cost as much as real ones.
const LONGEST: usize = 64;

/// A chain of more parts ("state-of-the-art" has four) is no word but a number of a device or a pasted line.
const MOST_PARTS: usize = 4;

/// A word as somebody typed it, folded but not stemmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Without its hyphens and apostrophes: "wifi" for `Wi-Fi`.
    pub(super) joined: String,
    /// What the hyphens part, without an ending of possession: "wi" and "fi" for `Wi-Fi`, "jones" for `Jones's`.
    pub(super) parts: Vec<String>,
}

impl Word {
    /// Everything that it is found by. A plain word costs one form; each hyphen costs about one more.
    pub(super) fn forms(self) -> Vec<String> {
        let pairs = self.parts.windows(2).map(<[String]>::concat);
        let more: Vec<String> = pairs.chain([self.parts.concat(), self.joined]).collect();
        let mut forms = self.parts;
        for form in more {
            if !forms.contains(&form) {
                forms.push(form);
            }
        }
        forms
    }

    fn plain(word: String) -> Word {
        Word {
            joined: word.clone(),
            parts: vec![word],
        }
    }
}

/// The words of a text. Hyphens and apostrophes are a part of a word, as people type it with and without them.
pub(super) fn words(text: &str) -> Vec<Word> {
    let folded = fold(text);
    let split = folded.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\''));
    split.flat_map(hyphened).collect()
}

/// One word with hyphens, or each part for itself where it is none: a date, a number, a chain without end.
fn hyphened(chain: &str) -> Vec<Word> {
    let parts: Vec<String> = chain
        .split('-')
        .map(|part| joined(without_possession(part)))
        .filter(|part| !part.is_empty() && part.len() <= LONGEST)
        .collect();
    let joined = joined(chain);
    let is_a_word = joined.contains(char::is_alphabetic) && joined.len() <= LONGEST && parts.len() <= MOST_PARTS;
    if is_a_word && !parts.is_empty() {
        return vec![Word { joined, parts }];
    }
    parts.into_iter().map(Word::plain).collect()
}

/// "jones" for `jones's`.
pub(super) fn without_possession(word: &str) -> &str {
    let word = word.trim_matches('\'');
    word.strip_suffix("'s").unwrap_or(word)
}

fn joined(chain: &str) -> String {
    chain.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The stem of a folded word.
pub(super) fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

/// Lower case and without accents: "Zoë" is found as "zoe". Wide letters and ligatures become plain ones, every hyphen and
/// every apostrophe the one on the keyboard, and what nobody sees goes.
pub(super) fn fold(text: &str) -> String {
    let seen = text.chars().filter(|&c| !is_invisible(c)).map(mark);
    let plain = seen.nfkd().filter(|&c| !is_combining_mark(c)).map(mark);
    let mut folded = String::with_capacity(text.len());
    for letter in plain.flat_map(char::to_lowercase) {
        match spelled_out(letter) {
            Some(letters) => folded.push_str(letters),
            None => folded.push(letter),
        }
    }
    folded
}

/// Soft hyphens, joiners of no width and marks of direction: they come along with what is copied.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn mark(c: char) -> char {
    match c {
        '`' | '\u{b4}' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}' => '\'',
        '\u{2010}'..='\u{2013}' | '\u{2212}' => '-',
        other => other,
    }
}

/// Letters that Unicode does not take apart, as people without them type them.
fn spelled_out(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'ı' => "i",
        'ħ' => "h",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).into_iter().flat_map(Word::forms).collect()
    }

    #[test]
    fn words_are_folded() {
        assert_eq!(
            forms("Zoë O'Brien\u{2019}s  CAFÉ, Ærø 42!"),
            ["zoe", "obrien", "obriens", "cafe", "aero", "42"]
        );
        assert_eq!(forms("e\u{301}le\u{300}ve \u{ff37}i\u{ad}\u{fb01}"), ["eleve", "wifi"]);
        assert_eq!(forms("\u{202e} ' - '-' 's"), ["s"]);
    }

    #[test]
    fn a_word_with_hyphens_is_found_whole_and_in_parts() {
        assert_eq!(forms("Wi\u{2011}Fi"), ["wi", "fi", "wifi"]);
        assert_eq!(
            forms("wi-fi-enabled"),
            ["wi", "fi", "enabled", "wifi", "fienabled", "wifienabled"]
        );
        assert_eq!(forms("pre- and -post"), ["pre", "and", "post"]);
    }

    #[test]
    fn a_chain_that_is_no_word_is_found_in_parts_only() {
        assert_eq!(forms("2026-10-12"), ["2026", "10", "12"]);
        assert_eq!(forms("aa-bb-cc-dd-ee"), ["aa", "bb", "cc", "dd", "ee"]);
        assert_eq!(forms(&format!("{}-b", "a".repeat(65))), ["b"]);
    }

    #[test]
    fn words_are_stemmed() {
        assert_eq!(stem("printers"), stem("printer"));
        assert_eq!(stem("complaining"), stem("complained"));
    }
}
