//! The procedure as the office publishes it: looked at before it holds, published once, in force by itself from its day on (R45, P22, P44).

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::{Date, Time};
use rules::case::Refused;
use rules::case::change::permit;
use rules::case::vocabulary::Channel;
use rules::clock::CalendarShelf;
use rules::office::OfficeEvent;
use rules::office::categories::{Place, TypedAxis, changed};
use rules::office::event::Published;
use rules::office::next_version::{
    Proposal, Since, in_force_on, keeps_categories, last_to_hold, number_after, publish_next,
};
use rules::office::publish::hash_of;
use rules::people::{Act, Person};
use rules::procedure::difference::{Difference, clock_words, differences};
use rules::procedure::rewrite::{NotRewritten, Rewrite};
use rules::procedure::simulate::{Happening, Path, Timeline, simulate};
use rules::procedure::{Facts, Invalid, StageId};

use crate::in_force::{Edition, InForce, read_procedure, shelf};
use crate::office_record::Beside;
use crate::people::OfficeHand;
use crate::{ActError, Office};

/// The largest procedure file that is taken, in bytes.
pub const LARGEST_BYTES: usize = 1024 * 1024;

/// Where a version stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// New cases begin under it.
    InForce,
    /// It comes into force on a day that is still to come.
    ToCome,
    /// Another took its place; cases that began under it keep it.
    Replaced,
}

/// The versions, the last published first, and where each stands today.
///
/// # Errors
/// When the person may not see the procedure.
pub fn versions(office: &Office, by: &Person) -> Result<Vec<(Edition, Standing)>, ActError> {
    permit(by, Act::SeeProcedure)?;
    let editions = office.editions();
    let (since, today) = (since(&editions), today(office));
    let active = in_force_on(&since, today);
    let standing = |place: usize, edition: &Edition| match place {
        place if Some(place) == active => Standing::InForce,
        _ if edition.since.holds_from() > today => Standing::ToCome,
        _ => Standing::Replaced,
    };
    let mut listed: Vec<(Edition, Standing)> = editions
        .into_iter()
        .enumerate()
        .map(|(place, edition)| {
            let standing = standing(place, &edition);
            (edition, standing)
        })
        .collect();
    listed.reverse();
    Ok(listed)
}

/// A version by its number, to be saved as a file.
///
/// # Errors
/// When the person may not see the procedure, or there is no such version.
pub fn version(office: &Office, version: &str, by: &Person) -> Result<Arc<InForce>, ActError> {
    permit(by, Act::SeeProcedure)?;
    let editions = office.editions();
    let found = editions.iter().find(|edition| edition.published.version == version);
    Ok(found.ok_or(ActError::NotFound)?.in_force.clone())
}

/// A procedure that may be published, and what it would change.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The version as it would be published: its text names the day that was asked for.
    pub next: Arc<InForce>,
    /// The version with which it is compared: the one that it would replace.
    pub before: Arc<InForce>,
    /// Everything that changes, in words about the procedure.
    pub differences: Vec<Difference>,
    /// The dates of a complaint that arrives on its first day, before and after.
    pub tried: Vec<TriedOut>,
    /// Another version that would hold from the same day, and would never come into force.
    pub instead_of: Option<String>,
    /// How many versions there are.
    pub seen: usize,
}

/// One date of a complaint that is tried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedOut {
    /// "Decision at stage 1".
    pub what: String,
    /// The day under the version before; none where it knows no such date.
    pub before: Option<Date>,
    /// The day under the new version.
    pub after: Option<Date>,
}

/// Reads a procedure and says what it would change. `from` is the day from which it is to hold, if it is another than its text says; where
/// that one has passed, it is today.
///
/// # Errors
/// When the person may not publish; [`ActError::Invalid`] with every fault of the text and its line; a refusal beside `text` or `valid_from`.
pub async fn look(office: &Office, text: &str, from: Option<Date>, by: &Person) -> Result<Looked, ActError> {
    permit(by, Act::PublishProcedure)?;
    let today = today(office);
    let mut next = read_next(office, text, from).await?;
    if from.is_none() && next.procedure.valid_from < today {
        next = read_next(office, text, Some(today)).await?;
    }
    let editions = office.editions();
    let known = published(&editions);
    let proposal = Proposal {
        version: edition_of(&next),
        seen: known.len(),
    };
    publish_next(&known, proposal, by, today)?;
    let day = next.procedure.valid_from;
    let place = in_force_on(&since(&editions), day).unwrap_or_default();
    let before = editions.get(place).ok_or(ActError::NotFound)?;
    let same_day = before.since.valid_from == day && before.since.holds_from() > today;
    Ok(Looked {
        differences: differences(&before.in_force.procedure, &next.procedure),
        tried: tried_out(&before.in_force, &next, day),
        instead_of: same_day.then(|| before.published.version.clone()),
        before: before.in_force.clone(),
        next: Arc::new(next),
        seen: editions.len(),
    })
}

/// Publishes a procedure. `seen` is how many versions there were when the person looked at what it changes.
///
/// # Errors
/// As for [`look`]; when somebody published meanwhile.
pub async fn publish(hand: OfficeHand<'_>, text: &str, from: Option<Date>, seen: usize) -> Result<Published, ActError> {
    permit(hand.by, Act::PublishProcedure)?;
    let next = read_next(hand.office, text, from).await?;
    let version = edition_of(&next);
    let id = hand.office.active().procedure.id.clone();
    let answer = version.clone();
    let (by, zone) = (hand.by.clone(), next.calendar.time_zone().clone());
    hand.act(None, Beside::Text(next.text))
        .told()
        .record(move |book, _| {
            let known: Vec<Published> = book
                .told
                .iter()
                .filter_map(|line| of_procedure(&line.event, &id))
                .collect();
            let today = zone.to_datetime(book.now).date();
            Ok(publish_next(
                &known,
                Proposal { version, seen },
                book.actor(&by)?,
                today,
            )?)
        })
        .await?;
    hand.office.read_published().await?;
    Ok(answer)
}

/// A version of the procedure with this id, where an event published one.
fn of_procedure(event: &OfficeEvent, id: &str) -> Option<Published> {
    match event {
        OfficeEvent::ProcedurePublished(published) if published.id == id => Some(published.clone()),
        _ => None,
    }
}

/// The version whose categories are edited: the last to come into force, so that a change is not undone by one that was published before.
#[derive(Debug, Clone)]
pub struct CategoriesOf {
    /// The version.
    pub base: Arc<InForce>,
    /// The day on which it comes into force, if that is still to come.
    pub to_come: Option<Date>,
    /// How many versions there are.
    pub seen: usize,
}

/// The categories as they can be edited.
///
/// # Errors
/// When the person may not see the procedure.
pub fn categories(office: &Office, by: &Person) -> Result<CategoriesOf, ActError> {
    permit(by, Act::SeeProcedure)?;
    let editions = office.editions();
    let place = last_to_hold(&since(&editions)).unwrap_or_default();
    let last = editions.get(place).ok_or(ActError::NotFound)?;
    let holds_from = last.since.holds_from();
    Ok(CategoriesOf {
        base: last.in_force.clone(),
        to_come: (holds_from > today(office)).then_some(holds_from),
        seen: editions.len(),
    })
}

/// Why categories cannot be changed as they were typed.
#[derive(Debug)]
pub enum NotChanged {
    /// What to put right, and where.
    Typed(Vec<(Place, String)>),
    /// Nothing was changed.
    Same,
    /// Something else.
    Act(ActError),
}

impl From<ActError> for NotChanged {
    fn from(fault: ActError) -> NotChanged {
        NotChanged::Act(fault)
    }
}

/// The text of the procedure with other categories, under a version of its own, from the first day on which it can hold.
///
/// # Errors
/// What to put right; when the person may not publish.
pub fn with_categories(office: &Office, typed: &[TypedAxis], by: &Person) -> Result<String, NotChanged> {
    permit(by, Act::PublishProcedure).map_err(ActError::from)?;
    let CategoriesOf { base, to_come, .. } = categories(office, by)?;
    let axes = &base.procedure.categories;
    let after = changed(axes, &base.catalogue, typed).map_err(NotChanged::Typed)?;
    if after == *axes {
        return Err(NotChanged::Same);
    }
    let used: BTreeSet<String> = office
        .editions()
        .into_iter()
        .map(|edition| edition.published.version)
        .collect();
    let from = to_come.unwrap_or_else(|| today(office));
    let rewritten = Rewrite::of(&base.text).and_then(|file| {
        file.version(&number_after(&base.procedure.version, &used))
            .categories(&after)
            .valid_from(from)
    });
    Ok(rewritten.map_err(|fault| not_rewritten(&fault))?.text())
}

fn not_rewritten(fault: &NotRewritten) -> ActError {
    Refused::field("procedure_text", fault.to_string()).into()
}

/// Reads a text as the version that it would be, and holds it against every version before.
async fn read_next(office: &Office, text: &str, from: Option<Date>) -> Result<InForce, ActError> {
    if text.trim().is_empty() {
        return Err(Refused::field("procedure_text", "Choose the file of the procedure, or paste its text").into());
    }
    if text.len() > LARGEST_BYTES {
        let words = "This is larger than 1 MB, and no procedure is. Check that it is the right file";
        return Err(Refused::field("procedure_text", words).into());
    }
    let shelf = shelf(&office.store).await?;
    let name = "The procedure";
    let read = layered(name, text, &shelf)?;
    let next = match from.filter(|from| *from != read.procedure.valid_from) {
        None => read,
        Some(from) => {
            let rewritten = Rewrite::of(text).and_then(|file| file.valid_from(from));
            let text = rewritten.map_err(|fault| not_rewritten(&fault))?.text();
            layered(name, &text, &shelf)?
        }
    };
    keeps_categories(&office.active().catalogue, &next.procedure).map_err(ActError::Invalid)?;
    Ok(next)
}

/// A calendar that nobody published is a fault of the file like any other.
fn layered(name: &str, text: &str, shelf: &CalendarShelf) -> Result<InForce, ActError> {
    read_procedure(name, text, shelf).map_err(|fault| match fault {
        ActError::Clock(fault) => ActError::Invalid(vec![Invalid {
            file: name.into(),
            line: 0,
            path: "procedure.calendar".to_owned(),
            reason: fault.to_string(),
        }]),
        other => other,
    })
}

fn edition_of(next: &InForce) -> Published {
    Published {
        id: next.procedure.id.clone(),
        version: next.procedure.version.clone(),
        valid_from: next.procedure.valid_from,
        sha256: hash_of(&next.text),
    }
}

fn since(editions: &[Edition]) -> Vec<Since> {
    editions.iter().map(|edition| edition.since).collect()
}

fn published(editions: &[Edition]) -> Vec<Published> {
    editions.iter().map(|edition| edition.published.clone()).collect()
}

fn today(office: &Office) -> Date {
    office.active().setting(office.now()).today()
}

/// The hour at which the complaint that is tried out arrives.
const TRIED_AT: i8 = 10;

/// The dates of a complaint that arrives on a day, at the first stage and at each later one.
fn tried_out(before: &InForce, after: &InForce, day: Date) -> Vec<TriedOut> {
    let mut tried: Vec<TriedOut> = Vec::new();
    for (what, due_on) in dates(before, day) {
        tried.push(TriedOut {
            what,
            before: Some(due_on),
            after: None,
        });
    }
    for (what, due_on) in dates(after, day) {
        match tried.iter_mut().find(|known| known.what == what) {
            Some(known) => known.after = Some(due_on),
            None => tried.push(TriedOut {
                what,
                before: None,
                after: Some(due_on),
            }),
        }
    }
    tried
}

fn dates(version: &InForce, day: Date) -> Vec<(String, Date)> {
    let procedure = &version.procedure;
    let arrives = day.to_datetime(Time::constant(TRIED_AT, 0, 0, 0));
    let Ok(received_at) = version.calendar.time_zone().to_timestamp(arrives) else {
        return Vec::new();
    };
    let mut found: Vec<(String, Date)> = Vec::new();
    let begun = Path::new(Channel::Web, Facts::default());
    let later = procedure.stages.iter().skip(1).map(|stage| stage.id.clone());
    let moved = later.map(|stage: StageId| begun.clone().then(received_at, Happening::Rerouted(stage)));
    for path in std::iter::once(begun.clone()).chain(moved) {
        // A calendar that ends too early has no date to show; the checks of the page say so.
        let Ok(Timeline { dates, .. }) = simulate(procedure, &version.calendar, received_at, &path) else {
            continue;
        };
        for date in dates.into_iter().filter(|date| date.stage.is_some()) {
            let what = clock_words(procedure, &date.clock);
            if !found.iter().any(|(known, _)| *known == what) {
                found.push((what, date.due.due_on));
            }
        }
    }
    found
}
