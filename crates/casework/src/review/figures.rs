//! Counting a period: facts are read a run at a time and added up, whatever the number of cases (R80).

use jiff::civil::Date;
use rules::clock::Calendar;
use rules::follow_on::{FollowOnFacts, add_to_ledger};
use rules::review::figure::entries;
use rules::review::{CaseFacts, Ledger, Pack, Period, Reckoning, picks};
use storage::follow_on::{self, ActionDays};
use storage::{Tx, facts};

use crate::ActError;
use crate::in_force::InForce;

/// The figures of any period: a month, a year, a range. A run of cases is held at a time, whatever the number of cases.
pub(super) async fn ledger_within(
    tx: &mut Tx<'_>,
    period: Period,
    (today, in_force): (Date, &InForce),
) -> Result<Ledger, ActError> {
    let at = reckoning(today, period, &in_force.calendar);
    let (ledger, _) = add_up(tx, &at, drop).await?;
    Ok(ledger)
}

/// A period counted, with the facts of its cases and the days of the actions still at hand: for the review of a month.
pub(super) struct Counted {
    pub(super) ledger: Ledger,
    pub(super) facts: Vec<CaseFacts>,
    pub(super) actions: Vec<ActionDays>,
}

pub(super) async fn count(tx: &mut Tx<'_>, at: &Reckoning<'_>) -> Result<Counted, ActError> {
    let mut facts = Vec::new();
    let (ledger, actions) = add_up(tx, at, |counted| facts.extend(counted)).await?;
    Ok(Counted { ledger, facts, actions })
}

/// Adds up what touches a period, and hands on each run of cases once it is counted.
async fn add_up(
    tx: &mut Tx<'_>,
    at: &Reckoning<'_>,
    mut hand_on: impl FnMut(Vec<CaseFacts>) + Send,
) -> Result<(Ledger, Vec<ActionDays>), ActError> {
    let mut ledger = Ledger::default();
    let numbers = facts::touching(tx, at.period).await?;
    for run in facts::runs(&numbers) {
        let facts = facts::load(tx, run).await?;
        for facts in &facts {
            ledger.add(entries(facts, at));
        }
        hand_on(facts);
    }
    let actions = follow_on::since(tx, at.period.first).await?;
    let days: Vec<FollowOnFacts> = actions.iter().map(|action| action.facts).collect();
    add_to_ledger(&days, at, &mut ledger);
    Ok((ledger, actions))
}

/// The pack of a period as it is today.
pub(super) fn pack(counted: &Counted, at: &Reckoning<'_>, seed: &str, today: Date) -> Pack {
    let listed: Vec<&CaseFacts> = counted.facts.iter().filter(|facts| belongs(facts, at.period)).collect();
    let confidential = listed.iter().filter(|facts| facts.restricted).count();
    Pack {
        made_on: today,
        figures: counted.ledger.clone(),
        discuss: picks(&counted.facts, at, seed.as_bytes()),
        listed: listed
            .into_iter()
            .filter(|facts| !facts.restricted)
            .map(|facts| facts.reference.clone())
            .collect(),
        confidential: u32::try_from(confidential).unwrap_or(u32::MAX),
    }
}

/// Whether a case stands in the list of a period: received, taken up again or closed in it (R80).
fn belongs(facts: &CaseFacts, period: Period) -> bool {
    let spells = facts.spells.iter();
    period.holds(facts.received_on)
        || spells
            .into_iter()
            .any(|spell| period.holds(spell.opened_on) || period.holds_any(spell.closed_on))
}

/// The reckoning of a period, seen on a day.
pub(super) fn reckoning(today: Date, period: Period, calendar: &Calendar) -> Reckoning<'_> {
    Reckoning::seen_on(today, period, calendar)
}
