//! Names of people whom no list of staff knows: how much speaks for each word being one.

use super::lexicon::Kinds;
use super::page::{Case, Page};
use super::word::{Gap, Shape, Word};

/// What a word must gather to be taken for a name.
const ENOUGH: i32 = 10;

/// How many words a name may have beside the first.
const LONGEST: usize = 5;

/// A run of words that is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub first: usize,
    pub last: usize,
}

/// The names in a text.
pub(super) fn runs(page: &Page<'_>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < page.words.len() {
        if points(page, at) < ENOUGH {
            at += 1;
            continue;
        }
        let first = begin(page, at, runs.last().map_or(0, |run| run.last + 1));
        let mut last = at;
        while last - first < LONGEST && page.after(last).is_some() && carries_on(page, last + 1) {
            last += 1;
        }
        runs.push(Run { first, last });
        at = last + 1;
    }
    runs
}

/// How much speaks for one word being a name, or a part of one.
fn points(page: &Page<'_>, at: usize) -> i32 {
    let word = &page.words[at];
    if word.text.len() < 2 || is_no_name(word) || is_part_of_place(page, at) || makes_place(page, at) {
        return 0;
    }
    let by_itself = by_itself(page, at);
    if by_itself <= 0 {
        return 0;
    }
    by_itself + beside(page, at) + neighbours(page, at)
}

fn is_no_name(word: &Word<'_>) -> bool {
    word.folded.starts_with(|first: char| first.is_ascii_digit())
        || (word.kinds.any(Kinds::THING) && !word.kinds.any(Kinds::GIVEN | Kinds::SURNAME | Kinds::BOTH))
        || (word.kinds.any(Kinds::TITLE | Kinds::KIN) && !word.kinds.is_name())
}

/// Wilson Building, James Street: whoever it was called after is not meant.
pub(super) fn is_part_of_place(page: &Page<'_>, at: usize) -> bool {
    for next in at..at + 2 {
        let Some(word) = page.after(next) else { return false };
        let cased = word.shape == Shape::Capital || page.words[at].shape == word.shape;
        if word.kinds.any(Kinds::PLACE) && cased && !page.words[next].possessive {
            return !(word.kinds.any(Kinds::SURNAME | Kinds::BOTH) && acts(page, next + 1));
        }
        if !word.kinds.is_name() && !word.kinds.is_unknown() {
            return false;
        }
    }
    false
}

/// Street after James, Hall after Jenkins.
fn makes_place(page: &Page<'_>, at: usize) -> bool {
    let word = &page.words[at];
    word.kinds.any(Kinds::PLACE)
        && !word.kinds.any(Kinds::GIVEN)
        && page
            .before(at)
            .is_some_and(|before| before.kinds.is_name() && before.shape == word.shape && !before.possessive)
        && !acts(page, at)
}

/// Whether somebody of this name does something: a place says nothing.
fn acts(page: &Page<'_>, at: usize) -> bool {
    page.after(at).is_some_and(|after| {
        let being = matches!(
            after.folded.as_str(),
            "is" | "was" | "has" | "does" | "did" | "isnt" | "wasnt" | "needs" | "will"
        );
        after.kinds.any(Kinds::DOING) && !being
    })
}

/// By the word alone and how it is written.
fn by_itself(page: &Page<'_>, at: usize) -> i32 {
    let word = &page.words[at];
    let kinds = word.kinds;
    let (given, surname) = (kinds.is_surely_given(), kinds.is_surely_surname());
    let loud = page.case(at) == Case::Loud;
    match word.shape {
        Shape::Capital => capital(page, at),
        Shape::Upper if given => 10 + i32::from(loud),
        Shape::Upper if surname => 6 + 2 * i32::from(loud),
        Shape::Upper if kinds.is_unknown() && loud && word.text.len() > 4 => 3,
        Shape::Mixed if given || surname => 8,
        Shape::Mixed if kinds.is_unknown() && is_raised(word) => 4,
        Shape::Lower => small(page, at),
        _ => 0,
    }
}

fn capital(page: &Page<'_>, at: usize) -> i32 {
    let kinds = page.words[at].kinds;
    let opens = page.opens(at);
    let raised = page.case(at) != Case::Titled;
    if kinds.is_surely_given() {
        12
    } else if kinds.is_surely_surname() {
        10 - 2 * i32::from(opens)
    } else if is_mostly_given(kinds) {
        11 - i32::from(opens)
    } else if kinds.is_name() {
        let inside = raised && !opens && !kinds.any(Kinds::THING);
        2 + 5 * i32::from(inside)
    } else if kinds.is_unknown() {
        match (opens, raised) {
            (true, _) => 7,
            (false, true) => 9,
            (false, false) => 4,
        }
    } else {
        0
    }
}

fn small(page: &Page<'_>, at: usize) -> i32 {
    let word = &page.words[at];
    let (kinds, letters) = (word.kinds, word.text.len());
    if kinds.is_surely_given() {
        7 + 3 * i32::from(letters > 3)
    } else if kinds.is_surely_surname() {
        5 + 3 * i32::from(letters > 4)
    } else if is_mostly_given(kinds) {
        6
    } else if kinds.is_unknown() {
        i32::from(page.case(at) == Case::Small)
    } else {
        i32::from(kinds.is_name() && !kinds.any(Kinds::ORDINARY))
    }
}

/// A given name that is a word too, but not one of every day: Casey, Lily.
fn is_mostly_given(kinds: Kinds) -> bool {
    kinds.any(Kinds::GIVEN) && kinds.any(Kinds::BOTH) && !kinds.any(Kinds::ORDINARY | Kinds::THING)
}

fn is_raised(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase) && word.folded.chars().all(char::is_alphabetic)
}

/// By the words beside it.
fn beside(page: &Page<'_>, at: usize) -> i32 {
    let word = &page.words[at];
    let raised = word.shape != Shape::Lower;
    let mut points = i32::from(word.possessive) * 2;
    if let Some(before) = page.before(at) {
        points += match before.folded.as_str() {
            "the" | "a" | "an" => -4,
            "in" | "at" | "on" | "from" | "using" | "via" | "use" | "into" | "install"
                if !word.kinds.is_surely_given() =>
            {
                -3
            }
            "named" | "called" => 4,
            _ if before.kinds.any(Kinds::TITLE) && raised => 5,
            _ if before.kinds.any(Kinds::KIN) && raised => 3,
            _ if before.kinds.any(Kinds::DEALT) => 2,
            _ => 0,
        };
    }
    if let Some(after) = page.after(at) {
        points += i32::from(after.kinds.any(Kinds::DOING)) * 3;
    }
    points + vocative(page, at)
}

/// "Kenny, you need to …" and "…, Lena!"
fn vocative(page: &Page<'_>, at: usize) -> i32 {
    let comma_after = page.words.get(at + 1).is_some_and(|next| next.gap == Gap::Comma);
    let ends = page.words.get(at + 1).is_none_or(|next| next.gap == Gap::Stop);
    if page.opens(at) && comma_after {
        return 3;
    }
    if page.words[at].gap == Gap::Comma && ends {
        return 2;
    }
    0
}

/// By a name or an initial directly beside it.
fn neighbours(page: &Page<'_>, at: usize) -> i32 {
    let word = &page.words[at];
    let mut points = 0;
    if let Some(after) = page.after(at) {
        points += beside_name(word, after);
    }
    if let Some(before) = page.before(at) {
        points += beside_name(before, word);
    }
    points
}

fn beside_name(first: &Word<'_>, second: &Word<'_>) -> i32 {
    if first.possessive || is_no_name(first) && first.shape != Shape::Initial || is_no_name(second) {
        return 0;
    }
    let raised = |word: &Word<'_>| matches!(word.shape, Shape::Capital | Shape::Upper);
    let given = first.kinds.any(Kinds::GIVEN) && second.kinds.any(Kinds::SURNAME);
    if first.shape == Shape::Initial && first.folded != "i" && first.folded != "a" && raised(second) {
        return if second.kinds.is_name() || second.kinds.is_unknown() {
            5
        } else {
            0
        };
    }
    if given && raised(first) == raised(second) {
        return if raised(first) { 6 } else { 4 };
    }
    if first.kinds.is_surely_given() && raised(first) && raised(second) && second.kinds.is_unknown() {
        return 4;
    }
    0
}

/// Takes in an initial or a capital word before a name: "J. Smith", "Wenlan Smith".
fn begin(page: &Page<'_>, at: usize, floor: usize) -> usize {
    let mut first = at;
    while first > floor && at - first < LONGEST && page.before(first).is_some() {
        let before = &page.words[first - 1];
        let initial = before.shape == Shape::Initial && before.folded != "i" && before.folded != "a";
        let raised = before.shape == page.words[at].shape
            && !page.opens(first - 1)
            && (before.kinds.is_unknown() || before.kinds.is_name())
            && !is_no_name(before)
            && !before.kinds.any(Kinds::ORDINARY)
            && before.shape != Shape::Lower;
        if before.possessive || !(initial || raised) {
            break;
        }
        first -= 1;
    }
    first
}

/// Whether the name goes on with this word.
fn carries_on(page: &Page<'_>, at: usize) -> bool {
    let (before, word) = (&page.words[at - 1], &page.words[at]);
    if before.possessive || is_no_name(word) {
        return false;
    }
    let like = word.shape == before.shape || (word.shape == Shape::Capital && before.shape != Shape::Lower);
    let name = word.kinds.is_name() && (!word.kinds.any(Kinds::ORDINARY) || word.shape == Shape::Capital);
    let hyphened = page.between(at) == "-" && like;
    match word.shape {
        Shape::Lower => (name && word.kinds.any(Kinds::SURNAME) && before.shape == Shape::Lower) || hyphened && name,
        _ => hyphened || (like && (name || word.kinds.is_unknown()) && page.case(at) != Case::Titled),
    }
}
