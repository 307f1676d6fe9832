//! Potential problems: several complaints about the same thing within a few days raise a notice (R5).

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::case::Reference;
use crate::procedure::ClusterRule;

/// A complaint as the rule looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// The case; none where it is about a member of staff and only counted (R36).
    pub reference: Option<Reference>,
    /// The day of receipt.
    pub received_on: Date,
    /// The service.
    pub service: String,
    /// What went wrong.
    pub problem: String,
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
    /// The cases that may be listed.
    pub references: Vec<Reference>,
}

/// Finds clusters: so many complaints about one service and problem on so many consecutive days. It begins with the first such run and goes
/// on as long as each further complaint makes another; then a new one may begin. The earliest notice comes first.
pub fn clusters(arrivals: &[Arrival], rule: &ClusterRule) -> Vec<Cluster> {
    let mut kinds: BTreeMap<(&str, &str), Vec<&Arrival>> = BTreeMap::new();
    for arrival in arrivals {
        kinds
            .entry((&arrival.service, &arrival.problem))
            .or_default()
            .push(arrival);
    }
    let mut found = Vec::new();
    for mut alike in kinds.into_values() {
        alike.sort_by(|a, b| (a.received_on, &a.reference).cmp(&(b.received_on, &b.reference)));
        found.extend(runs(&alike, rule));
    }
    found.sort_by(|a, b| (a.raised_on, &a.service, &a.problem).cmp(&(b.raised_on, &b.service, &b.problem)));
    found
}

fn runs(alike: &[&Arrival], rule: &ClusterRule) -> Vec<Cluster> {
    let enough = usize::try_from(rule.complaints).unwrap_or(usize::MAX).max(1);
    let mut found = Vec::new();
    let mut begin = 0;
    while begin + enough <= alike.len() {
        if !within(alike[begin], alike[begin + enough - 1], rule.days) {
            begin += 1;
            continue;
        }
        let mut end = begin + enough;
        while end < alike.len() && within(alike[end + 1 - enough], alike[end], rule.days) {
            end += 1;
        }
        found.push(cluster(&alike[begin..end], alike[begin + enough - 1].received_on));
        begin = end;
    }
    found
}

fn within(first: &Arrival, last: &Arrival, days: u32) -> bool {
    let between = last.received_on.duration_since(first.received_on).as_hours() / 24;
    between < i64::from(days)
}

fn cluster(cases: &[&Arrival], raised_on: Date) -> Cluster {
    let (first, last) = (cases[0], cases[cases.len() - 1]);
    Cluster {
        service: first.service.clone(),
        problem: first.problem.clone(),
        first_on: first.received_on,
        raised_on,
        last_on: last.received_on,
        n: u32::try_from(cases.len()).unwrap_or(u32::MAX),
        references: cases.iter().filter_map(|case| case.reference.clone()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const THREE_IN_A_WEEK: ClusterRule = ClusterRule { complaints: 3, days: 7 };

    fn on(days: &[i8]) -> Vec<Arrival> {
        let arrival = |(number, day): (usize, &i8)| Arrival {
            reference: Reference::new("FC", number as i64 + 1).ok(),
            received_on: date(2026, 9, *day),
            service: "A3".to_owned(),
            problem: "B11".to_owned(),
        };
        days.iter().enumerate().map(arrival).collect()
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
    fn other_services_and_problems_do_not_mix_and_confidential_cases_are_counted_not_listed() {
        let mut arrivals = on(&[1, 2, 3]);
        arrivals[1].problem = "B1".to_owned();
        assert!(clusters(&arrivals, &THREE_IN_A_WEEK).is_empty());
        arrivals[1].problem = "B11".to_owned();
        arrivals[1].reference = None;
        let found = clusters(&arrivals, &THREE_IN_A_WEEK);
        assert_eq!((found[0].n, found[0].references.len()), (3, 2));
    }
}
