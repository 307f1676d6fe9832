//! The review of one month, whole: for its page. Whoever may not see cases is given figures and actions and nothing of a case (R81).

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::SignedDuration;
use jiff::civil::Date;
use rules::case::Reference;
use rules::case::change::permit;
use rules::follow_on::carried::SeenFrom;
use rules::people::{Act, Person};
use rules::procedure::ClusterRule;
use rules::review::ledger::Restated;
use rules::review::{
    CaseFacts, Cell, Cluster, Ledger, Month, MonthArrivals, MonthDecisions, Pack, Period, Pick, Reader, Reckoning,
    Review,
};
use storage::{Tx, cases, facts};

use super::carried::{CarriedForward, Chosen, choose};
use super::figures::{Counted, count, count_only, pack, reckoning};
use super::kept_back::KeptBack;
use super::months::{due_on, noticed};
use super::streams;
use crate::derive::Card;
use crate::evidence::{PublishedCheckpoint, published_for};
use crate::in_force::InForce;
use crate::{ActError, Office};

/// The review of a month.
#[derive(Debug, Clone)]
pub struct ReviewFile {
    /// The month.
    pub month: Month,
    /// The review; none while the month runs.
    pub review: Option<Review>,
    /// The day by which it is to be held.
    pub due_on: Option<Date>,
    /// The pack: as it was frozen, or as it is now.
    pub pack: Pack,
    /// The figures as they are now.
    pub live: Ledger,
    /// Numbers that differ from those that were stated last; empty while nothing is frozen.
    pub changed: Vec<Restated>,
    /// Facts of the cases that touch the month, as many as the look asked for; empty for a reader who may not see cases.
    pub facts: Vec<CaseFacts>,
    /// The complaints of the month that nobody has categorised, without those about a member of staff.
    pub not_categorised: Vec<Reference>,
    /// Which of the cases to discuss are looked at.
    pub discussed: Range<usize>,
    /// A line for each of these; empty for a reader who may not see cases.
    pub titles: BTreeMap<Reference, String>,
    /// Potential problems that were noticed in the month (R5).
    pub notices: Vec<Cluster>,
    /// What arrived in the month and the 12 before.
    pub arrivals: Vec<MonthArrivals>,
    /// What was decided in them.
    pub decisions: Vec<MonthDecisions>,
    /// Follow-on actions, without what was promised in cases that are about a member of staff: that stands in the register itself, for those
    /// who may see them.
    pub actions: CarriedForward,
    /// The last checkpoint of the log that was signed in the month, once it is over: whoever keeps the pack can show a later change by it (R89).
    pub checkpoint: Option<PublishedCheckpoint>,
    /// How this reader reads.
    pub reader: Reader,
    /// The day of reading.
    pub today: Date,
    /// The procedure in force.
    pub in_force: Arc<InForce>,
}

/// So many cases are discussed on a page.
pub const DISCUSSED: usize = 50;

/// What is looked at besides the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// Every case.
    Every,
    /// A page of the cases to discuss, counted from 1.
    Page(usize),
    /// The same with every case at hand, to tell which are behind a figure.
    PageAndFacts(usize),
}

impl Look {
    fn discussed(self, all: usize) -> Range<usize> {
        let (Look::Page(page) | Look::PageAndFacts(page)) = self else {
            return 0..all;
        };
        let first = page.saturating_sub(1).saturating_mul(DISCUSSED).min(all);
        first..(first + DISCUSSED).min(all)
    }
}

impl ReviewFile {
    /// What the figures are reckoned with.
    pub fn reckoning(&self) -> Reckoning<'_> {
        reckoning(self.today, self.month.period(), &self.in_force.calendar)
    }

    /// The figures that are shown: as they were stated last, or as they are now.
    pub fn figures(&self) -> &Ledger {
        let stated = self.review.as_ref().and_then(Review::stated);
        stated.unwrap_or(&self.live)
    }

    /// The cases behind a number, as they are now, without those about a member of staff; and how many of these there are.
    pub fn behind(&self, cell: &Cell) -> (Vec<&CaseFacts>, usize) {
        let at = self.reckoning();
        let behind = self
            .facts
            .iter()
            .filter(|facts| rules::review::behind(facts, &at, cell));
        let (hidden, shown): (Vec<&CaseFacts>, Vec<&CaseFacts>) = behind.partition(|facts| facts.restricted);
        (shown, hidden.len())
    }
}

/// What one look at the store finds.
struct Found {
    review: Option<Review>,
    counted: Counted,
    pack: Pack,
    not_categorised: Vec<Reference>,
    discussed: Range<usize>,
    titles: BTreeMap<Reference, String>,
    arrivals: Vec<MonthArrivals>,
    decisions: Vec<MonthDecisions>,
    notices: Vec<Cluster>,
    actions: (Chosen, KeptBack),
}

/// The review of a month; the running month can be looked at before its review begins.
///
/// # Errors
/// When the person may not read reviews; [`ActError::NotFound`] for a month to come, or one before the first case.
pub async fn review(office: &Office, (month, looked_at): (Month, Look), by: &Person) -> Result<ReviewFile, ActError> {
    permit(by, Act::SeeReviews)?;
    let in_force = office.active();
    let today = in_force.setting(office.now()).today();
    if month > Month::of(today) {
        return Err(ActError::NotFound);
    }
    let (reader, inside, who) = (Reader::of(by), in_force.clone(), by.clone());
    let look = office
        .store
        .read(move |tx| Box::pin(async move { find(tx, (month, looked_at), (today, &inside), &who).await }));
    let found = look.await?;
    let checkpoint = published_for(office, month).await?;
    let (chosen, kept_back) = found.actions;
    let stated = found.review.as_ref().and_then(Review::stated);
    let changed = stated.map_or_else(Vec::new, |stated| stated.restated(&found.counted.ledger));
    Ok(ReviewFile {
        month,
        due_on: due_on(month, &in_force),
        pack: found.pack,
        live: found.counted.ledger,
        changed,
        facts: found.counted.facts,
        not_categorised: found.not_categorised,
        discussed: found.discussed,
        titles: found.titles,
        notices: found
            .notices
            .into_iter()
            .map(|notice| for_reader(notice, reader))
            .collect(),
        arrivals: found.arrivals,
        decisions: found.decisions,
        actions: chosen.for_reader(reader, &kept_back)?,
        review: found.review.map(|review| without_cases(review, reader)),
        checkpoint,
        reader,
        today,
        in_force,
    })
}

async fn find(
    tx: &mut Tx<'_>,
    (month, looked_at): (Month, Look),
    (today, in_force): (Date, &InForce),
    who: &Person,
) -> Result<Found, ActError> {
    let first = facts::first_month(tx).await?;
    if first.is_none_or(|first| month < first) && month != Month::of(today) {
        return Err(ActError::NotFound);
    }
    let at = reckoning(today, month.period(), &in_force.calendar);
    let mut review = streams::review(tx, month).await?;
    let held = review.as_ref().and_then(|review| review.held.as_ref());
    let seen_from = SeenFrom {
        month,
        as_of: held.map_or(today, |held| held.on),
    };
    let until = seen_from.as_of.max(month.period().last);
    let seed = review.as_ref().map_or("", |review| review.seed.as_str());
    let frozen = review.as_ref().and_then(|review| review.frozen.as_ref());
    let mut counted = match looked_at {
        Look::Page(_) => count_only(tx, &at, until).await?,
        Look::Every | Look::PageAndFacts(_) => count(tx, &at, until).await?,
    };
    let mut pack = match frozen {
        // Who was in the month is on record.
        Some((frozen, _)) => frozen.pack.clone(),
        None => pack(tx, &counted.ledger, &at, (seed, today)).await?,
    };
    let unlisted = KeptBack::from_every_list(tx, who).await?;
    unlisted.out_of_pack(&mut pack);
    let actions = choose(tx, &counted.actions, &unlisted, (seen_from, today)).await?;
    // Whoever may not see a case sees no note on it; few notes are about restricted cases.
    if let Some(review) = review.as_mut().filter(|review| unlisted.is_noted(review)) {
        KeptBack::from(tx, who).await?.out_of_notes(review);
    }
    let discussed = match Reader::of(who) {
        Reader::Entitled => looked_at.discussed(pack.discuss.len()),
        Reader::NotEntitled => {
            counted.facts.clear();
            (pack.discuss, pack.listed) = (Vec::new(), Vec::new());
            0..0
        }
    };
    let picks = &pack.discuss[discussed.clone()];
    if counted.facts.is_empty() {
        counted.facts = facts_of(tx, picks).await?;
    }
    let not_categorised = match Reader::of(who) {
        Reader::Entitled => facts::not_categorised(tx, month.period()).await?,
        Reader::NotEntitled => Vec::new(),
    };
    let year = Period {
        first: month.earlier(12).period().first,
        last: month.period().last,
    };
    Ok(Found {
        review,
        counted,
        not_categorised,
        discussed,
        titles: titles(tx, picks).await?,
        arrivals: facts::arrivals_by_month(tx, &year.months()).await?,
        decisions: facts::decisions_by_month(tx, &year.months()).await?,
        notices: notices(tx, month, in_force.procedure.reporting.cluster).await?,
        pack,
        actions: (actions, unlisted),
    })
}

/// Potential problems that were noticed in a month.
async fn notices(tx: &mut Tx<'_>, month: Month, rule: Option<ClusterRule>) -> Result<Vec<Cluster>, ActError> {
    let Some(rule) = rule else { return Ok(Vec::new()) };
    let raised = |notice: &Cluster| month.period().holds(notice.raised_on);
    Ok(noticed(tx, (around(month, rule), rule), raised).await?)
}

/// A line for each case that is discussed.
async fn titles(tx: &mut Tx<'_>, picks: &[Pick]) -> Result<BTreeMap<Reference, String>, ActError> {
    let mut titles = BTreeMap::new();
    for pick in picks {
        let title = title(tx, &pick.reference).await?;
        titles.extend(title.map(|title| (pick.reference.clone(), title)));
    }
    Ok(titles)
}

/// The facts of the cases that are discussed.
async fn facts_of(tx: &mut Tx<'_>, picks: &[Pick]) -> Result<Vec<CaseFacts>, ActError> {
    let mut numbers: Vec<i64> = picks.iter().map(|pick| pick.reference.number()).collect();
    numbers.sort_unstable();
    let mut all = Vec::with_capacity(numbers.len());
    for number in numbers {
        all.extend(facts::load(tx, &[number]).await?);
    }
    Ok(all)
}

/// The days in which a cluster that is noticed in a month may have begun or gone on.
fn around(month: Month, rule: ClusterRule) -> Period {
    let days = i64::from(rule.days) * 2;
    let period = month.period();
    let first = period.first.checked_sub(SignedDuration::from_hours(24 * days));
    Period {
        first: first.unwrap_or(period.first),
        last: period.last,
    }
}

async fn title(tx: &mut Tx<'_>, reference: &Reference) -> Result<Option<String>, ActError> {
    let row = cases::get(tx, &reference.to_string()).await?;
    let card = row.map(|row| row.card).filter(|card| !card.is_empty());
    let card: Option<Card> = card.map(|card| serde_json::from_slice(&card)).transpose()?;
    Ok(card.map(|card| card.title))
}

/// A notice as somebody reads it: which cases stand behind it is for those who may see cases.
pub(super) fn for_reader(notice: Cluster, reader: Reader) -> Cluster {
    match reader {
        Reader::Entitled => notice,
        Reader::NotEntitled => Cluster {
            references: Vec::new(),
            ..notice
        },
    }
}

/// Notes on cases are for those who may see cases; the minutes are for every reader.
fn without_cases(review: Review, reader: Reader) -> Review {
    match reader {
        Reader::Entitled => review,
        Reader::NotEntitled => Review {
            notes: review.notes.into_iter().filter(|note| note.about.is_none()).collect(),
            ..review
        },
    }
}
