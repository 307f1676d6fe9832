//! The list of what erasing does to each column is whole: a column that it does not name fails here.

use std::collections::BTreeSet;

use storage::Engine;

use crate::harness::on_every_engine;

const LIST: &str = include_str!("../../../../docs/operating/erasure.md");

/// What a line between bars names in backticks.
fn named(cell: &str) -> Vec<&str> {
    cell.split('`').skip(1).step_by(2).collect()
}

/// The table and the columns of every line of the inventory.
fn listed() -> BTreeSet<(String, String)> {
    let (_, inventory) = LIST.split_once("## The inventory").unwrap();
    let lines = inventory.lines().take_while(|line| !line.starts_with("Outside"));
    let mut all = BTreeSet::new();
    for line in lines.filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let table = named(cells[1])[0];
        assert!(!cells[3].is_empty() && !cells[4].is_empty(), "{table} says nothing");
        for column in named(cells[2]) {
            assert!(
                all.insert((table.to_owned(), column.to_owned())),
                "{table}.{column} stands twice"
            );
        }
    }
    all
}

#[test]
fn every_column_of_the_schema_stands_in_the_inventory_and_no_other() {
    on_every_engine(|place| async move {
        place.open().await.close().await.unwrap();
        let sql = match place.engine {
            Engine::Sqlite => {
                "SELECT t.name || '.' || c.name FROM pragma_table_list t, pragma_table_xinfo(t.name) c
                 WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!' AND c.hidden = 0"
            }
            Engine::Postgres => {
                "SELECT table_name || '.' || column_name FROM information_schema.columns
                 WHERE table_schema = current_schema() AND is_generated = 'NEVER'"
            }
        };
        let raw = place.raw().await;
        let there = raw.texts(sql).await;
        let there = there.iter().filter(|name| !name.starts_with("schema_migrations."));
        let there: BTreeSet<(String, String)> = there
            .map(|name| name.split_once('.').unwrap())
            .map(|(table, column)| (table.to_owned(), column.to_owned()))
            .collect();
        let listed = listed();
        let lacks: Vec<_> = there.difference(&listed).collect();
        let extra: Vec<_> = listed.difference(&there).collect();
        assert!(
            lacks.is_empty(),
            "docs/operating/erasure.md does not say what erasing does to {lacks:?}"
        );
        assert!(
            extra.is_empty(),
            "docs/operating/erasure.md names {extra:?}, which is not there"
        );
    });
}
