//! How hard a text is to read: sentence length and syllables, by the formulas of Flesch (1948) and of Kincaid and others (1975).

/// What a text measures.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Readability {
    /// Sentences, counting a heading or a line of a list as one.
    pub sentences: u32,
    /// Words with at least one letter; addresses and numbers are left out.
    pub words: u32,
    /// Syllables, by the rule of thumb below.
    pub syllables: u32,
}

impl Readability {
    /// Flesch reading ease: 60 and above is plain English, 100 very easy. Zero words give 100.
    #[must_use]
    pub fn reading_ease(&self) -> f64 {
        if self.words == 0 {
            return 100.0;
        }
        206.835 - 1.015 * self.words_per_sentence() - 84.6 * self.syllables_per_word()
    }

    /// The age in years at which most people read this with ease: the Flesch-Kincaid school grade and five years.
    #[must_use]
    pub fn reading_age(&self) -> f64 {
        if self.words == 0 {
            return 5.0;
        }
        (0.39 * self.words_per_sentence() + 11.8 * self.syllables_per_word() - 15.59 + 5.0).max(5.0)
    }

    fn words_per_sentence(&self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences.max(1))
    }

    fn syllables_per_word(&self) -> f64 {
        f64::from(self.syllables) / f64::from(self.words)
    }
}

/// Measures plain text, such as the text of a letter. English only.
#[must_use]
pub fn measure(text: &str) -> Readability {
    let mut found = Readability {
        sentences: 0,
        words: 0,
        syllables: 0,
    };
    for paragraph in paragraphs(text) {
        let mut open = false;
        for token in paragraph.split_whitespace().filter(|token| !token.contains("://")) {
            let word: String = token
                .chars()
                .filter(|character| character.is_alphabetic() || *character == '\'')
                .collect();
            if word.chars().any(char::is_alphabetic) && !token.chars().any(|character| character.is_ascii_digit()) {
                found.words += 1;
                found.syllables += syllables(&word);
                open = true;
            }
            if open && ends_sentence(token) {
                found.sentences += 1;
                open = false;
            }
        }
        found.sentences += u32::from(open);
    }
    found
}

/// Paragraphs and lines of lists, each as one string: a list has no full stops and still is no endless sentence.
fn paragraphs(text: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for line in text.lines().map(str::trim) {
        if line.is_empty() || line.starts_with("- ") {
            paragraphs.push(String::new());
        }
        if let Some(last) = paragraphs.last_mut() {
            last.push(' ');
            last.push_str(line);
        }
    }
    paragraphs
}

fn ends_sentence(token: &str) -> bool {
    token
        .trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}'])
        .ends_with(['.', '!', '?'])
}

/// Groups of vowels, without a silent e at the end; every word has at least one.
fn syllables(word: &str) -> u32 {
    let lower = word.to_lowercase();
    let mut groups = 0;
    let mut in_group = false;
    for character in lower.chars() {
        let is_vowel = "aeiouyàáâäåèéêëìíîïòóôöùúûü".contains(character);
        groups += u32::from(is_vowel && !in_group);
        in_group = is_vowel;
    }
    let silent = (lower.ends_with('e') && !lower.ends_with("le") && !lower.ends_with("ee"))
        || (lower.ends_with("ed") && !lower.ends_with("ted") && !lower.ends_with("ded") && !lower.ends_with("eed"));
    (groups - u32::from(silent && groups > 1)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_words_sentences_and_syllables() {
        let found = measure(
            "The cat sat. It looked at the table!\n\nA heading\n\n- one line\n- another line\nhttps://a.example/x 42",
        );
        assert_eq!((found.sentences, found.words), (5, 14));
        assert_eq!(
            ["cat", "looked", "table", "wanted", "complaint", "decision", "the"].map(syllables),
            [1, 1, 2, 2, 2, 3, 1]
        );
    }

    #[test]
    fn the_formulas_match_a_sum_done_by_hand() {
        let found = Readability {
            sentences: 2,
            words: 20,
            syllables: 30,
        };
        assert!((found.reading_ease() - 69.785).abs() < 0.001);
        assert!((found.reading_age() - 11.01).abs() < 0.001);
    }

    #[test]
    fn officialese_scores_worse_than_plain_words() {
        let plain = measure("We got this wrong. We are sorry. We will tell you by Friday.");
        let stiff = measure(
            "In accordance with departmental regulations, your representation regarding unsatisfactory telecommunications \
             provision necessitates comprehensive consideration by appropriately authorised individuals.",
        );
        assert!(plain.reading_age() < 9.0 && plain.reading_ease() > 80.0);
        assert!(stiff.reading_age() > 20.0 && stiff.reading_ease() < 0.0);
    }
}
