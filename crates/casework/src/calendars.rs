//! The calendars of working days, as people see and change them: which open dates a change would move is shown before it is made (A1, A42).

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::Reference;
use rules::case::change::permit;
use rules::clock::{Calendar, CalendarShelf, NonWorkingKind};
use rules::confidential::{Guard, Sight, sight};
use rules::deadlines::decision_due;
use rules::office::OfficeEvent;
use rules::office::day_off::{DayChange, changed};
use rules::office::event::Published;
use rules::office::publish::{hash_of, keeps_the_past};
use rules::people::{Act, Actor, Person};
use storage::Tx;
use storage::published::{CALENDARS, PublishedRow};

use crate::in_force::{InForce, layered};
use crate::jobs::recount::{after_a_new_calendar, running_cases};
use crate::office_record::{Beside, actor_now, first_press, write};
use crate::people::OfficeHand;
use crate::record::load;
use crate::{ActError, Office};

/// A calendar in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InUse {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// The last day that it knows.
    pub covers_to: Date,
    /// The days off from today on: the day, its name, its kind, and whether it is a half day.
    pub days: Vec<DayListed>,
    /// Whether cases under the procedure in force are counted with it.
    pub counts: bool,
}

/// A day off that is to come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayListed {
    /// The day.
    pub on: Date,
    /// What people call it.
    pub name: String,
    /// Why nobody works.
    pub kind: NonWorkingKind,
    /// Only part of it: it stays a working day.
    pub half_day: bool,
}

/// Which version of which calendar somebody had before them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edition {
    /// The calendar's id.
    pub id: String,
    /// Its version.
    pub version: String,
}

/// What a change would do to open decision dates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Moves {
    /// Dates that move, of cases that the person may see, in the order of their references.
    pub moved: Vec<Move>,
    /// Dates that move, of cases that they may not see.
    pub moved_unseen: usize,
    /// Dates that would come earlier and stay where they were promised.
    pub kept: usize,
}

/// A date that moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The case.
    pub reference: Reference,
    /// The date as it was promised.
    pub from: Date,
    /// The date that it gets.
    pub to: Date,
}

/// The calendars in force, by name.
///
/// # Errors
/// When the person may not see the procedure, or the store cannot be read.
pub async fn list(office: &Office, by: &Person) -> Result<Vec<InUse>, ActError> {
    permit(by, Act::SeeProcedure)?;
    let rows = office.store.read(|tx| Box::pin(CALENDARS.list(tx))).await?;
    let active = office.active();
    let today = active.setting(office.now()).today();
    let mut in_use = Vec::new();
    for row in rows.into_iter().filter(|row| row.active) {
        let calendar = read(&row)?;
        let to_come = calendar.days().range(today..);
        let days = to_come.map(|(on, day)| DayListed {
            on: *on,
            name: day.name.clone(),
            kind: day.kind,
            half_day: day.half_day,
        });
        in_use.push(InUse {
            name: calendar.name().to_owned(),
            version: calendar.version().to_owned(),
            covers_to: *calendar.covered_days().end(),
            days: days.collect(),
            counts: active.procedure.calendar.contains(&row.id),
            id: row.id,
        });
    }
    in_use.sort_by(|a, b| (!a.counts, &a.name).cmp(&(!b.counts, &b.name)));
    Ok(in_use)
}

/// What a change would do, without doing it.
///
/// # Errors
/// When the person may not publish; when the day cannot be changed so; [`ActError::NotFound`] for a calendar that is not there; when somebody
/// changed it meanwhile.
pub async fn preview(office: &Office, seen: &Edition, change: &DayChange, by: &Person) -> Result<Moves, ActError> {
    permit(by, Act::PublishProcedure)?;
    let (inside, change, now) = (seen.clone(), change.clone(), office.now());
    let rows = office
        .store
        .read(move |tx| {
            Box::pin(async move {
                let next = next(tx, &inside, &change, now).await?;
                let mut rows = CALENDARS.list(tx).await?;
                rows.retain(|row| row.active && row.id != inside.id);
                rows.push(PublishedRow {
                    text: next.text,
                    ..next.before
                });
                Ok::<_, ActError>(rows)
            })
        })
        .await?;
    let mut shelf = Vec::new();
    for row in &rows {
        shelf.push(read(row)?);
    }
    moves(office, &CalendarShelf::new(shelf), by).await
}

/// Publishes the changed calendar and counts every open date again; answers how many decision dates moved or were kept.
///
/// # Errors
/// As for [`preview`].
pub async fn publish(hand: OfficeHand<'_>, seen: &Edition, change: &DayChange) -> Result<usize, ActError> {
    let OfficeHand { office, by, once } = hand;
    permit(by, Act::PublishProcedure)?;
    let actor = Actor::Staff(by.id);
    let once = once.to_owned();
    let (seen, change, by, now) = (seen.clone(), change.clone(), by.clone(), office.now());
    office
        .store
        .write(move |tx| {
            Box::pin(async move {
                if !first_press(tx, actor, &once, now).await? {
                    return Ok(());
                }
                permit(&actor_now(tx, &by).await?, Act::PublishProcedure)?;
                let next = next(tx, &seen, &change, now).await?;
                let event = OfficeEvent::CalendarPublished(Published {
                    id: next.after.id().to_owned(),
                    version: next.after.version().to_owned(),
                    valid_from: *next.after.covered_days().start(),
                    sha256: hash_of(&next.text),
                });
                write(tx, (actor, now), &[event], &Beside::Text(next.text)).await
            })
        })
        .await?;
    office.read_published().await?;
    after_a_new_calendar(office).await
}

/// A calendar as it is and as it would be.
struct Next {
    before: PublishedRow,
    after: Calendar,
    text: String,
}

async fn next(tx: &mut Tx<'_>, seen: &Edition, change: &DayChange, now: jiff::Timestamp) -> Result<Next, ActError> {
    let before = CALENDARS.active(tx, &seen.id).await?.ok_or(ActError::NotFound)?;
    if before.version != seen.version {
        let message = "Somebody changed this calendar while you looked at it. Look at it again, then make your change.";
        return Err(rules::case::Refused::NotNow(message.to_owned()).into());
    }
    let calendar = read(&before)?;
    let today = calendar.time_zone().to_datetime(now).date();
    let of_today = format!("{} {today} ", seen.id);
    let known = CALENDARS.list(tx).await?;
    let edition = known.iter().filter(|row| row.version.starts_with(&of_today)).count() + 1;
    let text = changed(&before.text, &calendar, change, (today, edition))?;
    let after = Calendar::parse(&text, &seen.id).map_err(ActError::Invalid)?;
    keeps_the_past(&calendar, &after, today).map_err(|fault| ActError::Invalid(vec![fault]))?;
    Ok(Next { before, after, text })
}

fn read(row: &PublishedRow) -> Result<Calendar, ActError> {
    Calendar::parse(&row.text, &row.id).map_err(ActError::Invalid)
}

/// Every open decision date counted by other calendars.
async fn moves(office: &Office, shelf: &CalendarShelf, by: &Person) -> Result<Moves, ActError> {
    let (mut moves, now) = (Moves::default(), office.now());
    let mut after = String::new();
    loop {
        let references = running_cases(office, &after).await?;
        let Some(last) = references.last().cloned() else {
            return Ok(moves);
        };
        after = last;
        for reference in references {
            let reference: Reference = reference.parse().map_err(|_| ActError::NotFound)?;
            let case = load(office, &reference).await?.case;
            let in_force: Arc<InForce> = office.procedure_of(&case)?;
            let other = layered(&in_force, shelf)?;
            let promised = decision_due(&case, &in_force.setting(now)).map(|due| due.due_on);
            let counted = decision_due(&case, &other.setting(now)).map(|due| due.due_on);
            let (Some(from), Some(to)) = (promised, counted) else {
                continue;
            };
            match (to > from, sight(&Guard::of(&case), by)) {
                (true, Some(Sight::Whole | Sight::Outline)) => moves.moved.push(Move { reference, from, to }),
                (true, None) => moves.moved_unseen += 1,
                (false, _) => moves.kept += usize::from(to < from),
            }
        }
    }
}
