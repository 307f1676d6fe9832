//! Every fixed statement is prepared on every engine, and lists of open work use an index over open work.

use crate::harness::{on_a_file, on_every_engine};

#[test]
fn every_statement_is_prepared_and_uses_its_placeholders_without_gaps() {
    on_every_engine(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        let all = storage::statements(place.engine);
        assert!(all.len() > 70, "{}", all.len());
        for (file, name, sql) in all {
            let mut numbers = raw
                .placeholders(sql)
                .await
                .unwrap_or_else(|error| panic!("{file}.{name}: {error}"));
            numbers.sort_unstable();
            assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>(), "{file}.{name}");
            let portable = !["INSERT OR", "IFNULL", "PRAGMA", "hex(", "strftime", "rowid"]
                .iter()
                .any(|word| sql.contains(word));
            assert!(portable || file == "dialect", "{file}.{name} belongs into the dialect");
        }
    });
}

#[test]
fn letters_that_have_gone_out_are_not_looked_through_for_those_that_wait() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        for (name, index) in [("BROKEN_OFF", "outbox_sending"), ("OLDEST", "outbox_unsent")] {
            let statements = storage::statements(place.engine);
            let sql = statements
                .iter()
                .find(|(file, other, _)| (*file, *other) == ("outbox", name));
            let steps = raw.plan(sql.unwrap().2).await;
            assert!(steps.iter().any(|step| step.contains(index)), "{name}: {steps:?}");
        }
    });
}

#[test]
fn lists_and_counts_of_open_work_never_walk_through_closed_cases() {
    on_a_file(|place| async move {
        place.open().await.close().await.unwrap();
        let raw = place.raw().await;
        let lists = [
            ("closed_at IS NULL", "due_order, number", "cases_open_due"),
            (
                "closed_at IS NULL",
                "urgency DESC, due_order, number",
                "cases_open_urgent",
            ),
            ("closed_at IS NULL", "received_at, number", "cases_open_received"),
            (
                "closed_at IS NULL",
                "received_at DESC, number DESC",
                "cases_open_received",
            ),
            (
                "closed_at IS NULL AND owner_id = 1",
                "due_order, number",
                "cases_open_owner",
            ),
            (
                "closed_at IS NULL AND owner_id IS NULL",
                "due_order, number",
                "cases_open_owner",
            ),
        ];
        for (test, order, index) in lists {
            let steps = raw
                .plan(&format!(
                    "SELECT card FROM cases WHERE {test} ORDER BY {order} LIMIT 25"
                ))
                .await;
            assert!(
                steps.iter().all(|step| step.contains(index)),
                "{test}, {order}: {steps:?}"
            );
        }
        let (_, _, counts) = storage::statements(place.engine)
            .into_iter()
            .find(|(file, name, _)| (*file, *name) == ("cases", "COUNTS"))
            .unwrap();
        let steps = raw.plan(counts).await;
        let looks: Vec<&String> = steps.iter().filter(|step| step.contains("cases")).collect();
        assert_eq!(looks.len(), 6, "{steps:?}");
        assert!(looks.iter().all(|step| step.contains("cases_open_")), "{steps:?}");
    });
}
