//! A passage, found wherever it stands: however its lines are broken, in capitals or small letters, with straight or curled marks.

use std::ops::Range;

/// Words that are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage(Vec<char>);

impl Passage {
    /// The passage in what somebody copied; nothing where that is shorter than three signs, which would be found everywhere.
    pub fn of(copied: &str) -> Option<Passage> {
        let signs: Vec<char> = folded(copied.trim()).into_iter().map(|(_, sign)| sign).collect();
        (signs.len() >= 3).then_some(Passage(signs))
    }

    /// The same however short it is, where only a text that somebody reads is searched; nothing for no sign at all.
    pub fn short(copied: &str) -> Option<Passage> {
        let signs: Vec<char> = folded(copied.trim()).into_iter().map(|(_, sign)| sign).collect();
        (!signs.is_empty()).then_some(Passage(signs))
    }

    /// Where it stands in a text, in bytes. It stands by itself: "Ann" is not in "Annual".
    pub fn places(&self, text: &str) -> Vec<Range<usize>> {
        let signs = folded(text);
        let mut places = Vec::new();
        let mut from = 0;
        while from + self.0.len() <= signs.len() {
            let until = from + self.0.len();
            if self.stands_at(&signs, from) {
                let end = signs.get(until).map_or(text.len(), |(at, _)| *at);
                places.push(signs[from].0..end);
                from = until;
            } else {
                from += 1;
            }
        }
        places
    }

    /// True where it stands in the text.
    pub fn is_in(&self, text: &str) -> bool {
        !self.places(text).is_empty()
    }

    /// The text with other words in its place; nothing where it does not stand there.
    pub fn replaced(&self, text: &str, other: &str) -> Option<String> {
        let places = self.places(text);
        if places.is_empty() {
            return None;
        }
        let mut kept = String::with_capacity(text.len());
        let mut from = 0;
        for place in places {
            kept.push_str(&text[from..place.start]);
            kept.push_str(other);
            from = place.end;
        }
        kept.push_str(&text[from..]);
        Some(kept)
    }

    /// Where the text ends with its beginning, in bytes: a line that was cut within it.
    pub fn begins_at_the_end_of(&self, text: &str) -> Option<usize> {
        let signs = folded(text);
        let begins = (0..signs.len()).find(|from| {
            let tail = signs.len() - from;
            tail < self.0.len()
                && ends_a_word(&signs, *from)
                && signs[*from..].iter().map(|(_, sign)| sign).eq(&self.0[..tail])
        });
        begins.map(|from| signs[from].0)
    }

    fn stands_at(&self, signs: &[(usize, char)], from: usize) -> bool {
        let until = from + self.0.len();
        let same = signs[from..until].iter().map(|(_, sign)| sign).eq(&self.0);
        let alone_after = signs.get(until).is_none_or(|(_, sign)| !sign.is_alphanumeric());
        let ends_in_word = self.0.last().is_some_and(|sign| sign.is_alphanumeric());
        same && (ends_a_word(signs, from) || !self.0[0].is_alphanumeric()) && (alone_after || !ends_in_word)
    }
}

/// Whether a word can begin here: nothing of one stands right before.
fn ends_a_word(signs: &[(usize, char)], from: usize) -> bool {
    from == 0 || !signs[from - 1].1.is_alphanumeric()
}

/// The signs of a text that matter, each with its first byte: one space for any number, small letters, straight marks.
fn folded(text: &str) -> Vec<(usize, char)> {
    let mut signs: Vec<(usize, char)> = Vec::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        let sign = match sign {
            _ if sign.is_whitespace() => ' ',
            '\u{2018}' | '\u{2019}' => '\'',
            '\u{201C}' | '\u{201D}' => '"',
            '\u{2010}'..='\u{2014}' => '-',
            other => other.to_lowercase().next().unwrap_or(other),
        };
        if sign != ' ' || signs.last().is_none_or(|(_, last)| *last != ' ') {
            signs.push((at, sign));
        }
    }
    signs
}
