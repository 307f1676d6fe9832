//! Reading the access log: who has seen a case, and what somebody saw on a day; for those who watch over it, and for each person their own.

use jiff::civil::Date;
use jiff::{Span, Timestamp};
use rules::case::change::permit;
use rules::case::{Reference, Refused};
use rules::confidential::Reach;
use rules::confidential::looks::Way;
use rules::confidential::sight::reach;
use rules::people::permission::may;
use rules::people::{Act, Person, StaffId};
use storage::looks::{self as rows, Before, LookRow, LooksWanted};

use super::taken::ListTaken;
use super::{Look, put};
use crate::desk::case_file::sight_of;
use crate::{ActError, Office};

/// How many lines a page has.
const PAGE: u32 = 50;
/// The most lines that one file holds.
const MOST: usize = 20_000;
/// So many of the latest lists that were saved are looked through for a case.
const LISTS: u32 = 200;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenLine {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: StaffId,
    /// By which way; none for one that only a later release knows.
    pub way: Option<Way>,
    /// Which case, by its reference.
    pub case: Option<String>,
    /// The opaque name of a file, or how a list was narrowed, in codes.
    pub about: Option<String>,
}

/// A page of the log, the newest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SeenPage {
    /// Its lines.
    pub lines: Vec<SeenLine>,
    /// Where the next page begins.
    pub next: Option<String>,
}

/// What is asked of the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// What this person saw; everybody where nobody is named.
    pub who: Option<StaffId>,
    /// On this day, by the institution's clock; any where none is said.
    pub on: Option<Date>,
}

/// Who has seen a case, and the latest lists saved as a file in which it stood. Of a stub: who has seen the stub.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such case for them; when they may not read the log.
pub async fn of_case(
    office: &Office,
    reference: &Reference,
    before: Option<&str>,
    by: &Person,
) -> Result<(SeenPage, Vec<SeenLine>), ActError> {
    permit(by, Act::SeeCases)?;
    if sight_of(office, reference, by).await?.is_none() {
        return Err(ActError::NotFound);
    }
    permit(by, Act::SeeAccessLog)?;
    let wanted = LooksWanted {
        reference: Some(reference.to_string()),
        ..LooksWanted::default()
    };
    let page = page(office, wanted, before.and_then(read_place), by).await?;
    let stored = office
        .store
        .read(|tx| Box::pin(async move { rows::lists(tx, Before::NEWEST, LISTS).await }))
        .await?;
    let held = |row: &LookRow| list(row.about.as_deref()).is_some_and(|taken| taken.held(reference));
    let is_first = before.is_none();
    let lists = stored.into_iter().filter(|row| is_first && held(row)).map(line);
    Ok((page, lists.collect()))
}

/// What somebody saw on a day. Whoever may not read the log reads their own part of it.
///
/// # Errors
/// When they ask for somebody else's and may not; when the store cannot be read.
pub async fn by_person_and_day(
    office: &Office,
    asked: Asked,
    before: Option<&str>,
    by: &Person,
) -> Result<SeenPage, ActError> {
    page(office, wanted(office, asked, by)?, before.and_then(read_place), by).await
}

/// The same as lines for a file, all of them. That it was saved is on record before they are handed out.
///
/// # Errors
/// As for [`by_person_and_day`]; when there are too many lines for a file.
pub async fn save(office: &Office, asked: Asked, by: &Person) -> Result<Vec<SeenLine>, ActError> {
    let wanted = wanted(office, asked, by)?;
    let (mut lines, mut place) = (Vec::new(), None);
    loop {
        let page = page(office, wanted.clone(), place, by).await?;
        lines.extend(page.lines);
        place = page.next.as_deref().and_then(read_place);
        match place {
            None => break,
            Some(_) if lines.len() >= MOST => {
                let words =
                    format!("These are more than {MOST} entries. Choose a day or a person, and save each part.");
                return Err(Refused::Rule(words).into());
            }
            Some(_) => {}
        }
    }
    let about = said(asked);
    let look = Look {
        who: by.id,
        way: Way::AccessLog,
        case: None,
        about: Some(&about),
    };
    put(office, look).await?;
    Ok(lines)
}

/// A list that was saved, as its entry tells it.
pub(super) fn list(about: Option<&str>) -> Option<ListTaken> {
    serde_json::from_str(about?).ok()
}

fn said(asked: Asked) -> String {
    let who = asked.who.map_or_else(String::new, |who| who.0.to_string());
    let on = asked.on.map_or_else(String::new, |on| on.to_string());
    format!("who={who}&on={on}")
}

fn wanted(office: &Office, asked: Asked, by: &Person) -> Result<LooksWanted, ActError> {
    if asked.who != Some(by.id) || !may(by, Act::SeeCases) {
        permit(by, Act::SeeAccessLog)?;
    }
    let (from, until) = match asked.on {
        Some(on) => instants(office, on)?,
        None => (None, None),
    };
    Ok(LooksWanted {
        reference: None,
        staff_id: asked.who.map(|who| who.0),
        from,
        until,
    })
}

/// From when to when a day lasts by the institution's clock.
fn instants(office: &Office, on: Date) -> Result<(Option<Timestamp>, Option<Timestamp>), ActError> {
    let zone = office.active().calendar.time_zone().clone();
    let begins = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0));
    let next = on.checked_add(Span::new().days(1));
    match (begins(on), next.and_then(begins)) {
        (Ok(from), Ok(until)) => Ok((Some(from), Some(until))),
        _ => Err(Refused::field("on", "Type a day of this century, for example 13 10 2026").into()),
    }
}

async fn page(office: &Office, wanted: LooksWanted, before: Option<Before>, by: &Person) -> Result<SeenPage, ActError> {
    let reach: Reach = reach(by);
    let before = before.unwrap_or(Before::NEWEST);
    let mut found = office
        .store
        .read(move |tx| Box::pin(async move { rows::page(tx, &wanted, &reach, (before, PAGE + 1)).await }))
        .await?;
    let more = found.len() > PAGE as usize;
    found.truncate(PAGE as usize);
    let next = found.last().filter(|_| more).map(|row| place(row.at, row.number));
    Ok(SeenPage {
        lines: found.into_iter().map(line).collect(),
        next,
    })
}

fn line(row: LookRow) -> SeenLine {
    let about = match list(row.about.as_deref()) {
        // Which cases it held would tell of cases that are not there for the reader (invariant 12).
        Some(taken) => Some(taken.narrowed),
        None => row.about,
    };
    SeenLine {
        at: row.at,
        who: StaffId(row.staff_id),
        way: Way::from_code(&row.way),
        case: row.reference,
        about,
    }
}

/// Where a page ends, as it stands in an address.
fn place(at: Timestamp, number: i64) -> String {
    format!("{}.{number}", at.as_microsecond())
}

fn read_place(text: &str) -> Option<Before> {
    let (at, number) = text.split_once('.')?;
    Some(Before {
        at: Timestamp::from_microsecond(at.parse().ok()?).ok()?,
        number: number.parse().ok()?,
    })
}
