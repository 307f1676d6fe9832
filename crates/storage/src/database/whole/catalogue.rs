//! Which tables there are, as the engine itself says; how it is asked differs, what comes out is the same.

use super::hand::Hand;
use super::{Field, Kind, Table};
use crate::StorageError;
use crate::database::{Engine, LATEST_STEP};

/// The book of the steps of the schema is each engine's own. `search_index` is a virtual table with its shadows: made again from
/// `search_documents`. Columns that are worked out are left out.
const SQLITE: &str = "SELECT t.name, c.name, c.type, c.pk
     FROM pragma_table_list t, pragma_table_xinfo(t.name) c
     WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT IN ('sqlite_schema', 'schema_migrations') AND t.name NOT LIKE 'sqlite!_%' ESCAPE '!'
       AND c.hidden = 0
     ORDER BY t.name, c.name";

const POSTGRES: &str = "SELECT CAST(c.relname AS TEXT), CAST(a.attname AS TEXT), format_type(a.atttypid, NULL),
            CAST(COALESCE(array_position(CAST(i.indkey AS INT2[]), a.attnum) + 1, 0) AS BIGINT)
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
     WHERE c.relkind IN ('r', 'p') AND c.relname <> 'schema_migrations'
     ORDER BY CAST(c.relname AS TEXT) COLLATE \"C\", CAST(a.attname AS TEXT) COLLATE \"C\"";

/// The number of the latest step that the schema has taken.
pub(super) async fn step(hand: &mut Hand) -> Result<i64, StorageError> {
    let found = hand.rows(LATEST_STEP, &[], 1, |row| row.get::<i64>(0)).await?;
    Ok(found.into_iter().next().unwrap_or_default())
}

/// Every table that is kept.
pub(super) async fn tables(hand: &mut Hand) -> Result<Vec<Table>, StorageError> {
    let sql = match hand.engine() {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    let rows = hand
        .rows(sql, &[], usize::MAX, |row| {
            let (table, column): (String, String) = (row.get(0)?, row.get(1)?);
            Ok((table, column, row.get::<String>(2)?, row.get::<i64>(3)?))
        })
        .await?;
    let mut tables: Vec<(Table, Vec<(i64, String)>)> = Vec::new();
    for (name, column, kind, place) in rows {
        let kind = kind_of(&kind)
            .ok_or_else(|| StorageError::Corrupt(format!("the column {column} of {name} holds a {kind}")))?;
        if tables.last().is_none_or(|(table, _)| table.name != name) {
            let (columns, key) = (Vec::new(), Vec::new());
            tables.push((Table { name, columns, key }, Vec::new()));
        }
        if let Some((table, key)) = tables.last_mut() {
            if place > 0 {
                key.push((place, column.clone()));
            }
            table.columns.push(Field { name: column, kind });
        }
    }
    tables.into_iter().map(|(table, key)| keyed(table, key)).collect()
}

fn keyed(mut table: Table, mut key: Vec<(i64, String)>) -> Result<Table, StorageError> {
    key.sort();
    table.key = key.into_iter().map(|(_, name)| name).collect();
    if table.key.is_empty() {
        let words = format!("the table {} has no primary key and so no order", table.name);
        return Err(StorageError::Corrupt(words));
    }
    Ok(table)
}

/// By the names that the migrations use in either engine.
fn kind_of(declared: &str) -> Option<Kind> {
    Some(match declared.to_ascii_lowercase().as_str() {
        "integer" | "bigint" => Kind::Integer,
        "boolean" => Kind::Truth,
        "text" => Kind::Text,
        "blob" | "bytea" => Kind::Bytes,
        _ => return None,
    })
}
