//! Every fixed statement is prepared on every engine, and lists of open work use an index over open work.

use storage::Engine;

use crate::harness::on_every_engine;

#[test]
fn every_statement_is_prepared_and_uses_its_placeholders_without_gaps() {
    on_every_engine(|place| async move {
        place.open().close().await.unwrap();
        let raw = place.raw();
        let all = storage::statements();
        assert!(all.len() > 70, "{}", all.len());
        for (file, name, sql) in all {
            let statement = raw
                .prepare(sql)
                .unwrap_or_else(|error| panic!("{file}.{name}: {error}"));
            let mut numbers: Vec<usize> = (1..=statement.parameter_count())
                .map(|index| {
                    statement
                        .parameter_name(index)
                        .unwrap()
                        .strip_prefix('$')
                        .unwrap()
                        .parse()
                        .unwrap()
                })
                .collect();
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
fn lists_and_counts_of_open_work_never_walk_through_closed_cases() {
    on_every_engine(|place| async move {
        place.open().close().await.unwrap();
        let Engine::Sqlite = place.engine;
        let raw = place.raw();
        let plan = |sql: &str| -> Vec<String> {
            let mut statement = raw.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap();
            let count = statement.parameter_count();
            let nothing = rusqlite::params_from_iter((0..count).map(|_| 0_i64));
            statement
                .query_map(nothing, |row| row.get(3))
                .unwrap()
                .map(Result::unwrap)
                .collect()
        };
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
            let steps = plan(&format!(
                "SELECT card FROM cases WHERE {test} ORDER BY {order} LIMIT 25"
            ));
            assert!(
                steps.iter().all(|step| step.contains(index)),
                "{test}, {order}: {steps:?}"
            );
        }
        let (_, _, counts) = storage::statements()
            .into_iter()
            .find(|(file, name, _)| (*file, *name) == ("cases", "COUNTS"))
            .unwrap();
        let steps = plan(counts);
        let looks: Vec<&String> = steps.iter().filter(|step| step.contains("cases")).collect();
        assert_eq!(looks.len(), 6, "{steps:?}");
        assert!(looks.iter().all(|step| step.contains("cases_open_")), "{steps:?}");
    });
}
