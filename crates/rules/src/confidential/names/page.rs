//! A text that was split into words, and what its capitals say: little where all is in capitals, or nothing is.

use super::lexicon::Kinds;
use super::word::{Gap, Shape, Word, words};

/// How a sentence uses capitals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// As in a book: a capital inside a sentence means a name.
    #[default]
    Usual,
    /// ALL IN CAPITALS.
    Loud,
    /// Every Word Like This.
    Titled,
    /// none at all, in the whole text.
    Small,
}

/// A text as words, with the sentences that they are in.
#[derive(Debug)]
pub(super) struct Page<'t> {
    pub text: &'t str,
    pub words: Vec<Word<'t>>,
    cases: Vec<Case>,
}

impl<'t> Page<'t> {
    /// Reads a text.
    pub(super) fn of(text: &'t str) -> Page<'t> {
        let words = words(text);
        let cases = cases(&words);
        Page { text, words, cases }
    }

    /// How the sentence of a word uses capitals.
    pub(super) fn case(&self, at: usize) -> Case {
        let sentence = self.words.get(at).map(|word| word.sentence);
        sentence
            .and_then(|sentence| self.cases.get(sentence).copied())
            .unwrap_or_default()
    }

    /// Whether a word opens its sentence, or stands where a capital says as little.
    pub(super) fn opens(&self, at: usize) -> bool {
        self.words
            .get(at)
            .is_none_or(|word| word.gap == Gap::Stop || word.opens_line)
            || (self.words[at].gap == Gap::Mark && self.between(at).contains(['"', '\u{201c}', ':', '*', '(']))
    }

    /// The word before, where nothing but a blank is between.
    pub(super) fn before(&self, at: usize) -> Option<&Word<'t>> {
        let word = self.words.get(at)?;
        (word.gap == Gap::Near).then(|| at.checked_sub(1).and_then(|place| self.words.get(place)))?
    }

    /// The word after, where nothing but a blank is between.
    pub(super) fn after(&self, at: usize) -> Option<&Word<'t>> {
        self.words.get(at + 1).filter(|word| word.gap == Gap::Near)
    }

    /// What stands between a word and the one before it.
    pub(super) fn between(&self, at: usize) -> &'t str {
        let from = at.checked_sub(1).map_or(0, |before| self.words[before].to);
        self.text.get(from..self.words[at].from).unwrap_or_default()
    }

    /// The text from a word to the end of another.
    pub(super) fn span(&self, from: usize, last: usize) -> (usize, usize) {
        (self.words[from].from, self.words[last].to)
    }
}

fn cases(words: &[Word<'_>]) -> Vec<Case> {
    let small = words
        .iter()
        .all(|word| word.shape == Shape::Lower || word.folded == "i");
    let mut cases = Vec::new();
    for sentence in words.chunk_by(|one, other| one.sentence == other.sentence) {
        cases.push(if small { Case::Small } else { case(sentence) });
    }
    cases
}

fn case(sentence: &[Word<'_>]) -> Case {
    let letters = sentence
        .iter()
        .filter(|word| word.text.len() > 1 && word.shape != Shape::Mixed);
    let (mut all, mut upper, mut plain, mut capital) = (0, 0, 0, 0);
    for word in letters {
        all += 1;
        upper += usize::from(word.shape == Shape::Upper);
        let ordinary = word.kinds.any(Kinds::ORDINARY) && word.text.len() > 3;
        plain += usize::from(ordinary);
        capital += usize::from(ordinary && word.shape == Shape::Capital);
    }
    if upper * 3 >= all * 2 && upper >= 2 {
        Case::Loud
    } else if capital * 2 > plain && capital >= 2 {
        Case::Titled
    } else {
        Case::Usual
    }
}
