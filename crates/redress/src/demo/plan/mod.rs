//! The plan of the year: who complains when, and what becomes of it; the same seed gives the same year.

mod front_line;
mod investigation;
mod person;
mod teller;

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::chance::Chance;
use super::days::Days;
use super::desk;
use super::people::{AMARA, CALLUM, JO};
use super::story::Story;
use super::texts::{Text, Texts};
use super::{DemoError, Span};

pub(super) use person::Caller;
pub(super) use teller::Teller;

const SEED: u64 = 10_482;
/// One in so many things that people tell us is thanks, an idea or a comment, in thousandths.
const NO_COMPLAINT: u32 = 150;
/// Texts that are tried before two open cases may tell the same one.
const TRIES: usize = 60;

/// Clerks, with how many of the complaints each takes.
pub(super) const CLERKS: &[(&str, u32)] = &[(AMARA, 40), (JO, 40), (CALLUM, 20)];
/// The desk at the end of the year is Amara's own: what chance leaves open goes to the others.
const CLERKS_BUT_AMARA: &[(&str, u32)] = &[(JO, 60), (CALLUM, 40)];

/// The stories of a span: those that chance tells, then those that stand on the desks at the end.
pub(super) fn stories(texts: &Texts, days: &Days, span: Span) -> Result<Vec<Story>, DemoError> {
    let until = span.until;
    let mut chance = Chance::seeded(SEED);
    let standing = desk::stories(texts, days, until, &mut chance)?;
    let mut taken: BTreeSet<String> = standing.iter().map(|story| story.text.clone()).collect();
    let mut complaints = Deck::shuffled(&texts.complaints, &mut chance);
    let mut others = Deck::shuffled(&texts.others, &mut chance);
    let mut stories = Vec::new();
    for day in receipts(days, span, &mut chance) {
        let mut own = chance.fork();
        let at = days.within(day, (7 * 60, 23 * 60 + 50), &mut own)?;
        if at > until {
            continue;
        }
        let deck = if own.permille(NO_COMPLAINT) {
            &mut others
        } else {
            &mut complaints
        };
        stories.push(untold(deck, &mut taken, until, |text, clerks| {
            Teller::new(texts, days, own.clone(), clerks).by_chance(text, at)
        })?);
    }
    stories.extend(standing);
    Ok(stories)
}

/// The next story that is over at the end, or that tells a text of its own: no two lines of a desk read alike.
fn untold(
    deck: &mut Deck<'_>,
    taken: &mut BTreeSet<String>,
    until: Timestamp,
    tell: impl Fn(&Text, &'static [(&'static str, u32)]) -> Result<Story, DemoError>,
) -> Result<Story, DemoError> {
    let mut tries = 0;
    loop {
        let text = deck.next();
        let story = tell(text, CLERKS)?;
        if !story.is_open_at(until) {
            return Ok(story);
        }
        let story = tell(text, CLERKS_BUT_AMARA)?;
        tries += 1;
        if taken.insert(story.text.clone()) || tries == TRIES {
            return Ok(story);
        }
    }
}

/// Texts in an order of their own, round and round: each comes again only when all others have come.
struct Deck<'a> {
    texts: Vec<&'a Text>,
    next: usize,
}

impl<'a> Deck<'a> {
    fn shuffled(texts: &'a [Text], chance: &mut Chance) -> Deck<'a> {
        let mut texts: Vec<&Text> = texts.iter().collect();
        chance.shuffle(&mut texts);
        Deck { texts, next: 0 }
    }

    fn next(&mut self) -> &'a Text {
        let text = self.texts[self.next % self.texts.len()];
        self.next += 1;
        text
    }
}

/// Days of receipt, by the weight of each day. The last day is left to the desk.
fn receipts(days: &Days, span: Span, chance: &mut Chance) -> Vec<Date> {
    let last = days.day(span.until);
    let first = days.day(span.begins());
    let weighted: Vec<(Date, u32)> = first
        .series(jiff::Span::new().days(1))
        .take_while(|day| *day < last)
        .map(|day| (day, days.weight(day)))
        .collect();
    let mut chosen: Vec<Date> = (0..span.cases).map(|_| *chance.weighted(&weighted)).collect();
    chosen.sort();
    chosen
}
