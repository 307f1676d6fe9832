//! The people known, made ready once so that a text is held against all of them at once.

use std::collections::HashMap;

use super::lexicon;
use super::sound;
use super::word::fold;

/// Somebody known: of staff, or from a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// What the caller calls them by; given back with what is found.
    pub key: String,
    /// The whole name, as "Dr Sarah O'Brien" or "O'Brien, Sarah".
    pub name: String,
    /// What they sign in with.
    pub username: Option<String>,
    /// Their address.
    pub email: Option<String>,
}

/// Names shorter than this are not searched for with a letter wrong.
pub(super) const SHORTEST_MISSPELLED: usize = 5;

/// The people known. Making it takes some microseconds for each of them.
#[derive(Debug, Default)]
pub struct People {
    /// In the order in which they came.
    pub(super) known: Vec<Known>,
    pub(super) parts: Vec<Parts>,
    /// By given name and its short forms.
    pub(super) given: HashMap<String, Vec<u32>>,
    /// By family name: the whole of it in one word, and its last part.
    pub(super) family: HashMap<String, Vec<u32>>,
    /// By what they sign in with.
    pub(super) login: HashMap<String, Vec<u32>>,
    /// By address, in small letters.
    pub(super) mail: HashMap<String, Vec<u32>>,
    /// By their initials.
    pub(super) initials: HashMap<String, Vec<u32>>,
    /// Names with one letter left out, for those that are misspelled.
    pub(super) near: HashMap<String, Vec<u32>>,
    /// By how given and family name sound.
    pub(super) sound: HashMap<(String, String), Vec<u32>>,
}

/// A name taken apart, in folded words.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub given: Vec<String>,
    pub family: Vec<String>,
}

impl People {
    /// Makes an index of the people known. Whoever has no name is found by username and address only.
    pub fn of(known: Vec<Known>) -> People {
        let mut people = People::default();
        for (place, person) in known.iter().enumerate() {
            people.add(u32::try_from(place).unwrap_or(u32::MAX), person);
        }
        people.known = known;
        people
    }

    /// How many are known.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether nobody is known.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// The keys of people by their places, each once.
    pub(super) fn keys(&self, places: &[u32]) -> Vec<String> {
        let mut keys: Vec<String> = Vec::with_capacity(places.len());
        for place in places {
            let key = self.known.get(*place as usize).map(|person| person.key.clone());
            keys.extend(key.filter(|key| !keys.contains(key)));
        }
        keys
    }

    fn add(&mut self, place: u32, person: &Known) {
        let parts = Parts::of(&person.name);
        for given in &parts.given {
            put(&mut self.given, given, place);
            self.add_near(given, place);
        }
        for family in &parts.family {
            put(&mut self.family, family, place);
            self.add_near(family, place);
        }
        if let (Some(given), Some(family)) = (parts.given.first(), parts.family.first()) {
            let sounds = (sound::code(given), sound::code(family));
            self.sound.entry(sounds).or_default().push(place);
            let initials: String = given.chars().take(1).chain(family.chars().take(1)).collect();
            put(&mut self.initials, &initials, place);
        }
        if let Some(login) = &person.username {
            put(&mut self.login, &login.trim().to_lowercase(), place);
        }
        if let Some(mail) = &person.email {
            put(&mut self.mail, &mail.trim().to_lowercase(), place);
        }
        self.parts.push(parts);
    }

    fn add_near(&mut self, name: &str, place: u32) {
        if name.chars().count() < SHORTEST_MISSPELLED {
            return;
        }
        put(&mut self.near, name, place);
        for shorter in one_left_out(name) {
            put(&mut self.near, &shorter, place);
        }
    }
}

/// Each word that a name becomes when one letter is left out.
pub(super) fn one_left_out(name: &str) -> impl Iterator<Item = String> + '_ {
    name.char_indices().map(|(place, letter)| {
        let mut shorter = String::with_capacity(name.len());
        shorter.push_str(&name[..place]);
        shorter.push_str(&name[place + letter.len_utf8()..]);
        shorter
    })
}

fn put(index: &mut HashMap<String, Vec<u32>>, word: &str, place: u32) {
    if word.is_empty() {
        return;
    }
    let places = index.entry(word.to_owned()).or_default();
    if places.last() != Some(&place) {
        places.push(place);
    }
}

/// What stands before a family name and belongs to it.
const PARTICLES: [&str; 22] = [
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "das", "du", "la", "le", "el", "al", "bin",
    "ibn", "ben", "mac", "mc", "o",
];

impl Parts {
    /// Takes a name apart: "Dr Anne-Marie van den Berg", "Smith, John".
    pub(super) fn of(name: &str) -> Parts {
        let (family_first, rest) = match name.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() => (Some(family), given),
            _ => (None, name),
        };
        let mut words = spaced(rest);
        while words.len() > 1 && lexicon::kinds(&fold(words[0])).any(lexicon::Kinds::TITLE) && !keeps(words[0]) {
            words.remove(0);
        }
        let family = match family_first {
            Some(family) => spaced(family).join(" "),
            None if words.len() > 1 => {
                let first = (1..words.len() - 1).find(|at| PARTICLES.contains(&fold(words[*at]).as_str()));
                words.split_off(first.unwrap_or(words.len() - 1)).join(" ")
            }
            None => String::new(),
        };
        Parts {
            given: given_forms(&words),
            family: family_forms(&family),
        }
    }
}

fn spaced(text: &str) -> Vec<&str> {
    text.split_whitespace().filter(|word| !fold(word).is_empty()).collect()
}

/// A word that is a title and a given name too.
fn keeps(word: &str) -> bool {
    lexicon::kinds(&fold(word)).any(lexicon::Kinds::GIVEN)
}

fn given_forms(words: &[&str]) -> Vec<String> {
    let Some(first) = words.first() else {
        return Vec::new();
    };
    let called = fold(first);
    let parts = first.split('-').map(fold).filter(|part| part.len() > 1);
    let all = (words.len() > 1).then(|| words.iter().map(|word| fold(word)).collect());
    let short = lexicon::nicknames(&called).iter().map(|short| (*short).to_owned());
    distinct(std::iter::once(called).chain(parts).chain(all).chain(short))
}

fn family_forms(family: &str) -> Vec<String> {
    let parts = family.split(['-', ' ']).map(fold);
    let parts = parts.filter(|part| part.len() > 2 && !PARTICLES.contains(&part.as_str()));
    let whole = Some(fold(family)).filter(|whole| !whole.is_empty());
    distinct(whole.into_iter().chain(parts))
}

/// Each once, in the order in which they come. A number is no name, nor is a letter: "Handler 7", "K.".
fn distinct(forms: impl Iterator<Item = String>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    let is_name = |form: &String| form.chars().filter(|letter| letter.is_alphabetic()).count() > 1;
    for form in forms.filter(is_name) {
        if !distinct.contains(&form) {
            distinct.push(form);
        }
    }
    distinct
}
