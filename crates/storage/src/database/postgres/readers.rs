//! Looks on one moment of the database, each on a connection of its own.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::Object;

use super::server::Link;
use super::session::{Session, Statements};
use super::writer::discard;
use crate::StorageError;
use crate::database::dialect::postgres as dialect;
use crate::database::store::Shared;
use crate::database::{Act, Tx, act};

/// How long a look waits for a pooler that has no connection for it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Runs a look. It is run to its end even when its caller goes away, so that no connection is given back in the middle of one.
pub(in crate::database) async fn read<T, E, F>(link: Arc<Link>, shared: Arc<Shared>, look: F) -> Result<T, E>
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StorageError> + Send + 'static,
{
    let looked = tokio::spawn(async move { look_once(&link, &shared, look).await });
    looked
        .await
        .unwrap_or_else(|error| Err(E::from(StorageError::Panicked(error.to_string()))))
}

async fn look_once<T, E, F>(link: &Link, shared: &Shared, look: F) -> Result<T, E>
where
    F: for<'a, 'c> FnOnce(&'a mut Tx<'c>) -> Act<'a, T, E>,
    E: From<StorageError>,
{
    let (client, mut session) = begin(link).await?;
    let (result, unwrapped) = {
        let mut tx = Tx::of_postgres(&mut session, &shared.keys, &shared.cache);
        let result = act::run(&mut tx, look).await;
        (result, std::mem::take(&mut tx.effects.unwrapped))
    };
    shared.cache.keep(unwrapped);
    session.settle().await?;
    // Sent, not waited for: whoever uses the connection next comes after it.
    session.command("COMMIT").await?;
    drop((session, client));
    result
}

/// Begins a look. It is only sent: whether it went well is asked with the first question. Behind a pooler it is waited for.
async fn begin(link: &Link) -> Result<(Arc<Object>, Session), StorageError> {
    let client = Arc::new(link.reader().await?);
    let mut session = Session::new(client.clone(), link.statements);
    session.command(dialect::BEGIN_READ).await?;
    if link.statements == Statements::Whole
        && let Err(error) = session.begun_within(PATIENCE).await
    {
        drop(session);
        discard(client);
        return Err(error);
    }
    Ok((client, session))
}
