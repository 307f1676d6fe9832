//! A report on any range of days: the same figures as those of a month, beside those of the same days a year before (R41, R81).

use std::sync::Arc;

use jiff::civil::Date;
use rules::case::change::permit;
use rules::people::{Act, Person};
use rules::procedure::Procedure;
use rules::procedure::duty::ReviewEvery;
use rules::review::asked::{a_year_before, business_year, period_asked};
use rules::review::{Ledger, Month, Period, Reader};
use storage::facts;

use super::figures::ledger_within;
use crate::in_force::InForce;
use crate::{ActError, Office};

/// The figures of a range of days.
#[derive(Debug, Clone)]
pub struct Report {
    /// The days.
    pub period: Period,
    /// What was counted in them, as it stands now: nothing here is frozen.
    pub figures: Ledger,
    /// The same days a year before; none where they begin before the month of the first case.
    pub before: Option<(Period, Ledger)>,
    /// How this reader reads.
    pub reader: Reader,
    /// The day of reading.
    pub today: Date,
    /// The procedure in force.
    pub in_force: Arc<InForce>,
}

/// The report on the days that two dates as typed name; where both are empty, on the business year so far.
///
/// # Errors
/// [`ActError::Refused`] when the person may not read reviews, or the dates name no range that can be counted.
pub async fn report(office: &Office, asked: (&str, &str), by: &Person) -> Result<Report, ActError> {
    permit(by, Act::SeeReviews)?;
    let in_force = office.active();
    let today = in_force.setting(office.now()).today();
    let period = period_asked(asked, today, year_starts_in(&in_force.procedure))?;
    let inside = in_force.clone();
    let counted = office.store.read(move |tx| {
        Box::pin(async move {
            let first = facts::first_month(tx).await?;
            let earlier =
                a_year_before(period).filter(|before| first.is_some_and(|first| first <= Month::of(before.first)));
            let figures = ledger_within(tx, period, (today, &inside)).await?;
            let before = match earlier {
                Some(earlier) => Some((earlier, ledger_within(tx, earlier, (today, &inside)).await?)),
                None => None,
            };
            Ok::<_, ActError>((figures, before))
        })
    });
    let (figures, before) = counted.await?;
    Ok(Report {
        period,
        figures,
        before,
        reader: Reader::of(by),
        today,
        in_force,
    })
}

/// The business year in which a day lies, by the procedure in force.
pub fn year_of(in_force: &InForce, day: Date) -> Period {
    business_year(day, year_starts_in(&in_force.procedure))
}

/// The month in which the year of the procedure starts: that of its yearly review, or January.
fn year_starts_in(procedure: &Procedure) -> u8 {
    let yearly = procedure
        .reviews
        .iter()
        .find(|review| review.every == ReviewEvery::Year);
    yearly.map_or(1, |review| review.year_starts_in_month)
}
