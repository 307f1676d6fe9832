//! The rows of cases: lists, pages, filters and the figures of the desk.

use jiff::civil::date;
use storage::Store;
use storage::cases::{self, CaseFilter, CaseRow, Counts, Cursor, Life, Order};

use crate::harness::{on_every_engine, read, write};
use crate::samples::{case, later};

async fn put_cases(store: &Store, rows: Vec<CaseRow>) {
    write(store, move |tx| {
        Box::pin(async move {
            for row in &rows {
                cases::put(tx, row).await?;
            }
            Ok(())
        })
    })
    .await;
}

/// The numbers of a whole list, read two at a time.
async fn numbers(store: &Store, filter: CaseFilter, order: Order) -> Vec<i64> {
    read(store, move |tx| {
        Box::pin(async move {
            let mut found = Vec::new();
            let mut after = None;
            loop {
                let page = cases::list(tx, &filter, order, after, 2).await?;
                let Some(last) = page.last() else { return Ok(found) };
                after = Cursor::parse(&Cursor::of(last, order).to_text());
                found.extend(page.iter().map(|row| row.number));
            }
        })
    })
    .await
}

#[test]
fn a_case_row_comes_back_whole_and_is_replaced() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let first = CaseRow {
            vip: true,
            extended: true,
            problem: Some("B1".to_owned()),
            ..case(10_001)
        };
        put_cases(&store, vec![first.clone()]).await;
        let kept = read(&store, |tx| Box::pin(async move { cases::get(tx, "FC-10001").await })).await;
        assert_eq!(kept, Some(first.clone()));
        let bare = CaseRow {
            owner_id: None,
            due_on: None,
            due_at: None,
            due_clock: None,
            update_due_at: None,
            closed_at: Some(later(99)),
            service: None,
            problem: None,
            last_contact_at: None,
            card: Vec::new(),
            ..first
        };
        put_cases(&store, vec![bare.clone()]).await;
        let (kept, none) = read(&store, |tx| {
            Box::pin(async move { Ok((cases::get(tx, "FC-10001").await?, cases::get(tx, "FC-9").await?)) })
        })
        .await;
        assert_eq!(kept, Some(bare));
        assert_eq!(none, None);
    });
}

/// Five cases that differ in what lists look at.
fn five() -> Vec<CaseRow> {
    vec![
        CaseRow {
            due_at: Some(later(500)),
            urgency: 1,
            ..case(1)
        },
        CaseRow {
            due_at: None,
            due_on: None,
            urgency: 3,
            owner_id: None,
            state: "received".to_owned(),
            ..case(2)
        },
        CaseRow {
            due_at: Some(later(100)),
            urgency: 1,
            stage: 2,
            state: "sign_off".to_owned(),
            ..case(3)
        },
        CaseRow {
            due_at: Some(later(100)),
            urgency: 3,
            owner_id: Some(2),
            kind: "comment".to_owned(),
            ..case(4)
        },
        CaseRow {
            due_at: Some(later(50)),
            closed_at: Some(later(60)),
            state: "closed".to_owned(),
            ..case(5)
        },
    ]
}

#[test]
fn lists_are_ordered_and_paged_without_gaps_or_repeats() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        put_cases(&store, five()).await;
        let open = || CaseFilter {
            life: Life::Open,
            ..CaseFilter::default()
        };
        assert_eq!(numbers(&store, open(), Order::DueFirst).await, [3, 4, 1, 2]);
        assert_eq!(numbers(&store, open(), Order::UrgentFirst).await, [4, 2, 3, 1]);
        assert_eq!(numbers(&store, open(), Order::ReceivedFirst).await, [1, 2, 3, 4]);
        assert_eq!(numbers(&store, open(), Order::RecentFirst).await, [4, 3, 2, 1]);
        assert_eq!(
            numbers(&store, CaseFilter::default(), Order::DueFirst).await,
            [5, 3, 4, 1, 2]
        );
        assert_eq!(
            numbers(&store, CaseFilter::default(), Order::RecentFirst).await,
            [5, 4, 3, 2, 1]
        );
    });
}

#[test]
fn each_filter_narrows_the_list() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let mut rows = five();
        rows[0].lane = "sealed".to_owned();
        rows[1].service = Some("A1".to_owned());
        rows[2].received_on = date(2026, 10, 13);
        rows[3].update_due_at = Some(later(1));
        put_cases(&store, rows).await;
        let all = CaseFilter::default;
        let text = |text: &str| Some(text.to_owned());
        let cases: [(CaseFilter, &[i64]); 12] = [
            (
                CaseFilter {
                    state_in: vec!["received".to_owned(), "closed".to_owned()],
                    ..all()
                },
                &[2, 5],
            ),
            (
                CaseFilter {
                    owner: Some(2),
                    ..all()
                },
                &[4],
            ),
            (
                CaseFilter {
                    stage: Some(2),
                    ..all()
                },
                &[3],
            ),
            (
                CaseFilter {
                    kind: text("comment"),
                    ..all()
                },
                &[4],
            ),
            (
                CaseFilter {
                    lane: text("sealed"),
                    ..all()
                },
                &[1],
            ),
            (
                CaseFilter {
                    service: text("A1"),
                    ..all()
                },
                &[2],
            ),
            (
                CaseFilter {
                    unassigned: true,
                    ..all()
                },
                &[2],
            ),
            (
                CaseFilter {
                    with_update_due_before: Some(later(2)),
                    ..all()
                },
                &[4],
            ),
            (
                CaseFilter {
                    due_before: Some(later(101)),
                    life: Life::Open,
                    ..all()
                },
                &[3, 4],
            ),
            (
                CaseFilter {
                    received_from: Some(date(2026, 10, 13)),
                    ..all()
                },
                &[3],
            ),
            (
                CaseFilter {
                    received_until: Some(date(2026, 10, 12)),
                    ..all()
                },
                &[1, 2, 4, 5],
            ),
            (
                CaseFilter {
                    owner: Some(1),
                    stage: Some(1),
                    life: Life::Open,
                    ..all()
                },
                &[1],
            ),
        ];
        for (filter, expected) in cases {
            let words = format!("{filter:?}");
            assert_eq!(numbers(&store, filter, Order::ReceivedFirst).await, expected, "{words}");
        }
    });
}

#[test]
fn the_desk_counts_open_cases_only() {
    on_every_engine(|place| async move {
        let store = place.open().await;
        let mut rows = five();
        rows.push(CaseRow {
            state: "escalation_pending".to_owned(),
            ..case(6)
        });
        rows.push(CaseRow {
            state: "received".to_owned(),
            lane: "sealed".to_owned(),
            owner_id: Some(9),
            ..case(7)
        });
        put_cases(&store, rows).await;
        let counts = read(&store, |tx| {
            Box::pin(async move { cases::counts(tx, 1, later(100), date(2026, 10, 12)).await })
        })
        .await;
        let expected = Counts {
            asked: 0,
            mine: 3,
            mine_late: 1,
            triage: 1,
            open: 5,
            awaiting_sign_off: 1,
            escalations: 1,
        };
        assert_eq!(counts, expected);
    });
}
