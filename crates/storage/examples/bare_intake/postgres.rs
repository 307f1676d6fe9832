//! The loop in PostgreSQL: all statements of a commit are sent before the first answer is waited for.

use std::error::Error;
use std::ops::Range;
use std::time::Instant;

use futures_util::future::try_join_all;
use storage::files::FileStore;
use storage::{Keys, Server, Store};
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};
use tokio_postgres::{Client, NoTls, Statement};

use crate::{COUNTERS, Looped, TABLES, batches, name_of, refuse_if_missing, share};

/// A value as the server sends it and takes it back, whatever its type.
#[derive(Debug)]
struct Raw(Option<Vec<u8>>);

impl<'a> FromSql<'a> for Raw {
    fn from_sql(_: &Type, raw: &'a [u8]) -> Result<Raw, Box<dyn Error + Sync + Send>> {
        Ok(Raw(Some(raw.to_vec())))
    }

    fn from_sql_null(_: &Type) -> Result<Raw, Box<dyn Error + Sync + Send>> {
        Ok(Raw(None))
    }

    fn accepts(_: &Type) -> bool {
        true
    }
}

impl ToSql for Raw {
    fn to_sql(&self, _: &Type, out: &mut bytes::BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        let Some(raw) = &self.0 else { return Ok(IsNull::Yes) };
        out.extend_from_slice(raw);
        Ok(IsNull::No)
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

/// The rows of one table, and how they are written.
struct Rows {
    table: &'static str,
    insert: String,
    rows: Vec<Vec<Raw>>,
}

pub(crate) async fn run(from: &str, into: &str, batch: f64) -> Result<Looped, Box<dyn Error>> {
    let source = connected(from).await?;
    let complaints: i64 = source.query_one("SELECT COUNT(*) FROM cases", &[]).await?.try_get(0)?;
    let complaints = usize::try_from(complaints)?;
    let mut all = Vec::new();
    for (from, order) in &TABLES {
        all.push(read(&source, from, order).await?);
    }
    nothing_is_missing(&source).await?;
    let files = FileStore::folder(&std::env::temp_dir().join("redress-bare-intake"));
    Store::connect(&Server::parse(into)?, files, Keys::for_tests())
        .await?
        .close()
        .await?;
    let target = connected(into).await?;
    let mut inserts = Vec::new();
    for rows in &all {
        inserts.push(target.prepare(&rows.insert).await?);
    }
    let count = target
        .prepare("INSERT INTO counters (name, next) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET next = $2")
        .await?;
    let begun = Instant::now();
    for range in batches(complaints, batch) {
        target.batch_execute("BEGIN").await?;
        let end = i64::try_from(range.end)?;
        write(&target, all.iter().zip(&inserts), range, complaints).await?;
        let counted = COUNTERS.map(|name| (name, end));
        try_join_all(counted.iter().map(|(name, end)| {
            let values: [&(dyn ToSql + Sync); 2] = [name, end];
            target.execute_raw(&count, values)
        }))
        .await?;
        target.batch_execute("COMMIT").await?;
    }
    Ok(Looped {
        complaints,
        taken: begun.elapsed(),
        rows: all.iter().map(|rows| (rows.table, rows.rows.len())).collect(),
    })
}

async fn connected(address: &str) -> Result<Client, tokio_postgres::Error> {
    let (client, connection) = tokio_postgres::connect(address, NoTls).await?;
    // It ends with the client, and what went wrong is the client's error.
    tokio::spawn(connection);
    Ok(client)
}

async fn read(source: &Client, from: &'static str, order: &str) -> Result<Rows, Box<dyn Error>> {
    let table = name_of(from);
    let columns = source
        .query(
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns
             WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER' ORDER BY ordinal_position",
            &[&table],
        )
        .await?;
    let columns: Vec<String> = columns.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
    let places: Vec<String> = (1..=columns.len()).map(|place| format!("${place}")).collect();
    let columns_text = columns.join(", ");
    let found = source
        .query(&format!("SELECT {columns_text} FROM {from} ORDER BY {order}"), &[])
        .await?;
    let rows = found
        .iter()
        .map(|row| (0..columns.len()).map(|column| row.try_get(column)).collect())
        .collect::<Result<_, _>>()?;
    Ok(Rows {
        table,
        insert: format!(
            "INSERT INTO {table} ({columns_text}) OVERRIDING SYSTEM VALUE VALUES ({})",
            places.join(", ")
        ),
        rows,
    })
}

async fn nothing_is_missing(source: &Client) -> Result<(), Box<dyn Error>> {
    let names = source
        .query(
            "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()",
            &[],
        )
        .await?;
    for name in names {
        let name: String = name.try_get(0)?;
        let rows = source.query_one(&format!("SELECT COUNT(*) FROM {name}"), &[]).await?;
        refuse_if_missing(&name, rows.try_get(0)?)?;
    }
    Ok(())
}

async fn write(
    target: &Client,
    all: impl Iterator<Item = (&Rows, &Statement)> + Clone,
    range: Range<usize>,
    complaints: usize,
) -> Result<(), tokio_postgres::Error> {
    let mut sent = Vec::new();
    for complaint in range {
        for (rows, insert) in all.clone() {
            let share = share(rows.rows.len(), complaint, complaints);
            sent.extend(rows.rows[share].iter().map(|row| target.execute_raw(insert, row)));
        }
    }
    try_join_all(sent).await.map(drop)
}
