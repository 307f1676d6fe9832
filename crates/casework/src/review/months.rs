//! The list of months: which reviews were held, which wait, and a few figures of each.

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::people::{Act, Person};
use rules::procedure::ClusterRule;
use rules::review::compare::received_by_month;
use rules::review::facts::Timing;
use rules::review::{Cluster, Month, MonthDecisions, Period, Progress, Rate, Reader, clusters};
use storage::reviews::ReviewRow;
use storage::{StorageError, Tx, facts, reviews};

use super::file::for_reader;
use crate::in_force::InForce;
use crate::{ActError, Office};

/// A month of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthLine {
    /// The month.
    pub month: Month,
    /// Its review; none while the month runs.
    pub review: Option<ReviewRow>,
    /// The day by which it is to be held, by the procedure.
    pub due_on: Option<Date>,
    /// Complaints received.
    pub received: u32,
    /// Stage 1 decisions within the procedure's own limit, of those told.
    pub stage_1: Rate,
}

/// A review that began and is not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// The month.
    pub month: Month,
    /// The day by which it is to be held, by the procedure.
    pub due_on: Option<Date>,
}

/// A page of the list of months, and what else managers are told of.
#[derive(Debug, Clone)]
pub struct Months {
    /// The months of the page, the latest first. The list goes from the running month back to the first.
    pub lines: Vec<MonthLine>,
    /// The page of earlier ones, if there are any.
    pub next: Option<u32>,
    /// All reviews that wait, the latest first.
    pub waiting: Vec<Waiting>,
    /// Potential problems of the last weeks (R5).
    pub notices: Vec<Cluster>,
    /// The day of reading.
    pub today: Date,
    /// The procedure in force.
    pub in_force: Arc<InForce>,
}

/// How far back notices are shown, in days.
const NOTICES: i64 = 28;

/// Months of one page: two years.
const ON_A_PAGE: usize = 24;

/// All reviews that wait, the latest first.
///
/// # Errors
/// When the person may not read reviews, or the store cannot be read.
pub async fn waiting(office: &Office, by: &Person) -> Result<Vec<Waiting>, ActError> {
    permit(by, Act::SeeReviews)?;
    let read = office.store.read(|tx| Box::pin(reviews::list(tx)));
    Ok(waiting_of(&read.await?, &office.active()))
}

fn waiting_of(begun: &[ReviewRow], in_force: &InForce) -> Vec<Waiting> {
    let waits = begun.iter().filter(|review| review.progress != Progress::Finished);
    waits
        .map(|review| Waiting {
            month: review.month,
            due_on: due_on(review.month, in_force),
        })
        .collect()
}

/// A page of the list of months, counted from 1.
///
/// # Errors
/// When the person may not read reviews, or the store cannot be read.
pub async fn months(office: &Office, page: u32, by: &Person) -> Result<Months, ActError> {
    permit(by, Act::SeeReviews)?;
    let in_force = office.active();
    let today = in_force.setting(office.now()).today();
    let rule = in_force.procedure.reporting.cluster;
    let read = office.store.read(move |tx| {
        Box::pin(async move {
            let this_month = Month::of(today);
            let first = facts::first_month(tx).await?.unwrap_or(this_month);
            let mut shown = Period::between(first.period().first, this_month.period().last)
                .map_or_else(Vec::new, |all| all.months());
            let later = (page.saturating_sub(1) as usize).saturating_mul(ON_A_PAGE);
            let before = shown.len().saturating_sub(later);
            shown.truncate(before);
            let shown = shown.split_off(before.saturating_sub(ON_A_PAGE));
            let lately = Period {
                first: days_before(today, NOTICES + 60),
                last: today,
            };
            let notices = match rule {
                Some(rule) => {
                    let newest = days_before(today, NOTICES);
                    noticed(tx, (lately, rule), |notice| notice.last_on >= newest).await?
                }
                None => Vec::new(),
            };
            Ok::<_, ActError>((
                (before > ON_A_PAGE).then(|| page.max(1) + 1),
                reviews::list(tx).await?,
                facts::received_by_month(tx, &shown).await?,
                facts::decisions_by_month(tx, &shown).await?,
                notices,
                shown,
            ))
        })
    });
    let (next, begun, arrived, decided, notices, shown) = read.await?;
    let reader = Reader::of(by);
    let received = received_by_month(&arrived, &shown);
    let lines = received.into_iter().rev().map(|(month, received)| MonthLine {
        month,
        review: begun.iter().find(|review| review.month == month).cloned(),
        due_on: due_on(month, &in_force),
        received,
        stage_1: on_time(&decided, month, 1),
    });
    Ok(Months {
        lines: lines.collect(),
        next,
        waiting: waiting_of(&begun, &in_force),
        notices: notices.into_iter().map(|notice| for_reader(notice, reader)).collect(),
        today,
        in_force: in_force.clone(),
    })
}

fn days_before(day: Date, days: i64) -> Date {
    day.checked_sub(jiff::SignedDuration::from_hours(24 * days))
        .unwrap_or(day)
}

/// So many of the cases behind a notice are looked up, the latest.
pub const LOOKED_UP: u32 = 100;

/// The clusters of a period that somebody wants to see, with the latest of their cases.
pub(super) async fn noticed(
    tx: &mut Tx<'_>,
    (period, rule): (Period, ClusterRule),
    is_shown: impl Fn(&Cluster) -> bool + Send,
) -> Result<Vec<Cluster>, StorageError> {
    let mut notices = clusters(&facts::arrivals_by_day(tx, period).await?, &rule);
    notices.retain(is_shown);
    for notice in &mut notices {
        let lasted = Period {
            first: notice.first_on,
            last: notice.last_on,
        };
        let about = (notice.service.as_str(), notice.problem.as_str());
        notice.references = facts::latest_alike(tx, about, lasted, LOOKED_UP).await?;
    }
    Ok(notices)
}

/// The day by which the review of a month is to be held; none where the procedure asks for no monthly review.
pub(super) fn due_on(month: Month, in_force: &InForce) -> Option<Date> {
    let mut duties = in_force.procedure.reviews.iter();
    let duty = duties.find(|duty| duty.every == rules::procedure::ReviewEvery::Month)?;
    let last = month.period().last;
    in_force.calendar.add_working_days(last, duty.due_working_days).ok()
}

/// Decisions within the procedure's own limit in a month, of those told at a stage.
pub fn on_time(decided: &[MonthDecisions], month: Month, stage: u8) -> Rate {
    let mine = || {
        decided
            .iter()
            .filter(move |row| row.month == month && row.stage == stage)
    };
    let in_time = mine().filter(|row| row.timing == Some(Timing::InTime));
    Rate::of(in_time.map(|row| row.n).sum(), mine().map(|row| row.n).sum())
}
