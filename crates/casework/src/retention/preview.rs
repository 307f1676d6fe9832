//! What whoever looks after keeping periods sees: the schedule, what goes next, what is held, and what is gone. As far as they reach, no more
//! (invariant 12).

use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use rules::case::change::permit;
use rules::case::{Case, Reference, Setting};
use rules::confidential::sight::reach;
use rules::confidential::{Beyond, Reach};
use rules::people::{Act, Person, Role, permission};
use rules::procedure::RetentionRule;
use rules::retention::{Keeping, KeptBy, NotYet, keeping, kept_by};
use storage::Tx;
use storage::keeping::{self as rows, DayCount, FROM_THE_BEGINNING, KeepingRow, Preview};

use super::erase::beside;
use super::round::{later, today};
use super::{Gone, latest};
use crate::in_force::{InForce, Versions, version_of};
use crate::record::load_within;
use crate::{ActError, Office};

/// A class of the schedule in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// What it is called.
    pub name: String,
    /// Its rule in words.
    pub words: String,
}

/// A case that goes, as a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its reference.
    pub reference: String,
    /// What its class is called.
    pub class: String,
    /// The first day on which it is not kept any more.
    pub goes_on: Date,
    /// What keeps it beyond that, in words; none where it goes.
    pub kept_by: Vec<String>,
    /// Since when it has been announced, where it is.
    pub announced_on: Option<Date>,
}

/// How many go on a day.
pub type Going = DayCount;

/// A case that is held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its reference.
    pub reference: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub by: Option<String>,
    /// Since when, as a local day.
    pub since: Date,
    /// The day on which it would go; none while nobody can say it.
    pub goes_on: Option<Date>,
}

/// All of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Today.
    pub today: Date,
    /// For how many days a case is announced before it goes.
    pub notice_days: u32,
    /// Up to which day it looks ahead.
    pub until: Date,
    /// The schedule in force; a case keeps that of the version it began under.
    pub schedule: Vec<Class>,
    /// How many go on which day.
    pub by_day: Vec<Going>,
    /// Which cases go, the first of them; none for those who see no cases.
    pub lines: Vec<Line>,
    /// Whether there are more.
    pub more: bool,
    /// Which are held, the first of them.
    pub held: Vec<Held>,
    /// What is gone, the latest first.
    pub gone: Vec<Gone>,
}

/// How many days are looked ahead beyond the notice.
const AHEAD: u32 = 46;
/// How many lines a page shows.
const LINES: u32 = 100;
/// How many erasures it shows.
const GONE: u32 = 50;

/// What goes next, as far as somebody reaches; without anybody all of it, for the command line.
///
/// # Errors
/// When the person may not, or the store cannot be read.
pub async fn overview(office: &Office, by: Option<&Person>) -> Result<Overview, ActError> {
    if let Some(by) = by {
        permit(by, Act::SeeKeeping)?;
    }
    let (today, notice_days) = today(office);
    let until = later(today, notice_days.saturating_add(AHEAD));
    let seen = seen(office, until, by).await?;
    let held = seen.held.into_iter().filter_map(|(row, case, setting_day)| {
        let hold = case.hold?;
        Some(Held {
            reference: row.reference,
            reason: hold.reason,
            by: hold.by.map(|by| office.name_of(by)),
            since: setting_day,
            goes_on: row.goes_on,
        })
    });
    let reads_restricted = by.is_none_or(|by| by.is(Role::DataProtectionOfficer) || by.is(Role::Auditor));
    let is_restricted = |gone: &Gone| gone.erased.facts.as_ref().is_none_or(|facts| facts.restricted);
    let gone = latest(office, None, GONE).await?.into_iter();
    Ok(Overview {
        today,
        notice_days,
        until,
        schedule: office.active().procedure.retention.iter().map(class).collect(),
        by_day: seen.by_day,
        more: seen.lines.len() > LINES as usize,
        lines: seen.lines.into_iter().take(LINES as usize).collect(),
        held: held.collect(),
        gone: gone.filter(|gone| reads_restricted || !is_restricted(gone)).collect(),
    })
}

/// What one look at the tables found.
struct Seen {
    by_day: Vec<Going>,
    lines: Vec<Line>,
    held: Vec<(KeepingRow, Case, Date)>,
}

async fn seen(office: &Office, until: Date, by: Option<&Person>) -> Result<Seen, ActError> {
    let sees_cases = by.is_none_or(|by| permission::may(by, Act::SeeCases));
    let reach = by.map(|by| match sees_cases {
        true => reach(by),
        // They are told numbers, and none that a restricted case is among.
        false => Reach {
            of: by.id,
            beyond: Beyond::Nothing,
        },
    });
    let (asked, versions, now) = (Preview { until, reach }, office.versions_by_name(), office.now());
    let look = office.store.read(move |tx| {
        Box::pin(async move {
            let mut seen = Seen {
                by_day: rows::by_day(tx, &asked).await?,
                lines: Vec::new(),
                held: Vec::new(),
            };
            if !sees_cases {
                return Ok(seen);
            }
            for row in rows::page(tx, &asked, FROM_THE_BEGINNING, LINES + 1).await? {
                seen.lines.extend(line(tx, row, &versions, now).await?);
            }
            for row in rows::held(tx, asked.reach.as_ref(), 0, LINES).await? {
                if let Some((case, in_force)) = case_of(tx, &row, &versions).await? {
                    let since = case.hold.as_ref().map_or(now, |hold| hold.at);
                    seen.held.push((row, case, in_force.setting(now).local_date(since)));
                }
            }
            Ok::<_, ActError>(seen)
        })
    });
    look.await
}

/// The case of a row; nothing of one that was erased a moment ago.
async fn case_of(
    tx: &mut Tx<'_>,
    row: &KeepingRow,
    versions: &Versions,
) -> Result<Option<(Case, Arc<InForce>)>, ActError> {
    let Ok(reference) = row.reference.parse::<Reference>() else {
        return Ok(None);
    };
    let case = match load_within(tx, &reference).await {
        Err(ActError::NotFound) => return Ok(None),
        loaded => loaded?.case,
    };
    let in_force = version_of(versions, &case)?;
    Ok(Some((case, in_force)))
}

async fn line(tx: &mut Tx<'_>, row: KeepingRow, versions: &Versions, now: Timestamp) -> Result<Option<Line>, ActError> {
    let Some((case, in_force)) = case_of(tx, &row, versions).await? else {
        return Ok(None);
    };
    let setting = in_force.setting(now);
    let kept = about(tx, &case, &setting).await?;
    Ok(row.goes_on.map(|goes_on| Line {
        reference: row.reference,
        class: row.class_name.unwrap_or_default(),
        goes_on,
        kept_by: kept.kept_by.iter().map(KeptBy::words).collect(),
        announced_on: kept.announced_on,
    }))
}

/// How long a case is kept, what keeps it beyond that, and since when it stands among those that go next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Its class and its day, or why there is none yet.
    pub keeping: Result<Keeping, NotYet>,
    /// What keeps it although its period may be over.
    pub kept_by: Vec<KeptBy>,
    /// Since when it has been announced, where it is.
    pub announced_on: Option<Date>,
}

/// How long a case is kept that somebody is looking at.
///
/// # Errors
/// When the store cannot be read.
pub async fn about_case(office: &Office, case: &Case) -> Result<About, ActError> {
    let (case, in_force, now) = (case.clone(), office.procedure_of(case)?, office.now());
    let look = office
        .store
        .read(move |tx| Box::pin(async move { about(tx, &case, &in_force.setting(now)).await }));
    look.await
}

async fn about(tx: &mut Tx<'_>, case: &Case, setting: &Setting<'_>) -> Result<About, ActError> {
    let keeping = keeping(case, setting);
    let beside = beside(tx, case, setting).await?;
    let notice = rows::notice(tx, case.reference.number()).await?;
    Ok(About {
        kept_by: match &keeping {
            Ok(kept) => kept_by(case, kept, &beside, setting),
            Err(_) => Vec::new(),
        },
        announced_on: notice.map(|notice| notice.since),
        keeping,
    })
}

fn class(rule: &RetentionRule) -> Class {
    let years = match rule.keep_years {
        1 => "1 year".to_owned(),
        years => format!("{years} years"),
    };
    Class {
        name: rule.class.name.clone(),
        words: format!("{years} {}; then {}", rule.from, rule.then),
    }
}
