//! A text in clauses, and whether each complains or praises.

use super::lexicon::Kinds;
use super::page::Page;
use super::word::{Gap, Word};

/// A part of a sentence that says one thing.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Clause {
    pub first: usize,
    pub last: usize,
    pub sentence: usize,
    /// Words against how somebody behaved.
    pub against: u16,
    /// Words that say that something is amiss.
    pub amiss: u16,
    /// Words of praise.
    pub praise: u16,
}

impl Clause {
    /// Whether it complains of anything.
    pub(super) fn complains(&self) -> bool {
        self.against > 0 || (self.amiss > 0 && self.praise == 0)
    }
}

/// What begins another thought.
const TURNS: [&str; 11] = [
    "but", "however", "although", "though", "whereas", "while", "unlike", "except", "then", "until", "because",
];

/// Amiss, and yet nobody's behaviour.
const AMISS: [&str; 44] = [
    "never",
    "didnt",
    "not",
    "no",
    "nobody",
    "nothing",
    "without",
    "yet",
    "still",
    "cannot",
    "cant",
    "wont",
    "wouldnt",
    "couldnt",
    "unable",
    "delayed",
    "late",
    "slow",
    "closed",
    "cut",
    "lost",
    "broke",
    "broken",
    "failed",
    "fails",
    "failing",
    "failure",
    "wrong",
    "bad",
    "cold",
    "mean",
    "disconnected",
    "treated",
    "walked",
    "worse",
    "wasted",
    "poor",
    "stolen",
    "conduct",
    "fault",
    "mistake",
    "fire",
    "deleted",
    "upset",
];

/// The clauses of a text, in order.
pub(super) fn clauses(page: &Page<'_>) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    for (at, word) in page.words.iter().enumerate() {
        if word.gap == Gap::Stop || clauses.is_empty() || turns(page, at) {
            clauses.push(Clause {
                first: at,
                last: at,
                sentence: word.sentence,
                ..Clause::default()
            });
        }
        if let Some(clause) = clauses.last_mut() {
            clause.last = at;
            if !word.quoted {
                weigh(page, at, clause);
            }
        }
    }
    clauses
}

fn turns(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    let anew =
        word.gap == Gap::Comma && matches!(word.folded.as_str(), "and" | "so" | "he" | "she" | "they" | "i" | "we");
    TURNS.contains(&word.folded.as_str()) || anew || (word.gap == Gap::Mark && page.between(at).contains(';'))
}

/// Two words that say together what neither says alone.
const PAIRS: [(&str, &str); 13] = [
    ("phone", "down"),
    ("go", "away"),
    ("shut", "up"),
    ("get", "lost"),
    ("made", "fun"),
    ("my", "details"),
    ("my", "accent"),
    ("wasting", "time"),
    ("wasting", "his"),
    ("wasting", "her"),
    ("my", "fault"),
    ("looked", "down"),
    ("talked", "down"),
];

fn weigh(page: &Page<'_>, at: usize, clause: &mut Clause) {
    let word = &page.words[at];
    if page
        .before(at)
        .is_some_and(|before| PAIRS.contains(&(before.folded.as_str(), word.folded.as_str())))
    {
        clause.against += 1;
    }
    let first = clause.first.max(at.saturating_sub(4));
    let before = &page.words[first..at];
    if word.kinds.any(Kinds::PRAISE) {
        if is_turned(before) {
            clause.against += 1;
        } else if is_offered(page, at) {
            clause.praise += 1;
        }
    }
    let negated = is_not(word);
    if word.kinds.any(Kinds::HARM) || negated {
        if excused(page, at) {
            return;
        }
        if negated || AMISS.contains(&word.folded.as_str()) {
            clause.amiss += 1;
        } else if before.iter().rev().take(2).any(is_not) && !matches!(word.folded.as_str(), "yet" | "still") {
            clause.praise += 1;
        } else {
            clause.against += 1;
        }
    }
}

/// Says no to what follows.
fn is_not(word: &Word<'_>) -> bool {
    matches!(
        word.folded.as_str(),
        "not" | "never" | "no" | "hardly" | "isnt" | "wasnt" | "werent" | "neither" | "nor" | "barely"
    ) || (word.folded.len() > 4 && word.folded.ends_with("nt") && word.text.contains(['\'', '\u{2019}']))
        || matches!(
            word.folded.as_str(),
            "didnt" | "doesnt" | "wouldnt" | "hasnt" | "havent" | "wont" | "dont"
        )
}

/// Praise that is turned into its opposite: "not helpful", "far from friendly", "could have been kinder".
fn is_turned(before: &[Word<'_>]) -> bool {
    let words: Vec<&str> = before.iter().rev().take(4).map(|word| word.folded.as_str()).collect();
    let more = words.first() == Some(&"more") || words.first() == Some(&"better");
    if more && words.get(1) == Some(&"been") && words.iter().any(|word| matches!(*word, "couldnt" | "not")) {
        return false;
    }
    let wished = more && words.contains(&"been");
    let far = words.first() == Some(&"from") && words.get(1) == Some(&"far") || words.first() == Some(&"but");
    let less = words.first() == Some(&"than") && words.get(1) == Some(&"less");
    wished
        || far
        || less
        || before
            .iter()
            .rev()
            .take(3)
            .any(|word| is_not(word) && word.folded != "nor")
}

/// Not every such word praises: "in good time", "thanks in advance", "help would be appreciated".
fn is_offered(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    let next = page.after(at).map_or("", |next| next.folded.as_str());
    let before = page.before(at).map_or("", |before| before.folded.as_str());
    match word.folded.as_str() {
        "thanks" | "thank" | "cheers" | "grateful" | "appreciate" | "appreciated" => {
            !(next == "in" || before == "be" || before == "would" || (at + 2 >= page.words.len()))
        }
        "good" | "nice" | "happy" | "best" | "great" | "kind" => !matches!(
            next,
            "morning" | "afternoon" | "evening" | "day" | "regards" | "wishes" | "of" | "time" | "enough"
        ),
        _ => true,
    }
}

/// "no problem", "nothing but praise", "couldn't have been more helpful".
fn excused(page: &Page<'_>, at: usize) -> bool {
    let next = |step: usize| page.words.get(at + step).map_or("", |word| word.folded.as_str());
    match page.words[at].folded.as_str() {
        "no" => matches!(next(1), "problem" | "problems" | "doubt" | "longer" | "trouble"),
        "not" => next(1) == "only" || (next(1) == "have" && next(3) == "more"),
        "nothing" => next(1) == "but",
        "couldnt" => (next(1) == "have" && next(3) == "more") || next(1) == "be",
        "complaint" | "complaints" | "complain" => {
            at > 0
                && matches!(
                    page.words[at - 1].folded.as_str(),
                    "no" | "not" | "any" | "cant" | "to" | "my"
                )
                && next(1) != "about"
        }
        _ => false,
    }
}
