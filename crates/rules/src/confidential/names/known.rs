//! People of the directory in a text: by any part of their name, its short forms and misspellings, and what they sign in with.

use super::lexicon::Kinds;
use super::misspelled;
use super::page::{Case, Page};
use super::people::People;
use super::word::{Gap, Shape, Word};
use crate::coded::coded;

/// Somebody of the directory, or several of whom one is meant, from one word to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Match {
    pub first: usize,
    pub last: usize,
    pub people: Vec<u32>,
    pub by: By,
}

coded! {
    /// By what somebody was known.
    pub enum By {
        /// Given and family name, perhaps with a short form of the one.
        FullName = "full_name", "given and family name";
        /// Given and family name with a letter wrong, or as they sound.
        Misspelled = "misspelled", "a name that is spelled otherwise";
        /// An initial and the family name, or initials alone.
        Initials = "initials", "initials";
        /// A title and the family name.
        Title = "title", "a title and the family name";
        /// One part of the name alone.
        OneName = "one_name", "one part of the name";
        /// What they sign in with.
        Username = "username", "the username";
        /// Their address.
        Email = "email", "the e-mail address";
    }
}

/// Whoever is named from this word on; the surest answer.
pub(super) fn at(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    if people.is_empty() {
        return None;
    }
    let found = full(page, people, first)
        .or_else(|| family_first(page, people, first))
        .or_else(|| initial(page, people, first))
        .or_else(|| misspelled::pair(page, people, first))
        .or_else(|| misspelled::sounding(page, people, first))
        .or_else(|| username(page, people, first));
    found.or_else(|| one_name(page, people, first))
}

/// Words from `first` that follow each other closely, put together: "van", "vanden", "vandenberg".
pub(super) fn together(page: &Page<'_>, first: usize, most: usize) -> Vec<(String, usize)> {
    let mut joined = Vec::with_capacity(most);
    let mut text = String::new();
    for at in first..(first + most).min(page.words.len()) {
        if at > first && (page.words[at].gap != Gap::Near || page.words[at - 1].possessive) {
            break;
        }
        text.push_str(&page.words[at].folded);
        joined.push((text.clone(), at));
    }
    joined
}

/// Whether a word may begin a name at all; most words of a text do not.
pub(super) fn may_begin(word: &Word<'_>) -> bool {
    word.folded.len() > 1 && !word.folded.starts_with(|first: char| first.is_ascii_digit())
}

fn full(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    if !may_begin(&page.words[first]) {
        return None;
    }
    let mut best: Option<Match> = None;
    for (given, end) in together(page, first, 2) {
        let Some(called) = people.given.get(&given) else {
            continue;
        };
        for skipped in 0..=1 {
            let from = end + 1 + skipped;
            if from >= page.words.len() || !follows(page, end, from) {
                break;
            }
            for (family, last) in together(page, from, 3) {
                let Some(relatives) = people.family.get(&family) else {
                    continue;
                };
                let both = in_both(called, relatives);
                let found = Match {
                    first,
                    last,
                    people: both,
                    by: By::FullName,
                };
                if !found.people.is_empty()
                    && is_plain(page, &found)
                    && best.as_ref().is_none_or(|best| best.last < last)
                {
                    best = Some(found);
                }
            }
        }
    }
    best
}

/// Whether every word from one to another follows the one before closely.
fn follows(page: &Page<'_>, from: usize, to: usize) -> bool {
    (from + 1..=to).all(|at| page.words[at].gap == Gap::Near && !page.words[at - 1].possessive)
        && (from + 1..to).all(|at| page.words[at].shape != Shape::Lower || page.words[at].text.len() == 1)
}

/// Two ordinary words in small letters are somebody only where they are dealt with: "mark read".
fn is_plain(page: &Page<'_>, found: &Match) -> bool {
    let words = &page.words[found.first..=found.last];
    let ordinary =
        |word: &Word<'_>| word.shape == Shape::Lower && word.kinds.any(Kinds::ORDINARY | Kinds::BOTH | Kinds::THING);
    !words.iter().all(ordinary) || is_met(page, found.first, found.last)
}

/// Whether the words around say that a person is meant.
pub(super) fn is_met(page: &Page<'_>, first: usize, last: usize) -> bool {
    page.before(first)
        .is_some_and(|word| word.kinds.any(Kinds::DEALT | Kinds::TITLE))
        || page.after(last).is_some_and(|word| word.kinds.any(Kinds::DOING))
        || page.words[last].possessive
        || is_placed(page, last)
}

/// Where staff are found: "Joy at the helpdesk".
const WHERE: [&str; 12] = [
    "helpdesk",
    "desk",
    "reception",
    "counter",
    "office",
    "team",
    "department",
    "phone",
    "it",
    "support",
    "staff",
    "service",
];

/// Whether the words after a name say where of the staff somebody is.
pub(super) fn is_placed(page: &Page<'_>, last: usize) -> bool {
    let preposition = page
        .after(last)
        .is_some_and(|word| matches!(word.folded.as_str(), "at" | "from" | "on" | "in" | "behind" | "of"));
    preposition
        && (last + 2..(last + 6).min(page.words.len()))
            .take_while(|at| page.words[*at].gap == Gap::Near)
            .any(|at| WHERE.contains(&page.words[at].folded.as_str()))
}

fn family_first(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    if !may_begin(&page.words[first]) {
        return None;
    }
    for (family, end) in together(page, first, 3) {
        let Some(relatives) = people.family.get(&family) else {
            continue;
        };
        let Some(next) = page.words.get(end + 1) else { continue };
        let comma = next.gap == Gap::Comma && next.shape != Shape::Lower && page.words[end].shape != Shape::Lower;
        if !comma && next.gap != Gap::Near {
            continue;
        }
        let called = people.given.get(&next.folded).map(|called| in_both(called, relatives));
        let by_initial = (comma && next.shape == Shape::Initial).then(|| with_initial(people, relatives, &next.folded));
        let both = called.or(by_initial).unwrap_or_default();
        let found = Match {
            first,
            last: end + 1,
            people: both,
            by: By::FullName,
        };
        if !found.people.is_empty() && is_plain(page, &found) {
            return Some(found);
        }
    }
    None
}

fn initial(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    let word = &page.words[first];
    if word.folded.len() > 2 || word.folded.chars().any(|letter| letter.is_ascii_digit()) {
        return None;
    }
    if word.shape == Shape::Upper && word.folded.len() == 2 {
        return initials_alone(page, people, first);
    }
    if word.folded.len() != 1 {
        return None;
    }
    // A second initial between: "J. S. Smith".
    let second = page.after(first).is_some_and(|next| next.folded.len() == 1);
    let from = first + 1 + usize::from(second);
    if from >= page.words.len() || page.words[from].gap != Gap::Near {
        return None;
    }
    for (family, last) in together(page, from, 3) {
        let Some(relatives) = people.family.get(&family) else {
            continue;
        };
        let found = with_initial(people, relatives, &word.folded);
        let stands_out = word.shape == Shape::Initial && word.folded != "i" && word.folded != "a";
        let surname = !page.words[from].kinds.any(Kinds::ORDINARY);
        if !found.is_empty() && ((stands_out && page.words[from].shape != Shape::Lower) || surname) {
            return Some(Match {
                first,
                last,
                people: found,
                by: By::Initials,
            });
        }
    }
    None
}

fn initials_alone(page: &Page<'_>, people: &People, at: usize) -> Option<Match> {
    let word = &page.words[at];
    let people = people.initials.get(&word.folded)?.clone();
    let known = word.kinds.any(Kinds::THING | Kinds::ORDINARY | Kinds::BOTH);
    let met = is_met(page, at, at) && page.case(at) != Case::Loud;
    (met && !known).then_some(Match {
        first: at,
        last: at,
        people,
        by: By::Initials,
    })
}

fn with_initial(people: &People, relatives: &[u32], initial: &str) -> Vec<u32> {
    let starts = |place: &&u32| {
        let parts = people.parts.get(**place as usize);
        parts.is_some_and(|parts| parts.given.iter().take(1).any(|given| given.starts_with(initial)))
    };
    relatives.iter().filter(starts).copied().collect()
}

fn username(page: &Page<'_>, people: &People, at: usize) -> Option<Match> {
    let word = &page.words[at];
    let people = people
        .login
        .get(&word.text.to_lowercase())
        .or_else(|| people.login.get(&word.folded))?;
    let plain = word
        .kinds
        .any(Kinds::ORDINARY | Kinds::BOTH | Kinds::THING | Kinds::GIVEN | Kinds::SURNAME);
    (!plain || word.sign == Some('@')).then(|| Match {
        first: at,
        last: at,
        people: people.clone(),
        by: By::Username,
    })
}

/// One name alone: sure where nothing else is called so, or the words around say that a person is meant.
fn one_name(page: &Page<'_>, people: &People, at: usize) -> Option<Match> {
    let word = &page.words[at];
    if !may_begin(word) {
        return None;
    }
    let titled = page
        .before(at)
        .is_some_and(|before| before.kinds.any(Kinds::TITLE) && !before.kinds.any(Kinds::GIVEN));
    for (name, last) in together(page, at, 3).into_iter().rev() {
        let family = people.family.get(&name);
        let found = family.filter(|_| titled).or_else(|| people.given.get(&name)).or(family);
        let Some(found) = found else { continue };
        let by = if titled { By::Title } else { By::OneName };
        let certain = titled && (word.shape != Shape::Lower || !word.kinds.any(Kinds::ORDINARY));
        if certain || is_raised_name(page, at, last) {
            return Some(Match {
                first: at,
                last,
                people: found.clone(),
                by,
            });
        }
    }
    misspelled::alone(page, people, at)
}

fn is_raised_name(page: &Page<'_>, at: usize, last: usize) -> bool {
    let word = &page.words[at];
    let doubtful = word.kinds.any(Kinds::ORDINARY | Kinds::BOTH | Kinds::THING);
    let length = page.words[last].to - word.from;
    match word.shape {
        Shape::Lower if doubtful => false,
        Shape::Lower => length > 3 || is_met(page, at, last),
        _ if !doubtful => true,
        _ if word.kinds.any(Kinds::THING) => {
            page.before(at).is_some_and(|before| before.kinds.any(Kinds::DEALT)) || is_placed(page, last)
        }
        _ if page.case(at) == Case::Loud || page.opens(at) => is_met(page, at, last),
        _ => is_met(page, at, last) || !word.kinds.any(Kinds::ORDINARY | Kinds::THING),
    }
}

fn in_both(one: &[u32], other: &[u32]) -> Vec<u32> {
    let (few, many) = if one.len() < other.len() {
        (one, other)
    } else {
        (other, one)
    };
    few.iter()
        .filter(|place| many.binary_search(place).is_ok())
        .copied()
        .collect()
}
