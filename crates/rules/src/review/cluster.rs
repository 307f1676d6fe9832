//! Potential problems: several complaints about the same thing within a few days raise a notice (R5).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::case::Reference;
use crate::procedure::ClusterRule;

/// Complaints about one service and problem that arrived on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The day of receipt.
    pub received_on: Date,
    /// The service.
    pub service: String,
    /// What went wrong.
    pub problem: String,
    /// How many; those about a member of staff are counted too (R36).
    pub n: u32,
}

/// Several complaints about the same service and problem within a few days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster {
    /// The service.
    pub service: String,
    /// What went wrong.
    pub problem: String,
    /// The day of the first of them.
    pub first_on: Date,
    /// The day on which there were enough: the notice is of this day.
    pub raised_on: Date,
    /// The day of the last of them.
    pub last_on: Date,
    /// How many.
    pub n: u32,
    /// The latest cases that may be listed, the earliest of these first; none before somebody looks for them.
    pub references: Vec<Reference>,
}

/// Finds clusters: so many complaints about one service and problem on so many consecutive days. It begins with the first such run and goes
/// on as long as each further complaint makes another; then a new one may begin. The earliest notice comes first.
pub fn clusters(arrived: &[Alike], rule: &ClusterRule) -> Vec<Cluster> {
    let mut kinds: BTreeMap<(&str, &str), Vec<Date>> = BTreeMap::new();
    for alike in arrived {
        let days = kinds.entry((&alike.service, &alike.problem)).or_default();
        days.extend((0..alike.n).map(|_| alike.received_on));
    }
    let mut found = Vec::new();
    for ((service, problem), mut days) in kinds {
        days.sort_unstable();
        found.extend(runs(&days, rule).into_iter().map(|run| Cluster {
            service: service.to_owned(),
            problem: problem.to_owned(),
            ..run
        }));
    }
    found.sort_by(|a, b| (a.raised_on, &a.service, &a.problem).cmp(&(b.raised_on, &b.service, &b.problem)));
    found
}

fn runs(days: &[Date], rule: &ClusterRule) -> Vec<Cluster> {
    let enough = usize::try_from(rule.complaints).unwrap_or(usize::MAX).max(1);
    let mut found = Vec::new();
    let mut begin = 0;
    while begin + enough <= days.len() {
        if !within(days[begin], days[begin + enough - 1], rule.days) {
            begin += 1;
            continue;
        }
        let mut end = begin + enough;
        while end < days.len() && within(days[end + 1 - enough], days[end], rule.days) {
            end += 1;
        }
        found.push(Cluster {
            service: String::new(),
            problem: String::new(),
            first_on: days[begin],
            raised_on: days[begin + enough - 1],
            last_on: days[end - 1],
            n: u32::try_from(end - begin).unwrap_or(u32::MAX),
            references: Vec::new(),
        });
        begin = end;
    }
    found
}

fn within(first: Date, last: Date, days: u32) -> bool {
    let between = last.duration_since(first).as_hours() / 24;
    between < i64::from(days)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const THREE_IN_A_WEEK: ClusterRule = ClusterRule { complaints: 3, days: 7 };

    fn on(days: &[i8]) -> Vec<Alike> {
        let alike = |day: &i8| Alike {
            received_on: date(2026, 9, *day),
            service: "A3".to_owned(),
            problem: "B11".to_owned(),
            n: 1,
        };
        days.iter().map(alike).collect()
    }

    #[test]
    fn the_notice_is_of_the_day_on_which_there_are_enough() {
        let found = clusters(&on(&[1, 4, 7]), &THREE_IN_A_WEEK);
        assert_eq!((found.len(), found[0].n, found[0].raised_on), (1, 3, date(2026, 9, 7)));
        assert!(clusters(&on(&[1, 4, 8]), &THREE_IN_A_WEEK).is_empty(), "eight days");
        assert!(clusters(&on(&[1, 7]), &THREE_IN_A_WEEK).is_empty(), "two");
    }

    #[test]
    fn it_goes_on_while_each_makes_another_and_then_a_new_one_begins() {
        let found = clusters(&on(&[1, 2, 3, 8, 9, 20, 21, 22]), &THREE_IN_A_WEEK);
        let seen: Vec<(u32, Date, Date)> = found.iter().map(|one| (one.n, one.first_on, one.last_on)).collect();
        assert_eq!(
            seen,
            [
                (5, date(2026, 9, 1), date(2026, 9, 9)),
                (3, date(2026, 9, 20), date(2026, 9, 22))
            ]
        );
    }

    #[test]
    fn other_services_and_problems_do_not_mix_and_several_of_a_day_count_each() {
        let mut arrived = on(&[1, 2, 3]);
        arrived[1].problem = "B1".to_owned();
        assert!(clusters(&arrived, &THREE_IN_A_WEEK).is_empty());
        arrived[0].n = 2;
        let found = clusters(&arrived, &THREE_IN_A_WEEK);
        assert_eq!((found[0].n, found[0].raised_on), (3, date(2026, 9, 3)));
    }
}
