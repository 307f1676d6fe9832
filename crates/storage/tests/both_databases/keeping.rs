//! What goes next: read from an index, announced day by day, and due only when it stood there for long enough.

use jiff::civil::date;
use rules::confidential::{Beyond, Reach};
use rules::people::StaffId;
use storage::cases::{self, CaseRow};
use storage::keeping::{self, Announced, FROM_THE_BEGINNING, KeepingRow, Preview};
use storage::{Store, erasure, events};

use crate::harness::{on_a_file, on_every_engine, read, write};
use crate::samples::{case, event, later};

fn row(number: i64, goes_on: Option<jiff::civil::Date>, held: bool) -> KeepingRow {
    KeepingRow {
        number,
        reference: format!("FC-{number}"),
        class: Some("stage_1".to_owned()),
        class_name: Some("Settled at stage 1".to_owned()),
        goes_on,
        held,
    }
}

/// Cases 1 to 5: on the 1st, the 1st and restricted, the 2nd and held, the 3rd, and one without a day.
async fn filled(store: &Store) {
    write(store, |tx| {
        Box::pin(async move {
            let days = [Some(1), Some(1), Some(2), Some(3), None];
            for (number, day) in (1..).zip(days) {
                let lane = if number == 2 { "restricted" } else { "open" };
                let row_of_case = CaseRow {
                    lane: lane.to_owned(),
                    closed_at: Some(later(number)),
                    ..case(number)
                };
                events::append(tx, &[event(&format!("FC-{number}"), 1, "words")]).await?;
                cases::put(tx, &row_of_case).await?;
                keeping::put(tx, &row(number, day.map(|day| date(2029, 6, day)), number == 3)).await?;
            }
            Ok(())
        })
    })
    .await;
}

async fn announce(store: &Store, day: i8, limit: u32) -> usize {
    write(store, move |tx| {
        Box::pin(async move {
            let (mut after, mut pages) = (FROM_THE_BEGINNING, 0);
            while let Some(last) = keeping::announce(tx, (date(2029, 6, 2), date(2029, 5, day)), after, limit).await? {
                (after, pages) = (last, pages + 1);
            }
            Ok(pages)
        })
    })
    .await
}

async fn due(store: &Store, days: i64) -> Vec<String> {
    read(store, move |tx| {
        Box::pin(async move {
            let announced = Announced {
                today: date(2029, 6, 1),
                since: date(2029, 5, 20),
                days,
            };
            let rows = keeping::due(tx, announced, FROM_THE_BEGINNING, 10).await?;
            Ok(rows.into_iter().map(|row| row.reference).collect())
        })
    })
    .await
}

#[test]
fn days_are_counted_as_far_as_somebody_reaches() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        let of = |reach| Preview {
            until: date(2029, 6, 2),
            reach,
        };
        let nobody = Reach {
            of: StaffId(1),
            beyond: Beyond::Nothing,
        };
        for (reach, counted, listed) in [
            (None, vec![(2, 0), (0, 1)], vec!["FC-1", "FC-2", "FC-3"]),
            (Some(nobody), vec![(1, 0), (0, 1)], vec!["FC-1", "FC-3"]),
        ] {
            let preview = of(reach);
            let (by_day, page) = read(&store, move |tx| {
                Box::pin(async move {
                    let by_day = keeping::by_day(tx, &preview).await?;
                    Ok((by_day, keeping::page(tx, &preview, FROM_THE_BEGINNING, 10).await?))
                })
            })
            .await;
            let numbers: Vec<_> = by_day.iter().map(|day| (day.going, day.held)).collect();
            assert_eq!(numbers, counted);
            let references: Vec<_> = page.iter().map(|row| row.reference.as_str()).collect();
            assert_eq!(references, listed);
        }
        let held = read(&store, |tx| {
            Box::pin(async move { keeping::held(tx, None, 0, 10).await })
        })
        .await;
        assert_eq!(held.len(), 1);
    });
}

#[test]
fn what_goes_is_announced_once_a_day_and_is_due_after_so_many_days() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        assert_eq!(announce(&store, 18, 1).await, 2, "two that are not held, a page each");
        assert_eq!(announce(&store, 18, 10).await, 1, "twice on a day is once");
        assert_eq!(due(&store, 2).await, Vec::<String>::new());
        announce(&store, 19, 10).await;
        assert_eq!(due(&store, 2).await, ["FC-1", "FC-2"]);
        assert_eq!(due(&store, 3).await, Vec::<String>::new());
        // A hold takes it from the list, and it begins anew.
        write(&store, |tx| {
            Box::pin(async move { keeping::put(tx, &row(1, Some(date(2029, 6, 1)), true)).await })
        })
        .await;
        assert_eq!(due(&store, 2).await, ["FC-2"]);
        write(&store, |tx| {
            Box::pin(async move { keeping::put(tx, &row(1, Some(date(2029, 6, 1)), false)).await })
        })
        .await;
        announce(&store, 20, 10).await;
        assert_eq!(due(&store, 2).await, ["FC-2"]);
        // Another day is announced as another.
        write(&store, |tx| {
            Box::pin(async move { keeping::put(tx, &row(2, Some(date(2029, 5, 30)), false)).await })
        })
        .await;
        assert_eq!(due(&store, 1).await, ["FC-1"]);
    });
}

#[test]
fn an_erased_case_leaves_no_row_and_one_that_came_back_is_found() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        filled(&store).await;
        announce(&store, 18, 10).await;
        write(&store, |tx| {
            Box::pin(async move { erasure::erase(tx, "FC-1", later(9)).await })
        })
        .await;
        let raw = place.raw().await;
        for sql in [
            "SELECT reference FROM cases WHERE number = 1",
            "SELECT reference FROM case_keeping WHERE number = 1",
            "SELECT since FROM case_notices WHERE number = 1",
        ] {
            assert_eq!(raw.texts(sql).await, Vec::<String>::new(), "{sql}");
        }
        let half = read(&store, |tx| Box::pin(async move { erasure::half_erased(tx, 10).await })).await;
        assert_eq!(half, Vec::<String>::new());
        write(&store, |tx| Box::pin(async move { cases::put(tx, &case(9)).await })).await;
        raw.run("UPDATE stream_keys SET wrapped = NULL, destroyed_at = 1 WHERE stream = 'FC-9'")
            .await
            .unwrap();
        let half = read(&store, |tx| Box::pin(async move { erasure::half_erased(tx, 10).await })).await;
        assert_eq!(half, ["FC-9"]);
    });
}

#[test]
fn what_goes_next_is_read_from_an_index_and_no_case_is_walked_past() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        let statements = storage::statements(place.engine);
        for (name, index) in [("GOING", "case_keeping_goes"), ("DUE", "case_notices_goes")] {
            let sql = statements
                .iter()
                .find(|(file, other, _)| (*file, *other) == ("keeping", name));
            let steps = raw.plan(sql.unwrap().2).await;
            assert!(steps.iter().any(|step| step.contains(index)), "{name}: {steps:?}");
        }
        let days = "SELECT k.goes_on, COUNT(*) FROM case_keeping k WHERE k.goes_on <= $1 GROUP BY k.goes_on, k.class";
        let steps = raw.plan(days).await;
        assert!(steps.iter().any(|step| step.contains("case_keeping_goes")), "{steps:?}");
    });
}
