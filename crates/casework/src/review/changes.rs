//! You said, we did: published changes and the figures of the last twelve months, for everybody (R39).

use std::sync::Arc;

use jiff::civil::Date;
use rules::review::compare::received_by_month;
use rules::review::suppress::{shown, shown_rate};
use rules::review::{Month, Period, Rate, Reader, Shown};
use storage::{facts, follow_on};

use super::months::on_time;
use super::rows::Card;
use crate::in_force::InForce;
use crate::{ActError, Office};

/// A change that was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What people said.
    pub you_said: String,
    /// What changed.
    pub we_did: String,
    /// The service, as a code of the procedure.
    pub service: Option<String>,
    /// The day of publication.
    pub on: Date,
}

/// A month as everybody may read it: numbers below 5 are hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicMonth {
    /// The month.
    pub month: Month,
    /// Complaints received.
    pub received: Shown,
    /// Stage 1 decisions that were told.
    pub decided: Shown,
    /// How many of them were not told within the limit.
    pub late: Late,
}

/// How many were late, as everybody may read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Late {
    /// So many, or none.
    Number(u32),
    /// From 1 to 4.
    Few,
    /// Not shown: it would tell that from 1 to 4 were in time.
    Hidden,
}

impl Late {
    fn of(rate: Rate) -> Late {
        let late = rate.whole.saturating_sub(rate.part);
        match (shown(late, Reader::NotEntitled), shown(rate.part, Reader::NotEntitled)) {
            (Shown::Number(0), _) => Late::Number(0),
            (Shown::Hidden, _) => Late::Few,
            (Shown::Number(_), Shown::Hidden) => Late::Hidden,
            (Shown::Number(late), Shown::Number(_)) => Late::Number(late),
        }
    }
}

/// What everybody may read.
#[derive(Debug, Clone)]
pub struct Changes {
    /// The latest first.
    pub changes: Vec<Change>,
    /// The last twelve months that are over, the earliest first; months before the first case are left out.
    pub months: Vec<PublicMonth>,
    /// Stage 1 decisions of all these months within the limit, and all of them; hidden where one month alone is, for it could be worked out.
    pub stage_1: (Shown, Shown),
    /// The procedure in force, for the names of services.
    pub in_force: Arc<InForce>,
}

/// The most changes that a page shows.
const MOST: u32 = 60;

/// The latest published changes.
///
/// # Errors
/// When the store cannot be read.
pub async fn latest(office: &Office, limit: u32) -> Result<Vec<Change>, ActError> {
    let rows = office
        .store
        .read(move |tx| Box::pin(async move { follow_on::published(tx, limit).await }))
        .await?;
    let mut changes = Vec::new();
    for row in rows.into_iter().filter(|row| !row.card.is_empty()) {
        let card: Card = serde_json::from_slice(&row.card)?;
        let (Some(wording), Some(on)) = (card.wording, row.facts.published_on) else {
            continue;
        };
        changes.push(Change {
            service: wording.service.or(card.service),
            you_said: wording.you_said,
            we_did: wording.we_did,
            on,
        });
    }
    Ok(changes)
}

/// Published changes and the figures of the last twelve months.
///
/// # Errors
/// When the store cannot be read.
pub async fn published(office: &Office) -> Result<Changes, ActError> {
    let changes = latest(office, MOST).await?;
    let in_force = office.active();
    let last = Month::of(in_force.setting(office.now()).today()).earlier(1);
    let year = Period {
        first: last.earlier(11).period().first,
        last: last.period().last,
    };
    let look = office.store.read(move |tx| {
        Box::pin(async move {
            Ok::<_, ActError>((
                facts::first_month(tx).await?,
                facts::received_by_month(tx, &year.months()).await?,
                facts::decisions_by_month(tx, &year.months()).await?,
            ))
        })
    });
    let (first, arrived, decided) = look.await?;
    let months: Vec<Month> = year
        .months()
        .into_iter()
        .filter(|month| first.is_some_and(|first| *month >= first))
        .collect();
    let rates: Vec<Rate> = months.iter().map(|month| on_time(&decided, *month, 1)).collect();
    let received = received_by_month(&arrived, &months).into_iter().zip(&rates);
    let months = received.map(|((month, received), rate)| PublicMonth {
        month,
        received: shown(received, Reader::NotEntitled),
        decided: shown(rate.whole, Reader::NotEntitled),
        late: Late::of(*rate),
    });
    let months: Vec<PublicMonth> = months.collect();
    Ok(Changes {
        changes,
        stage_1: year_of(&rates, &months),
        months,
        in_force: in_force.clone(),
    })
}

/// The year's share, unless exactly one month of it is hidden: the rest of the sum would tell that month.
fn year_of(rates: &[Rate], months: &[PublicMonth]) -> (Shown, Shown) {
    let year = Rate::of(
        rates.iter().map(|rate| rate.part).sum(),
        rates.iter().map(|rate| rate.whole).sum(),
    );
    let (part, whole) = shown_rate(year, Reader::NotEntitled);
    let only_one = |hides: fn(&PublicMonth) -> bool| months.iter().filter(|month| hides(month)).count() == 1;
    let unless = |told: bool, shown: Shown| if told { Shown::Hidden } else { shown };
    (
        unless(only_one(|month| !matches!(month.late, Late::Number(_))), part),
        unless(only_one(|month| month.decided == Shown::Hidden), whole),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year(rates: &[(u32, u32)]) -> (Shown, Shown) {
        let rates: Vec<Rate> = rates.iter().map(|(part, whole)| Rate::of(*part, *whole)).collect();
        let month = |rate: &Rate| PublicMonth {
            month: Month::of(jiff::civil::date(2026, 6, 1)),
            received: Shown::Number(0),
            decided: shown(rate.whole, Reader::NotEntitled),
            late: Late::of(*rate),
        };
        let months: Vec<PublicMonth> = rates.iter().map(month).collect();
        year_of(&rates, &months)
    }

    #[test]
    fn late_ones_are_told_unless_they_are_few_or_would_tell_that_few_were_in_time() {
        let late = |part, whole| Late::of(Rate::of(part, whole));
        assert_eq!(late(30, 36), Late::Number(6));
        assert_eq!(late(36, 36), Late::Number(0));
        assert_eq!(late(34, 36), Late::Few);
        assert_eq!(late(2, 36), Late::Hidden);
        assert_eq!(late(1, 4), Late::Few);
        assert_eq!(late(0, 4), Late::Few);
        assert_eq!(late(4, 4), Late::Number(0));
        assert_eq!(late(0, 0), Late::Number(0));
    }

    #[test]
    fn a_year_does_not_tell_the_one_month_that_is_hidden() {
        assert_eq!(year(&[(30, 36), (20, 20)]), (Shown::Number(50), Shown::Number(56)));
        // 34 of 36 would tell two late ones; beside one open month the sum would too.
        assert_eq!(year(&[(34, 36), (20, 30)]), (Shown::Hidden, Shown::Number(66)));
        assert_eq!(year(&[(34, 36), (26, 30)]), (Shown::Number(60), Shown::Number(66)));
        assert_eq!(year(&[(3, 4), (20, 30)]), (Shown::Hidden, Shown::Hidden));
    }
}
