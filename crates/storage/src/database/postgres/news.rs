//! What the nodes tell each other: that something changed which every node keeps in memory. Nothing depends on being told: whoever missed it
//! finds it out when it looks the next time.

use std::sync::{Arc, Weak};
use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use tokio::task::JoinHandle;
use tokio_postgres::AsyncMessage;

use super::server::Link;
use super::session::Statements;
use crate::StorageError;
use crate::database::dialect::postgres as dialect;
use crate::database::store::Shared;
use crate::database::tx::Effects;

/// How long after a broken connection the next is made.
const AGAIN: Duration = Duration::from_secs(2);

/// What a commit tells the other nodes.
pub(super) fn told(effects: &Effects) -> impl Iterator<Item = &'static str> {
    let office = effects.office.then_some(dialect::TELL_OFFICE);
    let keys = effects.takes_keys_away().then_some(dialect::TELL_KEYS);
    office.into_iter().chain(keys)
}

/// Listens for as long as the store is there. Behind a pooler it does not: the connection on which it asked to be told is another node's a moment
/// later.
pub(in crate::database) fn listen(link: Arc<Link>, shared: &Arc<Shared>) -> JoinHandle<()> {
    let shared = Arc::downgrade(shared);
    let can_listen = link.statements == Statements::Prepared;
    tokio::spawn(async move {
        while can_listen && shared.strong_count() > 0 {
            if let Err(error) = listen_once(&link, &shared).await {
                tracing::debug!(%error, "what other nodes do is looked for instead of listened to, until the connection is back");
            }
            tokio::time::sleep(AGAIN).await;
        }
    })
}

async fn listen_once(link: &Link, shared: &Weak<Shared>) -> Result<(), StorageError> {
    let (client, mut connection) = link.apart().await?;
    let mut messages = stream::poll_fn(move |context| connection.poll_message(context)).fuse();
    let listening = client.batch_execute(dialect::LISTEN);
    futures_util::pin_mut!(listening);
    let mut began = false;
    loop {
        tokio::select! {
            listens = &mut listening, if !began => {
                listens.map_err(dialect::error)?;
                began = true;
                // Whatever was said before this moment was not heard.
                let Some(shared) = shared.upgrade() else { return Ok(()) };
                shared.hear(Heard::Anything);
            }
            message = messages.next() => match message {
                None => return Ok(()),
                Some(message) => {
                    let Some(shared) = shared.upgrade() else { return Ok(()) };
                    if let AsyncMessage::Notification(said) = message.map_err(dialect::error)? {
                        shared.hear(Heard::of(said.payload()));
                    }
                }
            },
        }
    }
}

/// What was heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::database) enum Heard {
    /// People, procedures, calendars, wordings or the brand changed.
    Office,
    /// Keys of streams were destroyed.
    Keys,
    /// Perhaps both.
    Anything,
}

impl Heard {
    /// What stands behind the name of the schema. Another schema's news costs a look and does no harm.
    fn of(payload: &str) -> Heard {
        match payload.rsplit(' ').next() {
            Some("office") => Heard::Office,
            Some("keys") => Heard::Keys,
            _ => Heard::Anything,
        }
    }
}
