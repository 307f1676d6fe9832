//! What marks a case for discussion, on days: told from its facts once, whatever the period that is looked at, so that it can be kept beside them.

use jiff::civil::Date;

use super::Why;
use crate::case::vocabulary::{Ending, Satisfaction};
use crate::procedure::InFigures;
use crate::review::facts::{CaseFacts, Happened, Moment, Promptness, Timing};
use crate::review::figure::Reckoning;

/// One reason to discuss a case. Every reason but [`Why::Overdue`] is something that happened on a day and counts in a period that holds the
/// day; a case is overdue from a day until another, and counts where the period ends between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Why.
    pub why: Why,
    /// The day on which it happened, or since which it stands so.
    pub on: Date,
    /// It counts once this day is over; nothing where it counts at once.
    pub once: Option<Date>,
    /// The first day on which it no longer stood so; nothing while it does.
    pub until: Option<Date>,
}

impl Mark {
    fn of(why: Why, on: Date) -> Mark {
        Mark {
            why,
            on,
            once: None,
            until: None,
        }
    }

    /// Whether it counts in a period, seen on a day.
    pub fn counts(&self, at: &Reckoning<'_>) -> bool {
        let in_it = match self.why {
            Why::Overdue => self.on <= at.period.last && self.until.is_none_or(|until| until > at.period.last),
            _ => at.period.holds(self.on),
        };
        in_it && self.once.is_none_or(|once| once <= at.settled_on)
    }
}

/// Why a case with these marks is discussed, in the order of the list; nothing where no rule says so. One update that was missed is no reason,
/// two are.
pub fn reasons(marks: &[Mark], at: &Reckoning<'_>) -> Vec<Why> {
    let counted = |why| marks.iter().filter(|mark| mark.why == why && mark.counts(at)).count();
    let holds = |why: &Why| match why {
        Why::Silent => counted(*why) >= TWO,
        why => counted(*why) > 0,
    };
    if marks.is_empty() {
        return Vec::new();
    }
    Why::ALL.iter().copied().filter(holds).collect()
}

/// So many missed updates are a silence.
const TWO: usize = 2;

/// Everything for which a case may ever be discussed, as it is on record now. What is left out of the figures is discussed for that alone.
pub fn marks(facts: &CaseFacts) -> Vec<Mark> {
    let closed = || facts.spells.iter().filter_map(|spell| spell.closed_on);
    if facts.counted == InFigures::LeftOut {
        return closed().map(|on| Mark::of(Why::LeftOut, on)).collect();
    }
    let mut marks = Vec::new();
    for stay in &facts.stays {
        let Some(told_on) = stay.told_on else { continue };
        if stay.timing == Some(Timing::Late) {
            marks.push(Mark::of(Why::Late, told_on));
        }
        if stay.satisfaction == Some(Satisfaction::No) {
            marks.push(Mark::of(Why::Dissatisfied, told_on));
        }
    }
    let again = facts.spells.iter().skip(1);
    marks.extend(again.map(|spell| Mark::of(Why::Reopened, spell.opened_on)));
    marks.extend(facts.moments.iter().filter_map(of_moment));
    for (why, holds) in [
        (Why::HighRisk, facts.high_risk),
        (Why::Vip, facts.vip),
        (Why::Unreached, facts.letters_lost > 0),
    ] {
        let days = std::iter::once(facts.received_on).chain(closed());
        marks.extend(days.filter(|_| holds).map(|on| Mark::of(why, on)));
    }
    if facts.service.is_none() {
        let decided = facts
            .spells
            .iter()
            .filter(|spell| spell.ending == Some(Ending::Decided));
        marks.extend(
            decided
                .filter_map(|spell| spell.closed_on)
                .map(|on| Mark::of(Why::NoCategory, on)),
        );
    }
    marks.extend(silences(&facts.moments));
    marks.extend(overdue(facts));
    marks
}

fn of_moment(moment: &Moment) -> Option<Mark> {
    let why = match moment.what {
        Happened::Asked => Why::AskedForMore,
        Happened::Refused => Why::Refused,
        Happened::Extended => Why::Extended,
        _ => return None,
    };
    Some(Mark::of(why, moment.on))
}

/// The updates that were missed, or will have been once their day is over, where there are enough of them.
fn silences(moments: &[Moment]) -> Vec<Mark> {
    let owed = moments.iter().filter(|moment| moment.what == Happened::UpdateOwed);
    let missed = owed.filter_map(|moment| match moment.promptness {
        Some(Promptness::Missed) => Some(Mark::of(Why::Silent, moment.on)),
        Some(Promptness::Waiting) => Some(Mark {
            once: Some(moment.on),
            ..Mark::of(Why::Silent, moment.on)
        }),
        _ => None,
    });
    let missed: Vec<Mark> = missed.collect();
    if missed.len() < TWO { Vec::new() } else { missed }
}

/// The times at which the case stood with a date that can pass, as far as a day can end between.
fn overdue(facts: &CaseFacts) -> Vec<Mark> {
    let turns = facts.turns();
    let mut marks: Vec<Mark> = Vec::new();
    for (at, since) in turns.iter().enumerate() {
        let until = turns.get(at + 1).copied();
        let Some(due_on) = facts.due_after(*since) else {
            continue;
        };
        match marks.last_mut() {
            Some(last) if last.until == Some(*since) && last.once == Some(due_on) => last.until = until,
            _ => marks.push(Mark {
                why: Why::Overdue,
                on: *since,
                once: Some(due_on),
                until,
            }),
        }
    }
    // A day on which it stood so must have been able to end with the date passed.
    marks.retain(|mark| mark.until.is_none_or(|until| mark.once.is_none_or(|once| once < until)));
    marks
}
