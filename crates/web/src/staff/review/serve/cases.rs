//! The cases of a month in words: to discuss, behind a figure, and all of them. Only for readers who may see cases.

use casework::review::ReviewFile;
use rules::case::Reference;
use rules::review::facts::{CaseFacts, Stay, Timing};
use rules::review::{Cell, Pick, Reader};

use super::super::month::{Behind, Cases, Discussed, Row, Said};
use super::names::Names;
use crate::page::words::count;
use crate::staff::desk::{Seat, Wall};
use crate::staff::parts::link::Link;
use crate::staff::parts::tag::{Tag, Tone};
use crate::staff::paths;
use rules::sentence::capital;

/// The cases of a month; nothing for a reader who may not see cases.
pub(super) fn cases(
    seat: &Seat,
    file: &ReviewFile,
    (behind_cell, pages): (Option<&Cell>, Pages),
    holds: Holds,
) -> Option<Cases> {
    if file.reader == Reader::NotEntitled {
        return None;
    }
    let (pack, wall) = (&file.pack, seat.wall());
    let code = file.month.to_string();
    let listed = pages.listed.max(1);
    let first = (listed - 1).saturating_mul(LISTED).min(pack.listed.len());
    let after = (first + LISTED).min(pack.listed.len());
    let next = |name: &str, page: usize, words: &str| {
        let href = format!("{}?{name}={}#{name}", paths::review(&code), page + 1);
        Link::new(words, &href)
    };
    Some(Cases {
        picked: match pack.discuss.len() {
            0 => String::new(),
            n => format!("{n} of {}, picked by rule or drawn by lot", pack.listed.len()),
        },
        discuss: pack.discuss[file.discussed.clone()]
            .iter()
            .map(|pick| discussed(seat, file, pick, holds))
            .collect(),
        more_to_discuss: (file.discussed.end < pack.discuss.len())
            .then(|| next("discuss", pages.discuss.max(1), "More cases to discuss")),
        behind: behind_cell.map(|cell| behind(file, cell, &wall)),
        listed_words: listed_words(file),
        listed: pack.listed[first..after].iter().map(link).collect(),
        more_listed: (after < pack.listed.len()).then(|| next("listed", listed, "More cases of this month")),
        not_categorised: file.not_categorised.iter().take(LISTED).map(link).collect(),
        more_not_categorised: file.not_categorised.len().saturating_sub(LISTED),
    })
}

/// So many references stand on a page.
const LISTED: usize = 200;

/// Which pages of the lists of a month are looked at, counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Pages {
    /// Of the cases to discuss.
    pub(super) discuss: usize,
    /// Of every case of the month.
    pub(super) listed: usize,
}

/// Whether the reader holds the review now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::staff) enum Holds {
    /// They do: they may add notes.
    Yes,
    /// They only read.
    No,
}

pub(in crate::staff) fn link(reference: &Reference) -> Link {
    let reference = reference.to_string();
    Link::new(&reference, &paths::case(&reference))
}

fn discussed(seat: &Seat, file: &ReviewFile, pick: &Pick, holds: Holds) -> Discussed {
    let facts = file.facts.iter().find(|facts| facts.reference == pick.reference);
    let last = facts.and_then(|facts| facts.stays.iter().rev().find(|stay| stay.told_on.is_some()));
    let notes = file.review.iter().flat_map(|review| &review.notes);
    Discussed {
        case: link(&pick.reference),
        title: file.titles.get(&pick.reference).cloned().unwrap_or_default(),
        why: pick.reasons.iter().map(|why| why.words().to_owned()).collect(),
        outcome: last
            .and_then(|stay| stay.outcome)
            .map(|outcome| Tag::new(&capital(outcome.words()), Tone::Brand)),
        notes: notes
            .filter(|note| note.about.as_ref() == Some(&pick.reference))
            .map(|note| said(seat, note))
            .collect(),
        add: (holds == Holds::Yes).then(|| {
            format!(
                "{}?note={}#note",
                paths::review(&file.month.to_string()),
                pick.reference
            )
        }),
    }
}

/// A note with who wrote it and when.
pub(super) fn said(seat: &Seat, note: &rules::review::state::Note) -> Said {
    let who = note
        .by
        .map_or_else(|| "The system".to_owned(), |by| seat.door.office().name_of(by));
    Said {
        words: note.words.clone(),
        by: format!("{who}. {}", seat.wall().when(note.at)),
    }
}

fn behind(file: &ReviewFile, cell: &Cell, wall: &Wall) -> Behind {
    let names = Names(&file.in_force);
    let (cases, hidden) = file.behind(cell);
    let mut words = Vec::new();
    if hidden > 0 {
        words.push(format!("{hidden} more about a member of staff: counted, not listed."));
    }
    let n = file.figures().get(cell.figure, &cell.group, &cell.item);
    if file.review.as_ref().is_some_and(|review| review.frozen.is_some()) {
        words.push("The figures are frozen; this list is of today.".to_owned());
    }
    if cases.is_empty() && hidden == 0 {
        words.push("No case is behind this number today.".to_owned());
    }
    Behind {
        title: format!("{}, {n}", names.cell(cell)),
        words,
        rows: cases.into_iter().map(|facts| row(facts, &names, wall)).collect(),
    }
}

fn row(facts: &CaseFacts, names: &Names<'_>, wall: &Wall) -> Row {
    let last = facts.stays.iter().rev().find(|stay| stay.told_on.is_some());
    Row {
        case: link(&facts.reference),
        about: names.both(facts.service.as_deref(), facts.problem.as_deref()),
        received: wall.day(facts.received_on),
        told: match (last, facts.stays.last()) {
            (Some(stay), _) => told(stay, wall),
            (None, Some(stay)) => format!("Stage {}, not told yet", stay.stage),
            (None, None) => "Not judged yet".to_owned(),
        },
    }
}

fn told(stay: &Stay, wall: &Wall) -> String {
    let on = stay.told_on.map_or_else(String::new, |on| wall.day_inside(on));
    let timing = stay.timing.map_or("", Timing::words);
    format!("Stage {}, told {on}, {timing}", stay.stage)
}

fn listed_words(file: &ReviewFile) -> String {
    let (pack, month) = (&file.pack, file.month.name());
    let listed = count(pack.listed.len() as u64, "case was", "cases were");
    let listed = match pack.listed.len() {
        0 => "No case was".to_owned(),
        _ => listed,
    };
    let confidential = match pack.confidential {
        0 => String::new(),
        1 => " 1 more is about a member of staff: counted, not listed.".to_owned(),
        n => format!(" {n} more are about members of staff: counted, not listed."),
    };
    format!("{listed} received, taken up again or closed in {month}.{confidential}")
}
