//! The follow-on actions in the review of a month: all are counted, and as many are read as a meeting looks at.

use jiff::civil::Date;
use rules::follow_on::Status;
use rules::follow_on::carried::{Carried, SeenFrom, is_overdue, order};
use rules::review::Reader;
use storage::Tx;
use storage::follow_on::{self, ActionDays, ActionRow};

use super::kept_back::KeptBack;
use super::register::Registered;
use crate::ActError;

/// So many of each list are shown; the register has the rest.
const SHOWN: usize = 50;

/// Actions of one kind, as far as a review shows them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    /// Those that are shown, in the order of the register.
    pub shown: Vec<Registered>,
    /// How many there are in all.
    pub in_all: usize,
}

/// The actions in the review of a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedForward {
    /// To be agreed, late, or due soon.
    pub soon: Listed,
    /// Due after [`CarriedForward::ahead`].
    pub later: Listed,
    /// Done or dropped since the month began.
    pub ended: Listed,
    /// The last day that the review looks ahead to.
    pub ahead: Date,
    /// How many recommendations wait for a yes today.
    pub proposals: usize,
    /// How many actions are overdue today.
    pub late: usize,
}

impl CarriedForward {
    /// Every action that is shown.
    pub fn shown(&self) -> impl Iterator<Item = &Registered> {
        [&self.soon, &self.later, &self.ended]
            .into_iter()
            .flat_map(|listed| &listed.shown)
    }
}

/// What a review shows of the actions, while their words are still sealed.
pub(super) struct Chosen {
    soon: (Vec<ActionRow>, usize),
    later: (Vec<ActionRow>, usize),
    ended: (Vec<ActionRow>, usize),
    ahead: Date,
    proposals: usize,
    late: usize,
}

/// Chooses from the days of all actions that are not kept back, and reads what is shown.
pub(super) async fn choose(
    tx: &mut Tx<'_>,
    days: &[ActionDays],
    kept_back: &KeptBack,
    (review, today): (SeenFrom, Date),
) -> Result<Chosen, ActError> {
    let mut known: Vec<&ActionDays> = days
        .iter()
        .filter(|action| !kept_back.holds_action(&action.id))
        .collect();
    known.sort_by_cached_key(|action| order(&action.id, action.status, &action.facts));
    let (mut soon, mut later, mut ended) = (Vec::new(), Vec::new(), Vec::new());
    // What is to be agreed comes first, so that no number of late actions pushes it off the page.
    let mut to_agree = Vec::new();
    for action in &known {
        match review.carries(&action.id, action.status, &action.facts) {
            Some(Carried::ToAgree) => to_agree.push(*action),
            Some(Carried::Soon) => soon.push(*action),
            Some(Carried::Later) => later.push(*action),
            Some(Carried::Ended) => ended.push(*action),
            None => {}
        }
    }
    let agreed_first = to_agree.len();
    to_agree.append(&mut soon);
    Ok(Chosen {
        soon: read(tx, &to_agree, agreed_first.max(SHOWN)).await?,
        later: read(tx, &later, SHOWN).await?,
        ended: read(tx, &ended, SHOWN).await?,
        ahead: review.ahead(),
        proposals: known.iter().filter(|action| action.status == Status::Proposed).count(),
        late: known
            .iter()
            .filter(|action| is_overdue(action.status, &action.facts, today))
            .count(),
    })
}

async fn read(tx: &mut Tx<'_>, all: &[&ActionDays], most: usize) -> Result<(Vec<ActionRow>, usize), ActError> {
    let ids: Vec<_> = all.iter().take(most).map(|action| action.id.clone()).collect();
    Ok((follow_on::these(tx, &ids).await?, all.len()))
}

impl Chosen {
    /// What this reader reads of it.
    pub(super) fn for_reader(self, reader: Reader, kept_back: &KeptBack) -> Result<CarriedForward, ActError> {
        let listed = |(rows, in_all): (Vec<ActionRow>, usize)| {
            let shown = rows.into_iter().map(|row| Registered::of(row, reader, kept_back));
            Ok::<_, ActError>(Listed {
                shown: shown.collect::<Result<_, _>>()?,
                in_all,
            })
        };
        Ok(CarriedForward {
            soon: listed(self.soon)?,
            later: listed(self.later)?,
            ended: listed(self.ended)?,
            ahead: self.ahead,
            proposals: self.proposals,
            late: self.late,
        })
    }
}
