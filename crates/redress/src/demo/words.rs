//! Variety: `{morning|afternoon}` takes one of the words, `{n=two|three}` takes one and keeps it for the whole case, `{hall}` takes one of a list.

use std::collections::BTreeMap;

use super::chance::Chance;

/// The words that one case keeps.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    words: BTreeMap<String, String>,
}

impl Kept {
    /// Keeps a word under a name.
    pub(super) fn keep(&mut self, name: &str, word: impl Into<String>) {
        self.words.insert(name.to_owned(), word.into());
    }

    /// The text with every choice made. A name that no list knows is left out: a test reads every text.
    pub(super) fn fill(&mut self, text: &str, lists: &BTreeMap<String, Vec<String>>, chance: &mut Chance) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (choice, behind) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(before);
            filled.push_str(&self.choose(choice, lists, chance));
            rest = behind;
        }
        filled.push_str(rest);
        capital_after_full_stop(&filled)
    }

    fn choose(&mut self, choice: &str, lists: &BTreeMap<String, Vec<String>>, chance: &mut Chance) -> String {
        let (name, among) = match choice.split_once('=') {
            Some((name, among)) => (Some(name), among),
            None if choice.contains('|') => (None, choice),
            None => (Some(choice), ""),
        };
        if let Some(known) = name.and_then(|name| self.words.get(name)) {
            return known.clone();
        }
        let word = if among.is_empty() {
            lists
                .get(choice)
                .filter(|list| !list.is_empty())
                .map(|list| chance.pick(list).clone())
                .unwrap_or_default()
        } else {
            let words: Vec<&str> = among.split('|').collect();
            (*chance.pick(&words)).to_owned()
        };
        if let Some(name) = name {
            self.keep(name, word.clone());
        }
        word
    }
}

/// A chosen word may have come to stand at the beginning of a sentence.
fn capital_after_full_stop(text: &str) -> String {
    let mut new_sentence = true;
    let letters = text.chars().map(|letter| {
        let here = new_sentence;
        if letter.is_alphanumeric() {
            new_sentence = false;
        }
        if here {
            letter.to_uppercase().next().unwrap_or(letter)
        } else {
            letter
        }
    });
    // Only the very first letter is certain to begin a sentence: 2.14 and Dr. do not.
    letters.collect()
}
