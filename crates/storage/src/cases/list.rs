//! Lists of cases: filters, orders and pages that cost the same however many closed cases there are.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};

use rules::confidential::Reach;

use super::order::{Cursor, Order};
use super::reach::within;
use super::{CaseRow, case, open};
use crate::database::Arguments;
use crate::keys::Keys;
use crate::{StorageError, Tx};

/// Which cases a list shows. What is left at its default does not narrow the list.
#[derive(Debug, Clone, Default)]
pub struct CaseFilter {
    /// In one of these states; all when empty.
    pub state_in: Vec<String>,
    /// With this owner.
    pub owner: Option<i64>,
    /// At this stage.
    pub stage: Option<i64>,
    /// Of this kind.
    pub kind: Option<String>,
    /// In this lane.
    pub lane: Option<String>,
    /// About this service.
    pub service: Option<String>,
    /// That ask something of one of these roles.
    pub asked_of_any: Option<Vec<String>>,
    /// Without those of this owner.
    pub not_owner: Option<i64>,
    /// In the same group as this case, itself included (A27).
    pub in_group_of: Option<String>,
    /// Open, closed, or both.
    pub life: Life,
    /// Only those without an owner.
    pub unassigned: bool,
    /// Only those in which a question to the complainant waits for an answer.
    pub waiting_for_answer: bool,
    /// With an update owed before this instant.
    pub with_update_due_before: Option<Timestamp>,
    /// With a decision owed before this instant.
    pub due_before: Option<Timestamp>,
    /// Received on this date or later.
    pub received_from: Option<Date>,
    /// Received on this date or earlier.
    pub received_until: Option<Date>,
    /// Within the reach of somebody (invariant 12); without it the list is nobody's and takes in everything.
    pub reach: Option<Reach>,
}

/// Whether a list holds cases that are over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Life {
    /// Open and closed ones.
    #[default]
    Any,
    /// Open ones only.
    Open,
    /// Closed ones only.
    Closed,
}

/// A page of a list: up to `limit` rows after the cursor.
///
/// # Errors
/// When the database cannot be read.
pub async fn list(
    tx: &mut Tx<'_>,
    filter: &CaseFilter,
    order: Order,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<CaseRow>, StorageError> {
    let mut arguments = Arguments::default();
    let sql = page_of((filter, order), after, limit, tx.keys, &mut arguments);
    let rows = tx.all(&sql, &arguments.values(), case).await?;
    open(tx, rows).await
}

fn page_of(
    (filter, order): (&CaseFilter, Order),
    after: Option<Cursor>,
    limit: u32,
    keys: &Keys,
    arguments: &mut Arguments,
) -> String {
    let mut tests = filter.tests(keys, arguments);
    tests.extend(after.map(|after| order.past(after, arguments)));
    let tests = all_of(&tests);
    let (order, limit) = (order.columns(), arguments.add(i64::from(limit)));
    format!(
        "SELECT {} FROM cases {tests} ORDER BY {order} LIMIT {limit}",
        columns!()
    )
}

/// How many cases a list holds on all its pages together.
///
/// # Errors
/// When the database cannot be read.
pub async fn count(tx: &mut Tx<'_>, filter: &CaseFilter) -> Result<i64, StorageError> {
    count_up_to(tx, filter, i64::MAX).await
}

/// The same, counted no further than this: what is more than that costs nothing.
///
/// # Errors
/// When the database cannot be read.
pub async fn count_up_to(tx: &mut Tx<'_>, filter: &CaseFilter, most: i64) -> Result<i64, StorageError> {
    let mut arguments = Arguments::default();
    let tests = all_of(&filter.tests(tx.keys, &mut arguments));
    let most = arguments.add(most);
    let sql = format!("SELECT COUNT(*) FROM (SELECT 1 FROM cases {tests} LIMIT {most}) AS counted");
    tx.one(&sql, &arguments.values(), |row| row.get(0)).await
}

fn all_of(tests: &[String]) -> String {
    match tests {
        [] => String::new(),
        tests => format!("WHERE {}", tests.join(" AND ")),
    }
}

impl CaseFilter {
    fn tests(&self, keys: &Keys, arguments: &mut Arguments) -> Vec<String> {
        let mut tests = self.column_tests(arguments);
        tests.extend(self.reach.as_ref().map(|reach| within("cases", reach, keys, arguments)));
        tests
    }

    /// What a row says by itself, with nothing to compare it with.
    fn tests_without_a_value(&self) -> Vec<String> {
        let life = match self.life {
            Life::Any => None,
            Life::Open => Some("closed_at IS NULL"),
            Life::Closed => Some("closed_at IS NOT NULL"),
        };
        let unassigned = self.unassigned.then_some("owner_id IS NULL");
        let waiting = self.waiting_for_answer.then_some("waits_for_answer");
        let tests = [life, unassigned, waiting].into_iter().flatten();
        tests.map(str::to_owned).collect()
    }

    fn column_tests(&self, arguments: &mut Arguments) -> Vec<String> {
        let mut tests = self.tests_without_a_value();
        if !self.state_in.is_empty() {
            let states: Vec<String> = self.state_in.iter().map(|state| arguments.add(state.clone())).collect();
            tests.push(format!("state IN ({})", states.join(", ")));
        }
        if let Some(roles) = &self.asked_of_any {
            let roles: Vec<String> = roles.iter().map(|role| arguments.add(role.clone())).collect();
            tests.push(match roles.as_slice() {
                [] => "1 = 0".to_owned(),
                roles => format!("asked_of IN ({})", roles.join(", ")),
            });
        }
        if let Some(one) = &self.in_group_of {
            let one = arguments.add(one.clone());
            tests.push(format!(
                "reference IN (SELECT beside.reference FROM case_groups own JOIN case_groups beside ON beside.leading = own.leading
                     WHERE own.reference = {one})"
            ));
        }
        if let Some(owner) = self.not_owner {
            let owner = arguments.add(owner);
            tests.push(format!("(owner_id IS NULL OR owner_id <> {owner})"));
        }
        let instant = |at: Option<Timestamp>| at.map(Timestamp::as_microsecond);
        let date = |on: Option<Date>| on.map(|on| on.to_string());
        let mut test = |column: &str, placeholder: Option<String>| {
            tests.extend(placeholder.map(|placeholder| format!("{column} {placeholder}")));
        };
        test("owner_id =", self.owner.map(|value| arguments.add(value)));
        test("stage =", self.stage.map(|value| arguments.add(value)));
        test("kind =", self.kind.clone().map(|value| arguments.add(value)));
        test("lane =", self.lane.clone().map(|value| arguments.add(value)));
        test("service =", self.service.clone().map(|value| arguments.add(value)));
        test(
            "update_due_at <",
            instant(self.with_update_due_before).map(|value| arguments.add(value)),
        );
        test(
            "due_order <",
            instant(self.due_before).map(|value| arguments.add(value)),
        );
        test(
            "received_on >=",
            date(self.received_from).map(|value| arguments.add(value)),
        );
        test(
            "received_on <=",
            date(self.received_until).map(|value| arguments.add(value)),
        );
        // No zone is a day from UTC: around these days the index that the list is read in begins and ends.
        test(
            "received_at >=",
            midnight(self.received_from, -1).map(|value| arguments.add(value)),
        );
        test(
            "received_at <",
            midnight(self.received_until, 2).map(|value| arguments.add(value)),
        );
        tests
    }
}

/// The beginning of the day so many days later, in UTC; nothing beyond what instants can express.
fn midnight(on: Option<Date>, days_later: i64) -> Option<i64> {
    let day = on?.checked_add(Span::new().days(days_later)).ok()?;
    let midnight = TimeZone::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok()?;
    Some(midnight.as_microsecond())
}

#[cfg(test)]
mod tests {
    use rules::confidential::Beyond;
    use rules::people::StaffId;

    use super::*;

    /// The steps in which the engine reads a page of a list, as it says.
    async fn plan(tx: &mut Tx<'_>, filter: &CaseFilter, order: Order) -> Result<Vec<String>, StorageError> {
        let mut arguments = Arguments::default();
        let after = Cursor::parse("1.1.10482");
        let sql = page_of((filter, order), after, 51, tx.keys, &mut arguments);
        let sql = format!("EXPLAIN QUERY PLAN {sql}");
        tx.all(&sql, &arguments.values(), |row| row.get::<String>(3)).await
    }

    /// What people ask of lists, and the index that answers it.
    fn asked() -> Vec<(CaseFilter, Order, &'static str)> {
        let open = || CaseFilter {
            life: Life::Open,
            ..CaseFilter::default()
        };
        let closed = || CaseFilter {
            life: Life::Closed,
            ..CaseFilter::default()
        };
        let all = CaseFilter::default;
        let owner = Some(7);
        let service = Some("network".to_owned());
        let state_in = vec!["closed".to_owned()];
        let (from, until) = (
            Some(jiff::civil::date(2024, 1, 1)),
            Some(jiff::civil::date(2024, 3, 31)),
        );
        vec![
            (open(), Order::DueFirst, "cases_open_due"),
            (open(), Order::UrgentFirst, "cases_open_urgent"),
            (open(), Order::ReceivedFirst, "cases_open_received"),
            (CaseFilter { owner, ..open() }, Order::DueFirst, "cases_open_owner"),
            (
                CaseFilter {
                    unassigned: true,
                    ..open()
                },
                Order::DueFirst,
                "cases_open_owner",
            ),
            (CaseFilter { state_in, ..all() }, Order::RecentFirst, "cases_received"),
            (
                CaseFilter {
                    received_from: from,
                    received_until: until,
                    ..all()
                },
                Order::RecentFirst,
                "cases_received",
            ),
            (CaseFilter { owner, ..all() }, Order::RecentFirst, "cases_received"),
            (
                CaseFilter { owner, ..closed() },
                Order::RecentFirst,
                "cases_closed_owner",
            ),
            (
                CaseFilter {
                    service: service.clone(),
                    ..open()
                },
                Order::DueFirst,
                "cases_open_due",
            ),
            (
                CaseFilter {
                    service: service.clone(),
                    ..all()
                },
                Order::RecentFirst,
                "cases_received",
            ),
            (
                CaseFilter { service, ..closed() },
                Order::RecentFirst,
                "cases_closed_service",
            ),
        ]
    }

    #[tokio::test]
    async fn every_list_is_read_in_the_order_of_an_index_and_sorted_by_nobody() {
        let store = crate::Store::in_memory(Keys::for_tests()).unwrap();
        let reaches = [Beyond::Own, Beyond::OwnAndWaitingLetters, Beyond::All];
        for (filter, order, index) in asked() {
            for beyond in reaches {
                let reach = Some(Reach { of: StaffId(7), beyond });
                let filter = CaseFilter {
                    reach,
                    ..filter.clone()
                };
                let asked = format!("{filter:?}");
                let steps = store.read(move |tx| Box::pin(async move { plan(tx, &filter, order).await }));
                let steps: Vec<String> = steps.await.unwrap();
                assert!(
                    steps[0].contains(&format!("USING INDEX {index} ")) || steps[0].ends_with(index),
                    "{asked}: {steps:#?}"
                );
                assert!(
                    !steps.iter().any(|step| step.contains("TEMP B-TREE")),
                    "{asked}: {steps:#?}"
                );
            }
        }
    }

    #[test]
    fn the_days_of_a_list_lie_within_its_instants_in_every_zone() {
        let day = jiff::civil::date(2026, 6, 9);
        for zone in ["Pacific/Kiritimati", "Etc/GMT+12", "Europe/London"] {
            let zone = TimeZone::get(zone).unwrap();
            let midnight_of = |day: Date| zone.to_timestamp(day.at(0, 0, 0, 0)).unwrap().as_microsecond();
            let (begins, ends) = (midnight_of(day), midnight_of(day.tomorrow().unwrap()));
            assert!(midnight(Some(day), -1).unwrap() <= begins && ends <= midnight(Some(day), 2).unwrap());
        }
        assert_eq!(midnight(Some(Date::MAX), 2), None);
    }
}
