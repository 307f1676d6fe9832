//! Cases to discuss: picked by stated rules, so that nobody chooses what is looked at, and a few ordinary ones by lot (R80, R42).

mod marks;

pub use marks::{Mark, marks, reasons};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::facts::CaseFacts;
use super::figure::Reckoning;
use super::period::Period;
use crate::case::Reference;
use crate::case::vocabulary::FeedbackKind;
use crate::coded::coded;

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

/// A case that may be discussed in a period, with what picks it and nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Which.
    pub reference: Reference,
    /// What it is.
    pub kind: FeedbackKind,
    /// About a member of staff: never listed (R36).
    pub restricted: bool,
    /// Whether it was received in the period, or closed in it.
    pub came_or_went: bool,
    /// The rules that pick it in the period.
    pub reasons: Vec<Why>,
}

impl Candidate {
    /// What a case is in a period.
    pub fn of(facts: &CaseFacts, at: &Reckoning<'_>) -> Candidate {
        Candidate {
            reference: facts.reference.clone(),
            kind: facts.kind,
            restricted: facts.restricted,
            came_or_went: came_or_went(facts, &at.period),
            reasons: reasons(&marks(facts), at),
        }
    }
}

/// The complaints of a period that are to be discussed: all for which a rule says so, and by lot one in twenty of the other complaints that were
/// received or closed in it, at least two. The seed decides the lot; it is drawn when the review begins, so that nobody could know it before.
/// What is about a member of staff is never listed (R36). Ordered by the first reason, then by reference.
pub fn picks(all: impl IntoIterator<Item = Candidate>, seed: &[u8]) -> Vec<Pick> {
    let listed = all
        .into_iter()
        .filter(|candidate| candidate.kind == FeedbackKind::Complaint && !candidate.restricted);
    let mut picked = Vec::new();
    let mut rest: Vec<([u8; 32], Reference)> = Vec::new();
    for candidate in listed {
        let Candidate { reference, reasons, .. } = candidate;
        if !reasons.is_empty() {
            picked.push(Pick { reference, reasons });
        } else if candidate.came_or_went {
            rest.push((lot(seed, &reference), reference));
        }
    }
    rest.sort();
    let drawn = rest.len().div_ceil(ONE_IN).max(AT_LEAST);
    picked.extend(rest.into_iter().take(drawn).map(|(_, reference)| Pick {
        reference,
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

fn came_or_went(facts: &CaseFacts, period: &Period) -> bool {
    period.holds(facts.received_on) || facts.spells.iter().any(|spell| period.holds_any(spell.closed_on))
}
