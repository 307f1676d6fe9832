//! The register of follow-on actions in pages, and the days of all that can still be counted: each told a second time from the rows themselves.

use jiff::ToSpan;
use jiff::civil::{Date, date};
use rules::confidential::{Beyond, Reach};
use rules::follow_on::carried::is_overdue;
use rules::follow_on::{FollowOnFacts, FollowOnId, Status};
use rules::people::StaffId;
use storage::Store;
use storage::cases::{self, CaseRow};
use storage::follow_on::{self, ActionDays, ActionRow, Part};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, now};
use crate::search::EVERYTHING;

const TODAY: Date = date(2026, 10, 12);
const PARTS: [Part; 4] = [Part::ToDo, Part::Late, Part::Done, Part::Dropped];
/// Nobody's case but those that everybody in the office sees.
const OPEN_LANE: Reach = Reach {
    of: StaffId(9),
    beyond: Beyond::Nothing,
};

/// Every status on different days, promised by a case, by a restricted case, or recommended by a review.
fn rows() -> Vec<ActionRow> {
    let mut rows = Vec::new();
    for (n, status) in (0_i32..).zip(Status::ALL.iter().cycle().take(90)) {
        let id = match n % 3 {
            0 => "FC-1-".to_owned(),
            1 => "FC-2-".to_owned(),
            _ => "2026-08-".to_owned(),
        };
        let id = format!("{id}{}", n + 1);
        let on = TODAY - (n % 40).days();
        let is = |wanted: &[Status]| wanted.contains(status);
        let facts = FollowOnFacts {
            proposed_on: (n % 3 == 2).then_some(on - 9.days()),
            accepted_on: (!is(&[Status::Proposed])).then_some(on - 5.days()),
            due_on: Some(on + 20.days()),
            done_on: is(&[Status::Done, Status::Verified]).then_some(on),
            verified_on: is(&[Status::Verified]).then_some(on + 1.days()),
            dropped_on: is(&[Status::Dropped]).then_some(on),
            published_on: (is(&[Status::Verified]) && n % 2 == 0).then_some(on + 3.days()),
        };
        rows.push(ActionRow {
            reference: id.strip_prefix("FC-").map(|rest| format!("FC-{}", &rest[..1])),
            id: id.parse().unwrap(),
            status: *status,
            facts,
            last_sequence: 1,
            card: format!("{{\"n\":{n}}}").into_bytes(),
        });
    }
    rows
}

async fn keep(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            cases::put(tx, &case(1)).await?;
            let restricted = CaseRow {
                lane: "restricted".to_owned(),
                ..case(2)
            };
            cases::put(tx, &restricted).await?;
            for row in rows() {
                follow_on::put(tx, &row, now()).await?;
            }
            Ok(())
        })
    })
    .await;
}

fn belongs(row: &ActionRow, part: Part) -> bool {
    match part {
        Part::ToDo => row.status.is_open(),
        Part::Late => is_overdue(row.status, &row.facts, TODAY),
        Part::Done => matches!(row.status, Status::Done | Status::Verified),
        Part::Dropped => row.status == Status::Dropped,
    }
}

/// What comes before what in a part, as its documentation says.
fn place(row: &ActionRow, part: Part) -> (bool, i64) {
    let day = |on: Option<Date>| on.unwrap().duration_since(Date::ZERO).as_hours();
    match part {
        Part::ToDo => (row.status == Status::Proposed, day(row.facts.due_on)),
        Part::Late => (false, day(row.facts.due_on)),
        Part::Done => (row.status == Status::Verified, -day(row.facts.done_on)),
        Part::Dropped => (false, -day(row.facts.dropped_on)),
    }
}

async fn page(store: &Store, part: Part, reach: Reach, skipped: u32) -> Vec<FollowOnId> {
    read(store, move |tx| {
        Box::pin(async move { follow_on::page(tx, part, (TODAY, &reach), (skipped, 7)).await })
    })
    .await
}

#[test]
fn every_part_is_whole_in_its_order_over_its_pages_and_as_large_as_it_says() {
    on_every_engine(|at| async move {
        let store = at.open().await;
        keep(&store).await;
        for reach in [OPEN_LANE, EVERYTHING] {
            let sizes = read(&store, move |tx| {
                Box::pin(async move { follow_on::sizes(tx, TODAY, &reach).await })
            });
            let sizes = sizes.await;
            for (part, size) in PARTS
                .into_iter()
                .zip([sizes.to_do, sizes.late, sizes.done, sizes.dropped])
            {
                let hidden = |row: &ActionRow| reach == OPEN_LANE && row.reference.as_deref() == Some("FC-2");
                let expected: Vec<ActionRow> = rows()
                    .into_iter()
                    .filter(|row| belongs(row, part) && !hidden(row))
                    .collect();
                assert_eq!(size as usize, expected.len(), "{part:?}");
                let mut found = Vec::new();
                loop {
                    let more = page(&store, part, reach, u32::try_from(found.len()).unwrap()).await;
                    if more.is_empty() {
                        break;
                    }
                    found.extend(more);
                }
                let row = |id: &FollowOnId| {
                    expected
                        .iter()
                        .find(|row| row.id == *id)
                        .unwrap_or_else(|| panic!("{part:?}: {id}"))
                };
                assert!(found.is_sorted_by_key(|id| place(row(id), part)), "{part:?}: {found:?}");
                let mut ids: Vec<String> = found.iter().map(ToString::to_string).collect();
                ids.sort();
                ids.dedup();
                assert_eq!(ids.len(), expected.len(), "{part:?}: each once");
            }
            let open = read(&store, move |tx| {
                Box::pin(async move { follow_on::count_open(tx, TODAY, &reach).await })
            });
            let open = open.await;
            assert_eq!(
                (open.open, open.overdue),
                (i64::from(sizes.to_do), i64::from(sizes.late))
            );
        }
    });
}

#[test]
fn from_a_day_on_all_is_read_that_is_open_or_to_which_something_happened_since() {
    on_every_engine(|at| async move {
        let store = at.open().await;
        keep(&store).await;
        for back in [0, 3, 20, 400] {
            let first = TODAY - back.days();
            let found = read(&store, move |tx| {
                Box::pin(async move { follow_on::between(tx, (first, jiff::civil::Date::MAX)).await })
            });
            let mut found: Vec<ActionDays> = found.await;
            found.sort_by_key(|action| action.id.to_string());
            let touched = |facts: &FollowOnFacts| {
                let days = [facts.done_on, facts.verified_on, facts.dropped_on, facts.published_on];
                days.into_iter().flatten().any(|on| on >= first)
            };
            let mut expected: Vec<ActionDays> = rows()
                .into_iter()
                .filter(|row| row.status.is_open() || touched(&row.facts))
                .map(|row| ActionDays {
                    id: row.id,
                    status: row.status,
                    facts: row.facts,
                })
                .collect();
            expected.sort_by_key(|action| action.id.to_string());
            assert_eq!(found, expected, "since {first}");
        }
    });
}

#[test]
fn the_words_of_those_asked_for_come_in_the_order_asked_for() {
    on_every_engine(|at| async move {
        let store = at.open().await;
        keep(&store).await;
        let mut wanted = vec![rows().swap_remove(40), rows().swap_remove(3)];
        let mut ids: Vec<FollowOnId> = wanted.iter().map(|row| row.id.clone()).collect();
        ids.insert(1, "FC-7-1".parse().unwrap());
        let found = read(&store, move |tx| {
            Box::pin(async move { follow_on::these(tx, &ids).await })
        });
        assert_eq!(found.await, std::mem::take(&mut wanted));
    });
}
