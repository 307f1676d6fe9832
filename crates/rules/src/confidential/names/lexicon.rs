//! What is known of a word by itself: whether it is a name, an ordinary word, a product, or one that stands beside names.

use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::LazyLock;

/// What a word may be; several at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Kinds(u16);

impl Kinds {
    /// A given name somewhere in the world.
    pub(super) const GIVEN: Kinds = Kinds(1);
    /// A surname somewhere in the world.
    pub(super) const SURNAME: Kinds = Kinds(1 << 1);
    /// A word of everyday English.
    pub(super) const ORDINARY: Kinds = Kinds(1 << 2);
    /// A name that is as often an ordinary word: May, Will, Brown.
    pub(super) const BOTH: Kinds = Kinds(1 << 3);
    /// A product, a company, a place, a day or a month.
    pub(super) const THING: Kinds = Kinds(1 << 4);
    /// A title or an office that stands before a name.
    pub(super) const TITLE: Kinds = Kinds(1 << 5);
    /// What makes a place or a thing of the name before it: Building, Street.
    pub(super) const PLACE: Kinds = Kinds(1 << 6);
    /// What people do, after their name.
    pub(super) const DOING: Kinds = Kinds(1 << 7);
    /// What stands before the name of somebody whom one dealt with.
    pub(super) const DEALT: Kinds = Kinds(1 << 8);
    /// Family and friends of whoever writes.
    pub(super) const KIN: Kinds = Kinds(1 << 9);
    /// A word of complaint.
    pub(super) const HARM: Kinds = Kinds(1 << 10);
    /// A word of praise.
    pub(super) const PRAISE: Kinds = Kinds(1 << 11);

    /// Whether it is one of these.
    pub(super) fn any(self, of: Kinds) -> bool {
        self.0 & of.0 != 0
    }

    /// Whether nothing is known of it.
    pub(super) fn is_unknown(self) -> bool {
        self.0 == 0
    }

    /// A name that is no ordinary word.
    pub(super) fn is_surely_given(self) -> bool {
        self.any(Kinds::GIVEN) && !self.any(Kinds::ORDINARY | Kinds::BOTH | Kinds::THING)
    }

    /// A surname that is no ordinary word.
    pub(super) fn is_surely_surname(self) -> bool {
        self.any(Kinds::SURNAME) && !self.any(Kinds::ORDINARY | Kinds::BOTH | Kinds::THING)
    }

    /// Any name at all.
    pub(super) fn is_name(self) -> bool {
        self.any(Kinds::GIVEN | Kinds::SURNAME | Kinds::BOTH)
    }
}

impl BitOr for Kinds {
    type Output = Kinds;

    fn bitor(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }
}

/// The lists, each a file of words in the order of the alphabet.
const LISTS: [(Kinds, &str); 12] = [
    (Kinds::GIVEN, include_str!("data/given.txt")),
    (Kinds::SURNAME, include_str!("data/surnames.txt")),
    (Kinds::ORDINARY, include_str!("data/words.txt")),
    (Kinds::BOTH, include_str!("data/both.txt")),
    (Kinds::THING, include_str!("data/things.txt")),
    (Kinds::TITLE, include_str!("data/titles.txt")),
    (Kinds::PLACE, include_str!("data/place.txt")),
    (Kinds::DOING, include_str!("data/doing.txt")),
    (Kinds::DEALT, include_str!("data/dealt.txt")),
    (Kinds::KIN, include_str!("data/kin.txt")),
    (Kinds::HARM, include_str!("data/harm.txt")),
    (Kinds::PRAISE, include_str!("data/praise.txt")),
];

static WORDS: LazyLock<HashMap<&'static str, Kinds>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Kinds> = HashMap::with_capacity(16_384);
    for (kind, list) in LISTS {
        for word in list.split_ascii_whitespace() {
            let known = words.entry(word).or_default();
            *known = *known | kind;
        }
    }
    words
});

/// The short names of a given name, and the given names of a short one.
static NICKNAMES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut names: HashMap<&'static str, Vec<&'static str>> = HashMap::new();
    for line in include_str!("data/nicknames.txt").lines() {
        let mut line = line.split_ascii_whitespace();
        let Some(name) = line.next() else { continue };
        for short in line {
            names.entry(name).or_default().push(short);
            names.entry(short).or_default().push(name);
        }
    }
    names
});

/// What is known of a folded word. A plural or another form of an ordinary word is ordinary too.
pub(super) fn kinds(word: &str) -> Kinds {
    if let Some(kinds) = WORDS.get(word) {
        return *kinds;
    }
    if is_form_of_ordinary(word) {
        return Kinds::ORDINARY;
    }
    Kinds::default()
}

/// Other names by which somebody of this given name may be called: short ones, and the whole one that it is short for.
pub(super) fn nicknames(given: &str) -> &'static [&'static str] {
    NICKNAMES.get(given).map_or(&[], Vec::as_slice)
}

/// Endings of English, each with what may stand in their place in the word that the list has.
const ENDINGS: [(&str, &[&str]); 14] = [
    ("ies", &["y"]),
    ("ied", &["y"]),
    ("es", &["e", ""]),
    ("s", &[""]),
    ("ing", &["", "e"]),
    ("in", &["ing", ""]),
    ("ed", &["", "e"]),
    ("er", &["", "e"]),
    ("ers", &["", "e"]),
    ("est", &["", "e"]),
    ("ly", &["", "le"]),
    ("ness", &[""]),
    ("ful", &[""]),
    ("less", &[""]),
];

/// Endings that no given name and few surnames have.
const ABSTRACT: [&str; 11] = [
    "tion", "tions", "sion", "ment", "ments", "ness", "ological", "ability", "ously", "ically", "ization",
];

fn is_form_of_ordinary(word: &str) -> bool {
    if !word.is_ascii() || word.len() < 4 || word.len() > 24 {
        return false;
    }
    if ABSTRACT.iter().any(|ending| word.ends_with(ending)) {
        return true;
    }
    ENDINGS.iter().any(|(ending, instead)| {
        word.strip_suffix(ending).is_some_and(|stem| {
            stem.len() >= 3
                && (instead.iter().any(|end| is_ordinary(stem, end))
                    || (doubled(stem) && is_ordinary(&stem[..stem.len() - 1], "")))
        })
    })
}

fn is_ordinary(stem: &str, end: &str) -> bool {
    let known = if end.is_empty() {
        WORDS.get(stem)
    } else {
        let mut whole = String::with_capacity(stem.len() + end.len());
        whole.push_str(stem);
        whole.push_str(end);
        WORDS.get(whole.as_str())
    };
    known.is_some_and(|kinds| kinds.any(Kinds::ORDINARY) && !kinds.any(Kinds::GIVEN | Kinds::SURNAME))
}

fn doubled(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    bytes.len() > 3 && bytes[bytes.len() - 1] == bytes[bytes.len() - 2]
}
