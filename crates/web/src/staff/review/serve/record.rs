//! What is on record about a review, in words: begun, frozen, held, corrected.

use casework::evidence::PublishedCheckpoint;
use casework::review::ReviewFile;
use rules::people::Act;
use rules::review::ledger::Restated;
use rules::review::{Progress, Review};

use super::super::month::{Correction, MonthCheckpoint, Record};
use super::names::Names;
use crate::page::words::{count, date_long};
use crate::public;
use crate::staff::desk::{Seat, form};
use crate::staff::parts::facts::Fact;
use crate::staff::parts::form::FormState;
use crate::staff::parts::link::Link;

/// What is on record; the form of a correction as it came back, if it did.
pub(super) fn record(seat: &Seat, file: &ReviewFile, restate: Option<FormState>) -> Record {
    let Some(review) = &file.review else {
        return Record::default();
    };
    let names = Names(&file.in_force);
    let may_restate = seat.may(Act::HoldReviews) && !file.changed.is_empty();
    Record {
        facts: facts(seat, review),
        checkpoint: file.checkpoint.as_ref().map(printed),
        hash: review.frozen.as_ref().map(|(frozen, _)| frozen.sha256.clone()),
        corrections: review
            .corrections
            .iter()
            .map(|(correction, at)| Correction {
                words: format!("{}: {}", seat.wall().full(*at), correction.reason),
                changes: changes(&correction.changes, &names),
            })
            .collect(),
        changed: changes(&file.changed, &names),
        restate: may_restate.then(|| restate.unwrap_or_else(form::fresh)),
    }
}

fn printed(checkpoint: &PublishedCheckpoint) -> MonthCheckpoint {
    MonthCheckpoint {
        words: format!(
            "At the end of {} the log had {}.",
            checkpoint.month.words(),
            count(checkpoint.entries, "entry", "entries")
        ),
        note: checkpoint.note.clone(),
        published: Link::new(
            "All published checkpoints and the public key",
            public::paths::CHECKPOINTS,
        ),
    }
}

fn facts(seat: &Seat, review: &Review) -> Vec<Fact> {
    let wall = seat.wall();
    let mut facts = vec![Fact::new("Begun", &wall.full(review.opened_at))];
    if let Some((_, at)) = &review.frozen {
        facts.push(Fact::new("Figures frozen", &wall.full(*at)));
    }
    if let Some(held) = &review.held {
        facts.push(Fact::new("Held", &date_long(held.on)));
        let staff = held.present.iter().map(|who| seat.door.office().name_of(*who));
        let others = Some(held.others.clone()).filter(|others| !others.is_empty());
        let present: Vec<String> = staff.chain(others).collect();
        facts.push(Fact::new("Present", &present.join(", ")));
    }
    if let Some((at, words)) = &review.finished {
        facts.push(Fact::new("Finished", &wall.full(*at)));
        if !words.is_empty() {
            facts.push(Fact::new("Taken into the next", words));
        }
    }
    if review.progress() == Progress::Open && review.frozen.is_none() {
        facts.push(Fact::new("Figures", "Follow the cases until they are frozen"));
    }
    facts
}

fn changes(changes: &[Restated], names: &Names<'_>) -> Vec<(String, u32, u32)> {
    let words = |change: &Restated| (names.cell(&change.cell), change.was, change.is);
    changes.iter().map(words).collect()
}
