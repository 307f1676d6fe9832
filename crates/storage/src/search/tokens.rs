//! From words to keyed tokens: 80 bits of an HMAC, which say nothing without the key.

use std::collections::{BTreeSet, HashSet};

use super::Weight;
use super::wholes::{whole_query, wholes};
use super::words::{Word, stem, words};
use crate::Keys;
use crate::database::Engine;
use crate::keys::hex;

/// Bytes of a token. At 80 bits two of a million different words share one with a chance of one in two trillion, and the
/// index stays small.
const LENGTH: usize = 10;

/// The shortest beginning by which a name is found: two letters would find half of everybody.
const SHORTEST_PREFIX: usize = 3;

/// Beyond this a beginning is as good as the name.
const LONGEST_PREFIX: usize = 12;

/// More words of a query only slow it down.
const QUERY_WORDS: usize = 16;

/// What a case is found by: its tokens, apart by weight. Each stands once: how often a word was used is nobody's business. Making it is most of the
/// work of a search index, and needs no database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Tokens parted by spaces, in an order that says nothing.
    columns: [String; 4],
}

impl Document {
    /// The tokens of texts under the keys of a store.
    pub fn of(keys: &Keys, texts: &[(Weight, impl AsRef<str>)]) -> Document {
        let mut tokens = Tokens::default();
        for (weight, text) in texts {
            tokens.add(keys, *weight, text.as_ref());
        }
        Document {
            columns: tokens
                .0
                .map(|tokens| tokens.iter().map(String::as_str).collect::<Vec<_>>().join(" ")),
        }
    }

    /// What each column of the index holds.
    pub(super) fn columns(&self) -> &[String; 4] {
        &self.columns
    }
}

#[derive(Default)]
struct Tokens([BTreeSet<String>; 4]);

impl Tokens {
    fn add(&mut self, keys: &Keys, weight: Weight, text: &str) {
        let column = &mut self.0[weight as usize];
        let mut seen = HashSet::new();
        for word in words(text).into_iter().flat_map(Word::forms) {
            // Most words of a text come again, and each costs a stem and a hash.
            if !seen.insert(word.clone()) {
                continue;
            }
            column.insert(word_token(keys, &word));
            if weight == Weight::Name {
                column.extend(prefixes(&word).map(|prefix| prefix_token(keys, prefix)));
            }
        }
        let exact = &mut self.0[Weight::Exact as usize];
        exact.extend(wholes(text).iter().map(|whole| whole_token(keys, whole)));
    }
}

/// The query in the engine's words; `None` when there is nothing to look for.
pub(super) fn expression(keys: &Keys, engine: Engine, query: &str) -> Option<String> {
    let asked = Asked { keys, engine };
    let Some(one) = whole_query(query) else {
        return asked.every_word(query);
    };
    let whole = whole_token(keys, &one.whole);
    let words = one.or_words.and_then(|words| asked.every_word(&words));
    Some(asked.either(whole, words))
}

/// What turns words into an expression.
struct Asked<'a> {
    keys: &'a Keys,
    engine: Engine,
}

impl Asked<'_> {
    fn every_word(&self, query: &str) -> Option<String> {
        let words = words(query);
        let mut wanted: Vec<String> = words.iter().take(QUERY_WORDS).map(|word| self.one_word(word)).collect();
        wanted.dedup();
        (!wanted.is_empty()).then(|| wanted.join(self.engine.search_and()))
    }

    /// `wi-fi` finds "WiFi", and "wi fi" as well. What is spelled as it was asked for has all of these and so comes first.
    fn one_word(&self, word: &Word) -> String {
        let joined = self.form(&word.joined);
        if word.parts == [word.joined.as_str()] {
            return joined;
        }
        let parts: Vec<String> = word.parts.iter().map(|part| self.form(part)).collect();
        self.either(joined, Some(parts.join(self.engine.search_and())))
    }

    /// A form of a word is found as itself, or as the beginning of a name.
    fn form(&self, form: &str) -> String {
        let length = form.chars().count();
        let beginning = (SHORTEST_PREFIX..=LONGEST_PREFIX)
            .contains(&length)
            .then(|| prefix_token(self.keys, form));
        self.either(word_token(self.keys, form), beginning)
    }

    fn either(&self, one: String, other: Option<String>) -> String {
        match other {
            Some(other) => format!("({one}{}({other}))", self.engine.search_or()),
            None => one,
        }
    }
}

fn prefixes(word: &str) -> impl Iterator<Item = &str> {
    let ends = word.char_indices().map(|(start, letter)| start + letter.len_utf8());
    ends.skip(SHORTEST_PREFIX - 1)
        .take(LONGEST_PREFIX + 1 - SHORTEST_PREFIX)
        .map(|end| &word[..end])
}

fn word_token(keys: &Keys, word: &str) -> String {
    token(keys, "word", &stem(word))
}

fn prefix_token(keys: &Keys, prefix: &str) -> String {
    token(keys, "name", prefix)
}

fn whole_token(keys: &Keys, whole: &str) -> String {
    token(keys, "whole", whole)
}

/// Letters and digits only, so that no engine's expressions need quotes around it. The purpose is hashed too, so that a word, the beginning of a name and a number are never taken for each other.
fn token(keys: &Keys, purpose: &str, text: &str) -> String {
    hex(&keys.search_token(purpose, text).as_ref()[..LENGTH])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_its_beginnings() {
        assert_eq!(prefixes("zoeo").collect::<Vec<_>>(), ["zoe", "zoeo"]);
        assert_eq!(prefixes("ng").count(), 0);
        assert_eq!(prefixes("abcdefghijklmnop").last(), Some("abcdefghijkl"));
        assert_eq!(prefixes("añoxx").next(), Some("año"));
    }

    #[test]
    fn tokens_say_nothing_and_differ_by_purpose() {
        let keys = Keys::for_tests();
        let document = Document::of(
            &keys,
            &[(Weight::Name, "Ana Ng"), (Weight::Words, "printer printers printer")],
        );
        let [plain, _, names, _] = document.columns();
        assert_eq!(plain.split(' ').count(), 1, "one stem, once");
        assert_eq!(names.split(' ').count(), 3, "ana, its beginning, ng");
        assert!(
            plain
                .bytes()
                .chain(names.bytes())
                .all(|byte| byte.is_ascii_hexdigit() || byte == b' ')
        );
        assert_ne!(token(&keys, "word", "ana"), token(&keys, "name", "ana"));
    }

    #[test]
    fn a_query_without_words_looks_for_nothing() {
        for query in ["", "   ", "!?", "\" * ^"] {
            assert_eq!(expression(&Keys::for_tests(), Engine::Sqlite, query), None, "{query}");
        }
    }
}
