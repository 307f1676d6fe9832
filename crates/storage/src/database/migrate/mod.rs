//! Bringing a database up to this version, one numbered step after the other, and refusing what does not fit.
//!
//! A version that runs may be older than the one that brings the database forward: a step that expands is one that it works on, and a step that
//! contracts waits until no such node is alive. Whoever was thought to be gone and wakes finds out before it commits.

mod book;
mod steps;
#[cfg(test)]
mod tests;

use deadpool_postgres::Object;
use rusqlite::{Connection, TransactionBehavior};
use tokio_postgres::Client;
use tokio_postgres::types::{ToSql, Type};

use self::book::{Living, Taken};
use super::dialect;
use super::postgres::Link;
use crate::nodes::Node;
use crate::{Engine, StorageError};

pub(crate) use self::book::LATEST;
pub use self::steps::{Step, Steps};

/// Takes every step that an SQLite database has not taken, all in one transaction, in which this node says that it is there.
pub(super) fn sqlite(conn: &mut Connection, steps: &Steps, node: &Node) -> Result<(), StorageError> {
    let error = dialect::sqlite::error;
    let transaction = conn
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(error)?;
    take_all_sqlite(&transaction, steps.of(Engine::Sqlite))?;
    let nodes = Engine::Sqlite.nodes();
    transaction.execute(nodes.forget, []).map_err(error)?;
    transaction
        .execute(nodes.beat, (&node.name, node.knows))
        .map_err(error)?;
    transaction.commit().map_err(error)
}

/// Makes the schema of an empty SQLite database as it was after a step: for what was kept then.
pub(super) fn sqlite_up_to(conn: &Connection, step: i64) -> Result<(), StorageError> {
    take_all_sqlite(conn, steps::up_to(Engine::Sqlite, step)?)
}

fn take_all_sqlite(conn: &Connection, steps: &[Step]) -> Result<(), StorageError> {
    let error = dialect::sqlite::error;
    conn.execute_batch(book::MAKE).map_err(error)?;
    let is_complete = conn.query_row(dialect::sqlite::BOOK_IS_COMPLETE, [], |row| row.get(0));
    if !is_complete.map_err(error)? {
        conn.execute_batch(book::COMPLETE).map_err(error)?;
    }
    let taken = conn.query_row(LATEST, [], |row| row.get(0)).map_err(error)?;
    let asks_most = rows(conn, book::ASKS_MOST, [], |row| {
        Ok(Taken {
            number: row.get(0)?,
            name: row.get(1)?,
            works_from: row.get(2)?,
        })
    })?;
    book::judge(taken, asks_most.first(), steps)?;
    if taken >= steps::LIVING
        && let Some(step) = book::asked_by(taken, steps)
    {
        let older = rows(conn, Engine::Sqlite.nodes().older, [step.works_from], |row| {
            Ok(Living {
                node: row.get(0)?,
                knows: row.get(1)?,
                left: row.get(2)?,
            })
        })?;
        book::refusal(step, &older).map_or(Ok(()), Err)?;
    }
    steps.iter().try_for_each(|step| take(conn, step))
}

fn rows<T>(
    conn: &Connection,
    sql: &str,
    params: impl rusqlite::Params,
    map: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StorageError> {
    let error = dialect::sqlite::error;
    let mut statement = conn.prepare(sql).map_err(error)?;
    let rows = statement.query_map(params, map).map_err(error)?;
    rows.collect::<Result<_, _>>().map_err(error)
}

fn take(conn: &Connection, step: &Step) -> Result<(), StorageError> {
    let error = dialect::sqlite::error;
    if let Some(kept) = rows(conn, book::TAKEN, [step.number], |row| row.get::<_, String>(0))?.first() {
        return step.compare(kept);
    }
    conn.execute_batch(step.text).map_err(error)?;
    let taken = (step.number, step.name, step.checksum(), step.works_from);
    conn.execute(book::TAKE, taken).map(drop).map_err(error)
}

/// Takes every step that a PostgreSQL database has not taken, all in one transaction and in this node's turn: the nodes that start at the same
/// moment find it done. In it this node says that it is there.
pub(super) async fn postgres(link: &Link, steps: &Steps, node: &Node) -> Result<(), StorageError> {
    let client = link.writer().await?;
    let taken = in_turn(&client, steps, node).await.map_err(|error| match error {
        StorageError::Held => StorageError::InUse(
            "the schema cannot be brought forward while somebody reads what it changes, for instance a backup. Start again when that is done"
                .to_owned(),
        ),
        other => other,
    });
    // A connection that cannot undo is closed, and the server undoes it by itself.
    if taken.is_err() && client.batch_execute("ROLLBACK").await.is_err() {
        drop(Object::take(client));
    }
    taken
}

async fn in_turn(client: &Client, steps: &Steps, node: &Node) -> Result<(), StorageError> {
    let error = dialect::postgres::error;
    client
        .batch_execute(dialect::postgres::BEGIN_WRITE)
        .await
        .map_err(error)?;
    take_all(client, steps.of(Engine::Postgres)).await?;
    let nodes = Engine::Postgres.nodes();
    client.batch_execute(nodes.forget).await.map_err(error)?;
    let said: [(&(dyn ToSql + Sync), Type); 2] = [(&node.name, Type::TEXT), (&node.knows, Type::INT8)];
    client.execute_typed(nodes.beat, &said).await.map_err(error)?;
    client.batch_execute("COMMIT").await.map_err(error)
}

/// Makes the schema of an empty PostgreSQL database as it was after a step, within the transaction that has begun.
pub(super) async fn postgres_up_to(client: &Client, step: i64) -> Result<(), StorageError> {
    take_all(client, steps::up_to(Engine::Postgres, step)?).await
}

async fn take_all(client: &Client, steps: &[Step]) -> Result<(), StorageError> {
    let error = dialect::postgres::error;
    client.batch_execute(book::MAKE).await.map_err(error)?;
    // Asked first: to change a table waits for everybody who reads it, also where there is nothing to change.
    let is_complete = client.query_typed_one(dialect::postgres::BOOK_IS_COMPLETE, &[]).await;
    if !is_complete.and_then(|row| row.try_get(0)).map_err(error)? {
        client.batch_execute(book::COMPLETE).await.map_err(error)?;
    }
    let taken = client.query_typed_one(LATEST, &[]).await;
    let taken = taken.and_then(|row| row.try_get(0)).map_err(error)?;
    let asks_most = client.query_typed_opt(book::ASKS_MOST, &[]).await.map_err(error)?;
    let asks_most = asks_most.map(|row| {
        Ok(Taken {
            number: row.try_get(0)?,
            name: row.try_get(1)?,
            works_from: row.try_get(2)?,
        })
    });
    book::judge(taken, asks_most.transpose().map_err(error)?.as_ref(), steps)?;
    if taken >= steps::LIVING
        && let Some(step) = book::asked_by(taken, steps)
    {
        let older = older_nodes(client, step.works_from).await.map_err(error)?;
        book::refusal(step, &older).map_or(Ok(()), Err)?;
    }
    for step in steps {
        take_on_server(client, step).await?;
    }
    Ok(())
}

async fn older_nodes(client: &Client, works_from: i64) -> Result<Vec<Living>, tokio_postgres::Error> {
    let older = client
        .query_typed(Engine::Postgres.nodes().older, &[(&works_from, Type::INT8)])
        .await?;
    let living = older.iter().map(|row| {
        Ok(Living {
            node: row.try_get(0)?,
            knows: row.try_get(1)?,
            left: row.try_get(2)?,
        })
    });
    living.collect()
}

async fn take_on_server(client: &Client, step: &Step) -> Result<(), StorageError> {
    let error = dialect::postgres::error;
    let kept = client.query_typed_opt(book::TAKEN, &[(&step.number, Type::INT8)]).await;
    if let Some(kept) = kept.map_err(error)? {
        return step.compare(kept.try_get(0).map_err(error)?);
    }
    client.batch_execute(step.text).await.map_err(error)?;
    let checksum = step.checksum();
    let taken: [(&(dyn ToSql + Sync), Type); 4] = [
        (&step.number, Type::INT8),
        (&step.name, Type::TEXT),
        (&checksum, Type::TEXT),
        (&step.works_from, Type::INT8),
    ];
    client.execute_typed(book::TAKE, &taken).await.map(drop).map_err(error)
}
