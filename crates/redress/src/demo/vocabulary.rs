//! Words as people use them: a few all the time, most hardly ever (Zipf), so that searching many cases is like searching real ones.

use super::chance::Chance;

const BEGINNINGS: &[&str] = &[
    "b", "br", "c", "ch", "d", "f", "fl", "g", "gr", "h", "k", "l", "m", "n", "p", "pl", "r", "s", "st", "t", "tr",
    "v", "w",
];
const MIDDLES: &[&str] = &["a", "e", "i", "o", "u", "ai", "ea", "ou"];
const ENDS: &[&str] = &[
    "b", "ck", "d", "ft", "l", "m", "n", "nd", "p", "r", "rn", "sk", "t", "th",
];
/// As many different words as somebody knows.
const WORDS: usize = 30_000;
const IN_A_SENTENCE: i64 = 12;
const FIRST_NAMES: usize = 1_500;
const LAST_NAMES: usize = 12_000;

/// Words and names, the most common first.
pub(super) struct Vocabulary {
    words: Vec<String>,
}

impl Vocabulary {
    /// The same every time.
    pub(super) fn spoken() -> Vocabulary {
        Vocabulary {
            words: (0..WORDS).map(word).collect(),
        }
    }

    /// A few words that somebody says besides, without meaning.
    pub(super) fn sentence(&self, chance: &mut Chance) -> String {
        let length = chance.between(IN_A_SENTENCE / 2, IN_A_SENTENCE * 3 / 2);
        let words: Vec<&str> = (0..length).map(|_| self.words[rank(chance, WORDS)].as_str()).collect();
        format!("{}.", rules::sentence::capital(&words.join(" ")))
    }

    /// Who says it.
    pub(super) fn name(&self, chance: &mut Chance) -> String {
        let [first, last] = [FIRST_NAMES, LAST_NAMES].map(|most| rank(chance, most));
        let capital = |word: usize| rules::sentence::capital(&self.words[word]);
        format!("{} {}", capital(first), capital(last))
    }
}

/// A number below `most`, each as likely as one divided by itself: the hundredth comes once where the first comes a hundred times.
fn rank(chance: &mut Chance, most: usize) -> usize {
    const FINE: usize = 1 << 30;
    let part = chance.below(FINE) as f64 / FINE as f64;
    let drawn = (most as f64).powf(part) as usize;
    drawn.clamp(1, most) - 1
}

/// A word for a number, no two alike: the longer the rarer, as in life.
fn word(number: usize) -> String {
    let (mut left, mut word) = (number, String::new());
    loop {
        for sounds in [BEGINNINGS, MIDDLES, ENDS] {
            word.push_str(sounds[left % sounds.len()]);
            left /= sounds.len();
        }
        if left == 0 {
            return word;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn some_words_are_common_and_most_are_rare() {
        let (vocabulary, mut chance) = (Vocabulary::spoken(), Chance::seeded(1));
        let mut times = std::collections::BTreeMap::<usize, usize>::new();
        for _ in 0..100_000 {
            *times.entry(rank(&mut chance, WORDS)).or_default() += 1;
        }
        let most = times.get(&0).copied().unwrap_or(0);
        let of_the_thousandth = times.get(&999).copied().unwrap_or(0);
        assert!(
            most > 3_000 && of_the_thousandth < most / 100,
            "{most} {of_the_thousandth}"
        );
        let different: std::collections::BTreeSet<&String> = vocabulary.words.iter().collect();
        assert!(different.len() > WORDS * 9 / 10);
    }
}
