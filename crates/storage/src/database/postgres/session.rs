//! A connection within a transaction: statements whose answers somebody waits for, and statements that are only sent, so that a change costs as few
//! round trips as it asks questions.

use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use deadpool_postgres::Object;
use futures_util::TryStreamExt as _;
use tokio_postgres::types::Type;
use tokio_postgres::{Error, Statement};

use super::value::Bound;
use crate::StorageError;
use crate::database::dialect::postgres as dialect;
use crate::database::{Param, Row};

/// Whether the server keeps statements prepared between transactions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::database) enum Statements {
    /// Each is prepared once a connection.
    Prepared,
    /// A pooler stands between that gives every transaction another connection: each statement is sent whole.
    Whole,
}

/// A statement on its way, and what comes back of it.
type Work<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

/// How many statements may be on their way: enough that nobody waits, few enough that a long act does not fill the memory.
const ON_THEIR_WAY: usize = 256;

/// A connection within a transaction.
pub(in crate::database) struct Session {
    client: Arc<Object>,
    statements: Statements,
    sent: VecDeque<Sent>,
}

/// A statement that was sent.
struct Sent {
    work: Work<()>,
    /// The error where a row with its key is there already.
    taken: Option<StorageError>,
}

impl Sent {
    fn fault(&self, error: StorageError) -> StorageError {
        match (error, &self.taken) {
            (StorageError::Taken(_), Some(taken)) => taken.clone(),
            (error, _) => error,
        }
    }
}

impl Session {
    pub(in crate::database) fn new(client: Arc<Object>, statements: Statements) -> Session {
        Session {
            client,
            statements,
            sent: VecDeque::new(),
        }
    }

    /// Runs a statement and tells how many rows it changed.
    pub(in crate::database) async fn exec(&mut self, sql: &str, params: &[&dyn Param]) -> Result<u64, StorageError> {
        let work = self.execution(sql, params).await?;
        self.answer(work).await
    }

    /// Sends a statement whose answer says nothing but whether it went well; that is asked for before the act ends.
    pub(in crate::database) async fn push(&mut self, sql: &str, params: &[&dyn Param]) -> Result<(), StorageError> {
        self.push_as(sql, params, None).await
    }

    /// The same for a row that must be new.
    pub(in crate::database) async fn push_new(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        taken: StorageError,
    ) -> Result<(), StorageError> {
        self.push_as(sql, params, Some(taken)).await
    }

    async fn push_as(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        taken: Option<StorageError>,
    ) -> Result<(), StorageError> {
        let work = self.execution(sql, params).await?;
        let work: Work<()> = Box::pin(async move { work.await.map(|_| ()) });
        self.send(Sent { work, taken }).await
    }

    /// The rows of an answer, as many as are wanted.
    pub(in crate::database) async fn mapped<T>(
        &mut self,
        sql: &str,
        params: &[&dyn Param],
        most: usize,
        mut map: impl FnMut(&Row<'_>) -> Result<T, StorageError>,
    ) -> Result<Vec<T>, StorageError> {
        let rows = self.rows(sql, params).await?;
        rows.iter().take(most).map(|row| map(&Row::Postgres(row))).collect()
    }

    async fn rows(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Vec<tokio_postgres::Row>, StorageError> {
        let params = Bound::all(params)?;
        let client = self.client.clone();
        let work: Work<Vec<tokio_postgres::Row>> = match self.statements {
            Statements::Prepared => {
                let statement = self.prepared(sql).await?;
                Box::pin(async move { client.query_raw(&statement, params).await?.try_collect().await })
            }
            Statements::Whole => {
                let sql = sql.to_owned();
                Box::pin(async move { client.query_typed_raw(&sql, whole(params)).await?.try_collect().await })
            }
        };
        self.answer(work).await
    }

    /// Sends a command of the transaction itself.
    pub(super) async fn command(&mut self, sql: &'static str) -> Result<(), StorageError> {
        let client = self.client.clone();
        let work: Work<()> = Box::pin(async move { client.batch_execute(sql).await });
        self.send(Sent { work, taken: None }).await
    }

    /// Waits until the transaction has begun, for so long: a pooler whose server is away lets whoever comes wait for minutes.
    pub(super) async fn begun_within(&mut self, patience: Duration) -> Result<(), StorageError> {
        let begun = tokio::time::timeout(patience, self.settle()).await;
        begun.unwrap_or_else(|_| Err(StorageError::Away("no transaction began in time".to_owned())))
    }

    /// Waits until everything that was sent went well.
    pub(super) async fn settle(&mut self) -> Result<(), StorageError> {
        let mut first = Ok(());
        // All are waited for: what follows a failure only says that it follows one.
        while let Some(mut sent) = self.sent.pop_front() {
            let went = (&mut sent.work).await;
            if first.is_ok() {
                first = went.map_err(|error| sent.fault(self.heard(error)));
            }
        }
        first
    }

    /// A statement, kept prepared. What was sent before may have ended the transaction: then that is the error, and not that this was refused.
    async fn prepared(&mut self, sql: &str) -> Result<Statement, StorageError> {
        match self.client.prepare_cached(sql).await {
            Ok(statement) => Ok(statement),
            Err(error) => {
                self.settle().await?;
                Err(self.heard(error))
            }
        }
    }

    async fn execution(&mut self, sql: &str, params: &[&dyn Param]) -> Result<Work<u64>, StorageError> {
        let params = Bound::all(params)?;
        let client = self.client.clone();
        Ok(match self.statements {
            Statements::Prepared => {
                let statement = self.prepared(sql).await?;
                Box::pin(async move { client.execute_raw(&statement, params).await })
            }
            Statements::Whole => {
                let sql = sql.to_owned();
                Box::pin(async move {
                    let rows = client.query_typed_raw(&sql, whole(params)).await?;
                    futures_util::pin_mut!(rows);
                    while rows.try_next().await?.is_some() {}
                    Ok(rows.rows_affected().unwrap_or_default())
                })
            }
        })
    }

    /// Sends it, and waits first for what was sent before.
    async fn answer<T>(&mut self, mut work: Work<T>) -> Result<T, StorageError> {
        if let Poll::Ready(done) = poll_once(&mut work) {
            self.settle().await?;
            return done.map_err(|error| self.heard(error));
        }
        self.settle().await?;
        work.await.map_err(|error| self.heard(error))
    }

    /// An error in the store's words. What was prepared on this connection is forgotten where that is what is wrong: it is prepared anew when it is
    /// wanted next.
    fn heard(&self, error: Error) -> StorageError {
        let error = dialect::error(error);
        if let StorageError::Unprepared(why) = &error {
            tracing::info!(%why, "statements of a connection are prepared anew");
            self.client.statement_cache.clear();
        }
        error
    }

    async fn send(&mut self, mut sent: Sent) -> Result<(), StorageError> {
        if self.sent.len() >= ON_THEIR_WAY {
            self.settle().await?;
        }
        match poll_once(&mut sent.work) {
            Poll::Ready(done) => done.map_err(|error| sent.fault(self.heard(error))),
            Poll::Pending => {
                self.sent.push_back(sent);
                Ok(())
            }
        }
    }
}

/// The first poll writes the statement to the connection; whoever waits for it polls again.
fn poll_once<T>(work: &mut Work<T>) -> Poll<Result<T, Error>> {
    work.as_mut().poll(&mut Context::from_waker(Waker::noop()))
}

fn whole(params: Vec<Bound>) -> impl ExactSizeIterator<Item = (Bound, Type)> {
    params.into_iter().map(|param| (param, Type::UNKNOWN))
}
