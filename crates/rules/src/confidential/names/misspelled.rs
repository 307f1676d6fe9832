//! People of the directory whose names are misspelled: a letter wrong, or written as they sound.

use super::known::{By, Match, is_met, may_begin, together};
use super::lexicon::Kinds;
use super::page::Page;
use super::people::{People, SHORTEST_MISSPELLED, one_left_out};
use super::sound;
use super::word::{Shape, Word};

/// Of more people with one name, misspelled others are not looked for.
const MOST_NAMESAKES: usize = 500;

/// One of two words is right and the other has a letter wrong.
pub(super) fn pair(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    let word = &page.words[first];
    let next = page.after(first).filter(|_| may_begin(word) && !word.possessive)?;
    let near = |parts: &[String], written: &str| {
        let letters = written.chars().count();
        parts
            .iter()
            .any(|part| letters > 3 && part.chars().count() > 2 && sound::is_near(part, written))
    };
    let mut found = Vec::new();
    let ordinary = |word: &Word<'_>| word.shape == Shape::Lower && word.kinds.any(Kinds::ORDINARY);
    let longest = together(page, first + 1, 3);
    if !ordinary(next) {
        for place in people
            .given
            .get(&word.folded)
            .into_iter()
            .flatten()
            .take(MOST_NAMESAKES)
        {
            let fits = longest
                .iter()
                .rev()
                .find(|(family, _)| near(&people.parts[*place as usize].family, family));
            found.extend(fits.map(|(_, last)| (*place, *last)));
        }
    }
    if !ordinary(word) {
        for (family, last) in &longest {
            for place in people.family.get(family).into_iter().flatten().take(MOST_NAMESAKES) {
                found.extend(near(&people.parts[*place as usize].given, &word.folded).then_some((*place, *last)));
            }
        }
    }
    let last = found.iter().map(|(_, last)| *last).max()?;
    let people = found.into_iter().map(|(place, _)| place).collect();
    Some(Match {
        first,
        last,
        people,
        by: By::Misspelled,
    })
}

/// Two words that sound like given and family name.
pub(super) fn sounding(page: &Page<'_>, people: &People, first: usize) -> Option<Match> {
    let word = &page.words[first];
    let next = page.after(first).filter(|_| may_begin(word) && !word.possessive)?;
    let surely = |word: &Word<'_>| !word.kinds.any(Kinds::ORDINARY | Kinds::THING) && word.folded.len() > 2;
    let raised = word.shape != Shape::Lower && next.shape != Shape::Lower;
    if !surely(word) || !surely(next) || !raised {
        return None;
    }
    let codes = (sound::code(&word.folded), sound::code(&next.folded));
    if codes.0.len() + codes.1.len() < 4 {
        return None;
    }
    let people = people.sound.get(&codes)?.clone();
    Some(Match {
        first,
        last: first + 1,
        people,
        by: By::Misspelled,
    })
}

/// One name alone with a letter wrong: only words that are nothing else.
pub(super) fn alone(page: &Page<'_>, people: &People, at: usize) -> Option<Match> {
    let word = &page.words[at];
    let letters = word.folded.chars().count();
    if !word.kinds.is_unknown() || !(SHORTEST_MISSPELLED..=24).contains(&letters) || word.shape == Shape::Mixed {
        return None;
    }
    let small = word.shape == Shape::Lower;
    let mut found: Vec<u32> = Vec::new();
    let exact = std::iter::once(word.folded.clone());
    for shorter in exact.chain(one_left_out(&word.folded)) {
        for place in people.near.get(&shorter).into_iter().flatten() {
            let parts = &people.parts[*place as usize];
            let mut names = parts.given.iter().chain(&parts.family);
            let near =
                names.any(|name| name.chars().count() >= SHORTEST_MISSPELLED && sound::is_near(name, &word.folded));
            found.extend((near && !found.contains(place)).then_some(*place));
        }
    }
    let fits = !found.is_empty() && (!small || is_met(page, at, at));
    fits.then_some(Match {
        first: at,
        last: at,
        people: found,
        by: By::Misspelled,
    })
}
