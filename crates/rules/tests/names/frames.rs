//! Sentences that name somebody of a directory in every way in which people do; shared with the bench of the finder.

/// The ways in which somebody is named.
pub(super) const VARIANTS: [&str; 9] = [
    "full name",
    "small letters",
    "short form",
    "title",
    "initial",
    "one edit",
    "possessive",
    "username",
    "email",
];

/// Where a name stands in a complaint.
const FRAMES: [&str; 20] = [
    "I was spoken to very rudely by {} on the helpdesk.",
    "{} hung up on me.",
    "My complaint is about {}, who ignored three emails.",
    "On Monday I asked {} for help and got nowhere.",
    "{} refused to look at my laptop and told me to leave.",
    "I want to complain about {}.",
    "The printer is broken and {} said that nobody would come.",
    "When I rang, {} laughed at me.",
    "Yesterday {} closed my ticket without an answer.",
    "I have written to {} three times and heard nothing.",
    "Why does {} never reply?",
    "Nobody but {} was at the desk, and nothing was done.",
    "It was {} who lost my form.",
    "We waited an hour, then {} sent us away.",
    "Please tell {} to stop shouting at students.",
    "I spoke to {} on the phone and to her manager.",
    "my account was locked again and {} did not care",
    "Two people saw how {} treated me in the library.",
    "I trusted {} with my files, and they are gone.",
    "According to {} it is all my own fault.",
];

/// Frames for a name that somebody's doing follows with an apostrophe.
const POSSESSIVE: [&str; 5] = [
    "I was shocked by {} attitude.",
    "{} behaviour was not acceptable.",
    "This was {} decision and it was unfair.",
    "I do not trust {} judgement.",
    "Because of {} mistake I missed my exam.",
];

/// Somebody of the directory.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) name: String,
    pub(super) username: String,
    pub(super) email: String,
    pub(super) given: String,
    pub(super) family: String,
    pub(super) short: String,
}

/// The people of a directory whose first line names name, username, email, given, family, short.
pub(super) fn people(csv: &str) -> Vec<Person> {
    let row = |line: &str| {
        let mut fields = line.split(',').map(str::to_owned);
        let mut next = || fields.next().unwrap_or_default();
        Person {
            name: next(),
            username: next(),
            email: next(),
            given: next(),
            family: next(),
            short: next(),
        }
    };
    csv.lines().skip(1).filter(|line| !line.is_empty()).map(row).collect()
}

/// Sentences that name somebody in one way. Whoever has no short form has no sentences of that kind.
pub(super) fn sentences(person: &Person, variant: &str, seed: usize) -> Vec<String> {
    let frames: &[&str] = if variant == "possessive" { &POSSESSIVE } else { &FRAMES };
    let mut chance = Chance(seed as u64 * 7919 + 28);
    let many = frames
        .iter()
        .enumerate()
        .filter(|(at, _)| variant == "possessive" || at % 4 == seed % 4);
    let named = many.filter_map(|(_, frame)| {
        let name = written(person, variant, &mut chance)?;
        Some(frame.replace("{}", &name))
    });
    named.collect()
}

fn written(person: &Person, variant: &str, chance: &mut Chance) -> Option<String> {
    let title = ["Dr", "Mr", "Mrs", "Ms", "Prof."][chance.below(5)];
    Some(match variant {
        "full name" => person.name.clone(),
        "small letters" => person.name.to_lowercase(),
        "short form" if person.short.is_empty() => return None,
        "short form" => format!("{} {}", person.short, person.family),
        "title" => format!("{title} {}", person.family),
        "initial" => format!("{}. {}", person.given.chars().next()?, person.family),
        "one edit" => edited(person, chance),
        "possessive" => format!("{}'s", person.name),
        "username" => person.username.clone(),
        _ => person.email.clone(),
    })
}

/// One letter of given or family name is left out, doubled, another, or has changed places with the next.
fn edited(person: &Person, chance: &mut Chance) -> String {
    let in_family = chance.below(2) == 0 || person.given.chars().count() < 5;
    let mut letters: Vec<char> = if in_family {
        person.family.chars().collect()
    } else {
        person.given.chars().collect()
    };
    let at = 1 + chance.below(letters.len().saturating_sub(2).max(1));
    match chance.below(4) {
        0 => drop(letters.remove(at)),
        1 => letters.insert(at, letters[at]),
        2 => letters[at] = ['a', 'e', 'i', 'o', 'n', 's'][chance.below(6)],
        _ => {
            let next = (at + 1).min(letters.len() - 1);
            letters.swap(at, next);
        }
    }
    let part: String = letters.into_iter().collect();
    if in_family {
        format!("{} {part}", person.given)
    } else {
        format!("{part} {}", person.family)
    }
}

/// Chance from a seed: the same in every run.
#[derive(Debug)]
pub(super) struct Chance(pub(super) u64);

impl Chance {
    /// A number below `limit`.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % limit.max(1)
    }
}
