//! Cases to discuss: picked by stated rules, so that nobody chooses what is looked at, and a few ordinary ones by lot (R80, R42).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::facts::{CaseFacts, Happened, Promptness, Timing};
use super::figure::Reckoning;
use super::period::Period;
use crate::case::Reference;
use crate::case::vocabulary::{Ending, FeedbackKind, Satisfaction};
use crate::coded::coded;
use crate::procedure::InFigures;

coded! {
    /// Why a case is looked at.
    pub enum Why {
        /// Its decision was told in the period, after the date.
        Late = "late", "Decided late";
        /// It was open at the end with its date passed.
        Overdue = "overdue", "Open, and its date has passed";
        /// The complainant asked for the next stage in the period.
        AskedForMore = "asked", "Asked for stage 2";
        /// A request for the next stage was refused in the period (A20).
        Refused = "refused", "Stage 2 was refused";
        /// The complainant was not satisfied with a decision told in the period (R59).
        Dissatisfied = "dissatisfied", "Not satisfied with the decision";
        /// It was taken up again in the period (A40).
        Reopened = "reopened", "Taken up again";
        /// It was received or closed in the period and the risk is high (R54).
        HighRisk = "high_risk", "High risk";
        /// It was received or closed in the period and is from a VIP (R55).
        Vip = "vip", "VIP";
        /// More time was approved in the period (R64).
        Extended = "extended", "More time was taken";
        /// Two or more updates were missed in the period (R24).
        Silent = "silent", "Two or more updates missed";
        /// A letter never arrived (A8).
        Unreached = "unreached", "A letter never arrived";
        /// It was closed in the period and is left out of the figures: whether rightly is looked at (A24).
        LeftOut = "left_out", "Left out of the figures";
        /// It was closed in the period without a category (R60).
        NoCategory = "no_category", "Closed without a category";
        /// Drawn by lot from the rest, so that ordinary cases are read too.
        Sample = "sample", "Drawn by lot";
    }
}

/// A case to discuss.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pick {
    /// Which.
    pub reference: Reference,
    /// Why, in the order of the list.
    pub reasons: Vec<Why>,
}

/// One in so many of the rest is drawn.
const ONE_IN: usize = 20;
/// At least so many are drawn, where there are so many.
const AT_LEAST: usize = 2;

/// The complaints of a period that are to be discussed: all for which a rule says so, and by lot one in twenty of the other complaints that were
/// received or closed in it, at least two. The seed decides the lot; it is drawn when the review begins, so that nobody could know it before.
/// What is about a member of staff is never listed (R36). Ordered by the first reason, then by reference.
pub fn picks(all: &[CaseFacts], at: &Reckoning<'_>, seed: &[u8]) -> Vec<Pick> {
    let listed = all
        .iter()
        .filter(|facts| facts.kind == FeedbackKind::Complaint && !facts.restricted);
    let mut picked = Vec::new();
    let mut rest: Vec<([u8; 32], &Reference)> = Vec::new();
    for facts in listed {
        let reasons = reasons(facts, at);
        if !reasons.is_empty() {
            picked.push(Pick {
                reference: facts.reference.clone(),
                reasons,
            });
        } else if was_received_or_closed(facts, &at.period) {
            rest.push((lot(seed, &facts.reference), &facts.reference));
        }
    }
    rest.sort();
    let drawn = rest.len().div_ceil(ONE_IN).max(AT_LEAST);
    picked.extend(rest.into_iter().take(drawn).map(|(_, reference)| Pick {
        reference: reference.clone(),
        reasons: vec![Why::Sample],
    }));
    picked.sort_by(|a, b| (&a.reasons[0], &a.reference).cmp(&(&b.reasons[0], &b.reference)));
    picked
}

/// The lot of a case: nothing about the case itself weighs in it.
fn lot(seed: &[u8], reference: &Reference) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(seed);
    hash.update(reference.to_string().as_bytes());
    hash.finalize().into()
}

/// Why a case is discussed; nothing where no rule says so.
pub fn reasons(facts: &CaseFacts, at: &Reckoning<'_>) -> Vec<Why> {
    if facts.counted == InFigures::LeftOut {
        let closed = facts.spells.iter().any(|spell| at.period.holds_any(spell.closed_on));
        return closed.then_some(Why::LeftOut).into_iter().collect();
    }
    Why::ALL.iter().copied().filter(|why| holds(*why, facts, at)).collect()
}

fn holds(why: Why, facts: &CaseFacts, at: &Reckoning<'_>) -> bool {
    let period = &at.period;
    let told = || facts.stays.iter().filter(|stay| period.holds_any(stay.told_on));
    let happened = |what: Happened| {
        facts
            .moments
            .iter()
            .any(|moment| moment.what == what && period.holds(moment.on))
    };
    match why {
        Why::Late => told().any(|stay| stay.timing == Some(Timing::Late)),
        Why::Overdue => is_overdue(facts, period.last, at.settled_on),
        Why::AskedForMore => happened(Happened::Asked),
        Why::Refused => happened(Happened::Refused),
        Why::Dissatisfied => told().any(|stay| stay.satisfaction == Some(Satisfaction::No)),
        Why::Reopened => facts.spells.iter().skip(1).any(|spell| period.holds(spell.opened_on)),
        Why::HighRisk => facts.high_risk && was_received_or_closed(facts, period),
        Why::Vip => facts.vip && was_received_or_closed(facts, period),
        Why::Extended => happened(Happened::Extended),
        Why::Silent => missed_updates(facts, at) >= 2,
        Why::Unreached => facts.letters_lost > 0 && was_received_or_closed(facts, period),
        Why::NoCategory => facts.service.is_none() && closed_decided(facts, period),
        Why::LeftOut | Why::Sample => false,
    }
}

fn is_overdue(facts: &CaseFacts, end: Date, settled_on: Date) -> bool {
    if !facts.is_open_after(end) {
        return false;
    }
    let due_on = match facts.stay_on(end) {
        None => facts.untriaged_due_on,
        Some(stay) if stay.told_on.is_some_and(|told_on| told_on <= end) => None,
        Some(stay) => stay.last_day,
    };
    due_on.is_some_and(|due_on| due_on <= settled_on)
}

fn missed_updates(facts: &CaseFacts, at: &Reckoning<'_>) -> usize {
    let missed = facts.moments.iter().filter(|moment| {
        let missed = match moment.promptness {
            Some(Promptness::Missed) => true,
            Some(Promptness::Waiting) => moment.on <= at.settled_on,
            _ => false,
        };
        moment.what == Happened::UpdateOwed && missed && at.period.holds(moment.on)
    });
    missed.count()
}

fn was_received_or_closed(facts: &CaseFacts, period: &Period) -> bool {
    period.holds(facts.received_on) || facts.spells.iter().any(|spell| period.holds_any(spell.closed_on))
}

fn closed_decided(facts: &CaseFacts, period: &Period) -> bool {
    let decided = |ending| ending == Some(Ending::Decided);
    facts
        .spells
        .iter()
        .any(|spell| decided(spell.ending) && period.holds_any(spell.closed_on))
}
