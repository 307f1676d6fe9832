//! A month beside the months before it: what rises and what falls (K12).

use std::collections::BTreeMap;

use super::period::Month;
use crate::case::vocabulary::FeedbackKind;
use crate::procedure::InFigures;
use crate::review::facts::Timing;

/// How many arrived in a month of one kind and category: a row of counts as the store sums them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthArrivals {
    /// The month of receipt.
    pub month: Month,
    /// What they are.
    pub kind: FeedbackKind,
    /// Whether figures count them.
    pub counted: InFigures,
    /// The service, if they were categorised.
    pub service: Option<String>,
    /// What went wrong.
    pub problem: Option<String>,
    /// How many.
    pub n: u32,
}

/// How many decisions were told in a month at a stage, by how they stood to their date; counted complaints only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthDecisions {
    /// The month of telling.
    pub month: Month,
    /// The stage.
    pub stage: u8,
    /// How they stood to their date; none where the calendar did not reach it.
    pub timing: Option<Timing>,
    /// How many.
    pub n: u32,
}

/// A category now and before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comparison {
    /// The code; none for what nobody categorised.
    pub code: Option<String>,
    /// In the month.
    pub now: u32,
    /// In the month before.
    pub month_before: u32,
    /// The mean of the 3 months before, in tenths, half a tenth rounded up.
    pub mean_3_tenths: u32,
    /// The mean of the 12 months before, in tenths.
    pub mean_12_tenths: u32,
}

/// What complaints are compared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The service.
    Service,
    /// What went wrong.
    Problem,
}

/// Complaints that arrived in a month by category, beside the months before, the most frequent first and then by code. A month without an
/// arrival counts as none; where the record is younger than 3 or 12 months, the mean is over the months since its first arrival.
pub fn comparisons(rows: &[MonthArrivals], month: Month, by: By) -> Vec<Comparison> {
    let rows: Vec<&MonthArrivals> = rows.iter().filter(|row| is_complaint(row)).collect();
    let first = rows.iter().map(|row| row.month).min().unwrap_or(month);
    let mut sums: BTreeMap<Option<&str>, [u32; 4]> = BTreeMap::new();
    for row in &rows {
        let code = match by {
            By::Service => row.service.as_deref(),
            By::Problem => row.problem.as_deref(),
        };
        let sum = sums.entry(code).or_default();
        let before = |months| row.month < month && row.month >= month.earlier(months);
        let belongs = [row.month == month, before(1), before(3), before(12)];
        for (sum, belongs) in sum.iter_mut().zip(belongs) {
            *sum += if belongs { row.n } else { 0 };
        }
    }
    let known = i32::try_from(first.max(month.earlier(12)).months_until(month)).unwrap_or(12);
    let mut all: Vec<Comparison> = sums
        .into_iter()
        .filter(|(_, sums)| sums.iter().any(|sum| *sum > 0))
        .map(|(code, [now, month_before, three, twelve])| Comparison {
            code: code.map(str::to_owned),
            now,
            month_before,
            mean_3_tenths: mean_tenths(three, known.min(3)),
            mean_12_tenths: mean_tenths(twelve, known.min(12)),
        })
        .collect();
    all.sort_by(|a, b| b.now.cmp(&a.now).then_with(|| b.mean_12_tenths.cmp(&a.mean_12_tenths)));
    all
}

/// How many complaints arrived in each of these months.
pub fn received_by_month(rows: &[MonthArrivals], months: &[Month]) -> Vec<(Month, u32)> {
    let sum = |month: Month| {
        rows.iter()
            .filter(|row| row.month == month && is_complaint(row))
            .map(|row| row.n)
            .sum()
    };
    months.iter().map(|month| (*month, sum(*month))).collect()
}

fn is_complaint(row: &MonthArrivals) -> bool {
    row.kind == FeedbackKind::Complaint && row.counted == InFigures::Counted
}

/// A sum over so many months as a mean in tenths.
fn mean_tenths(sum: u32, months: i32) -> u32 {
    let months = u32::try_from(months.max(1)).unwrap_or(1);
    (sum * 20 + months) / (2 * months)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arrived(month: &str, service: &str, n: u32) -> MonthArrivals {
        MonthArrivals {
            month: month.parse().unwrap(),
            kind: FeedbackKind::Complaint,
            counted: InFigures::Counted,
            service: Some(service.to_owned()),
            problem: None,
            n,
        }
    }

    #[test]
    fn a_month_is_compared_with_the_three_and_twelve_before() {
        let mut rows = vec![
            arrived("2025-09", "A3", 12),
            arrived("2026-08", "A3", 6),
            arrived("2026-09", "A3", 14),
        ];
        rows.push(MonthArrivals {
            counted: InFigures::LeftOut,
            ..arrived("2026-09", "A3", 100)
        });
        rows.push(MonthArrivals {
            kind: FeedbackKind::Compliment,
            ..arrived("2026-09", "A3", 100)
        });
        rows.push(arrived("2026-07", "A1", 1));
        let compared = comparisons(&rows, "2026-09".parse().unwrap(), By::Service);
        let [wifi, accounts] = compared.as_slice() else {
            panic!("{compared:?}")
        };
        assert_eq!(
            (wifi.now, wifi.month_before, wifi.mean_3_tenths, wifi.mean_12_tenths),
            (14, 6, 20, 15)
        );
        assert_eq!(
            (
                accounts.now,
                accounts.month_before,
                accounts.mean_3_tenths,
                accounts.mean_12_tenths
            ),
            (0, 0, 3, 1)
        );
    }

    #[test]
    fn a_young_record_is_compared_with_the_months_that_it_has() {
        let rows = [arrived("2026-08", "A3", 5), arrived("2026-09", "A3", 1)];
        let compared = comparisons(&rows, "2026-09".parse().unwrap(), By::Service);
        assert_eq!((compared[0].mean_3_tenths, compared[0].mean_12_tenths), (50, 50));
    }
}
