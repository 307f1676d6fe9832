//! The figures of the monthly pack, K1 to K20, each as what one case adds to it (model 3.7).
//!
//! The base of a row is said beside it: R for complaints received in the period, C for closings, D for decisions told, O for cases open
//! at its end. A case that closes twice counts twice among C, and one with two stages twice among D. What is left out of the figures (not a
//! complaint, logged in error, and what the procedure leaves out) counts nowhere but in the row that says how many were left out.

mod categories;
mod compliance;
mod decisions;
mod duration;
mod ending;
mod escalation;
mod extension;
mod flow;
mod open;
mod receipt;
mod updates;

pub use categories::{NOT_CATEGORISED, service_group};
pub use open::Standing;
pub(super) use open::at_the_end;

use jiff::civil::Date;

use super::facts::CaseFacts;
use super::ledger::{Book, Cell, Dated, Entry, Ledger};
use super::period::Period;
use crate::clock::Calendar;
use crate::coded::coded;

coded! {
    /// A figure of the pack. Its definition is on the function that counts it.
    pub enum Figure {
        /// R: feedback by kind; complaints by channel, complainant and stage of entry.
        Volume = "k1", "What reached us";
        /// Brought forward, received, taken up again, closed, carried forward.
        Flow = "k2", "From month to month";
        /// R: acknowledged within the target.
        Acknowledgement = "k3", "Acknowledgement";
        /// D at stage 1: told by the date.
        Stage1 = "k4", "Stage 1 on time";
        /// D at later stages: told by the date.
        Stage2 = "k5", "Stage 2 on time";
        /// D and C: working days that it took.
        Duration = "k6", "How long it took";
        /// C: settled early.
        Early = "k7", "Early resolution";
        /// D at stage 1, and requests for the next stage.
        Escalation = "k8", "Going on to stage 2";
        /// More time that was approved.
        Extension = "k9", "Extensions";
        /// D: what was decided.
        Outcome = "k10", "Outcomes";
        /// Updates that fell due.
        Update = "k11", "Updates on the way";
        /// R: service and problem.
        Category = "k12", "What it was about";
        /// C: why it happened and what was learnt.
        Learning = "k13", "Causes and learning";
        /// Follow-on actions and changes.
        Action = "k14", "Follow-on actions";
        /// D: what was offered.
        Remedy = "k15", "Remedies";
        /// O: how old, how late, with whom.
        Open = "k16", "Open at the end";
        /// R and D about a member of staff: counted, never listed.
        Confidential = "k17", "About members of staff";
        /// D: whether people were satisfied.
        Satisfaction = "k18", "Satisfaction";
        /// Compliments received and passed on.
        Praise = "k19", "Compliments";
        /// What must never be, counted.
        Compliance = "k20", "Compliance";
    }
}

/// What figures are reckoned with besides the facts.
#[derive(Debug, Clone, Copy)]
pub struct Reckoning<'a> {
    /// The days that they are about.
    pub period: Period,
    /// The last day that is over: a date up to it has passed. The last day of the period, or yesterday where that is earlier.
    pub settled_on: Date,
    /// The calendar in which the age of open cases is counted.
    pub calendar: &'a Calendar,
}

impl<'a> Reckoning<'a> {
    /// The reckoning of a period, seen on a day.
    pub fn seen_on(today: Date, period: Period, calendar: &'a Calendar) -> Reckoning<'a> {
        let yesterday = today.yesterday().unwrap_or(today);
        Reckoning {
            period,
            settled_on: period.last.min(yesterday),
            calendar,
        }
    }
}

/// Everything that one case adds to the figures of a period.
pub fn entries(facts: &CaseFacts, at: &Reckoning<'_>) -> Vec<Entry> {
    let in_it = dated(facts)
        .into_iter()
        .filter(|dated| at.period.holds(dated.on) && dated.holds.on(at.settled_on));
    let mut entries: Vec<Entry> = in_it.map(|dated| dated.entry).collect();
    if facts.is_counted_complaint() {
        flow::standing(facts, at.period, &mut entries);
    }
    if let Some(standing) = Standing::after(facts, at.period.last) {
        entries.extend(open::at_the_end(&standing, at));
    }
    entries
}

/// What one case adds on its days, whatever the period: all but what stands at either side of a period (K2) and at its end (K16).
pub(super) fn dated(facts: &CaseFacts) -> Vec<Dated> {
    let mut book = Book::default();
    receipt::volume(facts, &mut book.on(facts.received_on));
    receipt::praise(facts, &mut book);
    if facts.is_counted_complaint() {
        receipt::acknowledged(facts, &mut book);
        receipt::confidential(facts, &mut book.on(facts.received_on));
        categories::category(facts, &mut book);
        flow::flow(facts, &mut book);
        for stay in &facts.stays {
            let Some(told_on) = stay.told_on else { continue };
            let page = &mut book.on(told_on);
            decisions::told(facts, stay, page);
            duration::of_stage(stay, page);
            extension::of_decision(stay, page);
            compliance::of_decision(stay, page);
        }
        for spell in &facts.spells {
            let Some(closed_on) = spell.closed_on else { continue };
            let page = &mut book.on(closed_on);
            duration::of_whole(spell, page);
            ending::closed(spell, page);
            updates::silent(spell, page);
        }
        for moment in &facts.moments {
            escalation::request(moment, &mut book);
            extension::approved(moment, &mut book);
            decisions::offered(moment, &mut book);
            updates::due(moment, &mut book);
        }
        escalation::direct(facts, &mut book);
        compliance::of_case(facts, &mut book);
    }
    book.close()
}

/// The ledger of a period over all cases that touch it. What a case adds depends on nothing but itself, so that facts may come in any
/// order and a few at a time.
pub fn ledger_of<'f>(all: impl IntoIterator<Item = &'f CaseFacts>, at: &Reckoning<'_>) -> Ledger {
    let mut ledger = Ledger::default();
    for facts in all {
        ledger.add(entries(facts, at));
    }
    ledger
}

/// Whether a case is behind a number: each figure can be followed back to its cases.
pub fn behind(facts: &CaseFacts, at: &Reckoning<'_>, cell: &Cell) -> bool {
    entries(facts, at).iter().any(|entry| entry.adds_to(cell))
}

/// The group of a stage.
pub fn stage_group(stage: u8) -> &'static str {
    match stage {
        0 => "stage-0",
        1 => "stage-1",
        2 => "stage-2",
        3 => "stage-3",
        _ => "stage-later",
    }
}

/// The figure that times the decisions of a stage.
pub fn on_time_figure(stage: u8) -> Figure {
    if stage <= 1 { Figure::Stage1 } else { Figure::Stage2 }
}
