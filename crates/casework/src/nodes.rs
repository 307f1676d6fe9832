//! Several nodes over one database: keeping up with what the others did, and doing once what only one may do.

use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use storage::leases::{self, Lease};
use storage::stream_keys::{OFFICE, taken_away_since};
use storage::{Keys, StorageError, Store, events};
use tokio::sync::watch::Receiver;
use tracing::{error, info, warn};

use crate::{ActError, Office};

/// How often a node looks what the others did when nobody tells it.
const LOOK: Duration = Duration::from_secs(5);
/// How far back it looks for keys that were destroyed: more than any transaction takes, and any two machines' clocks differ.
const BEFORE: SignedDuration = SignedDuration::from_mins(10);
/// For how long the turn at something is one node's: twice as long as it takes to renew it, or longer.
const SECONDS: i64 = 60;
/// The name of the lease of the timetable.
pub(crate) const TIMETABLE: &str = "timetable";

/// Who holds a lease: an office that is open, by a name that it gives itself.
#[derive(Debug, Clone)]
pub struct Node(String);

impl Node {
    /// A node that was never there before.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new() -> Result<Node, StorageError> {
        let name = u64::from_le_bytes(Keys::random::<8>()?);
        Ok(Node(format!("{}-{name:016x}", std::process::id())))
    }
}

/// How often a node says that it is alive: some times in the minute for which it counts as that.
const BEAT: Duration = Duration::from_secs(15);

/// Says that this node is alive until the office closes. Ends before that when a newer version brought the database to a form that this one does not
/// work on.
///
/// # Errors
/// [`StorageError::Overtaken`]: this node is to end, and to be updated.
pub async fn live(office: Arc<Office>, mut closing: Receiver<bool>) -> Result<(), StorageError> {
    loop {
        tokio::select! {
            () = tokio::time::sleep(BEAT) => {}
            _ = closing.changed() => return Ok(()),
        }
        match storage::nodes::beat(&office.store).await {
            Ok(()) => {}
            Err(overtaken @ StorageError::Overtaken { .. }) => return Err(overtaken),
            Err(fault) => warn!(%fault, "this node could not say that it is alive; it tries again"),
        }
    }
}

/// Keeps up with the other nodes until the office closes: what this one keeps in memory is read again when another changed it. `afterwards` is
/// called each time.
pub async fn follow(office: Arc<Office>, mut closing: Receiver<bool>, afterwards: impl Fn(&Office)) {
    let mut known = Known::of(&office);
    loop {
        tokio::select! {
            () = office.store.office_changed().notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = closing.changed() => return,
        }
        match known.catch_up(&office).await {
            Ok(Found::Nothing) => {}
            Ok(Found::Changes) => afterwards(&office),
            Err(fault) => warn!(%fault, "what other nodes did could not be read; the next look tries again"),
        }
    }
}

/// What this node knows of what happened.
struct Known {
    /// The latest event of the office.
    office: u32,
    /// Up to when it knows which keys were destroyed.
    keys: Timestamp,
}

/// Whether something was read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Found {
    Nothing,
    Changes,
}

impl Known {
    fn of(office: &Office) -> Known {
        Known {
            office: office.known(),
            keys: office.now(),
        }
    }

    async fn catch_up(&mut self, office: &Office) -> Result<Found, ActError> {
        let since = self.keys.saturating_sub(BEFORE).unwrap_or(Timestamp::MIN);
        let now = office.now();
        let (latest, destroyed) = office
            .store
            .read(move |tx| {
                Box::pin(async move {
                    let latest = events::sequence_of(tx, OFFICE).await?;
                    Ok::<_, StorageError>((latest, taken_away_since(tx, since).await?))
                })
            })
            .await?;
        office.store.forget_keys(&destroyed);
        self.keys = now;
        if latest == self.office {
            return Ok(Found::Nothing);
        }
        self.office = office.read_again().await?;
        Ok(Found::Changes)
    }
}

/// The turn of a node at what only one does at a time: the timetable (clocks, reviews, checkpoints, throwing away), and reading a mailbox.
pub struct Turn {
    store: Store,
    node: Node,
    name: String,
    /// What the node does that has it, as it stands in the log.
    does: String,
    lease: Option<Lease>,
}

impl Turn {
    /// A node that does not have the turn at the timetable yet.
    pub fn of(office: &Office) -> Turn {
        Turn::at(office, TIMETABLE.to_owned(), "looks at the clocks".to_owned())
    }

    /// A node that does not have the turn at this mailbox yet. Two that read one would each fetch everything and move its messages under each other's
    /// hands; the ledger would keep one of each all the same.
    pub fn at_mailbox(office: &Office, mailbox: &str) -> Turn {
        Turn::at(
            office,
            format!("mailbox {mailbox}"),
            format!("reads the mailbox {mailbox}"),
        )
    }

    fn at(office: &Office, name: String, does: String) -> Turn {
        Turn {
            store: office.store.clone(),
            node: office.node.clone(),
            name,
            does,
            lease: None,
        }
    }

    /// Takes or renews the turn; nothing while another node has it, or while that cannot be asked.
    pub async fn take(&mut self, now: Timestamp) -> Option<Lease> {
        let does = self.does.clone();
        self.ask(now).await.unwrap_or_else(|fault| {
            error!(%fault, "it could not be asked which node {does}; the next round tries again");
            self.lease = None;
            None
        })
    }

    /// The same, for whoever goes on with what they have while it cannot be asked.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub async fn ask(&mut self, now: Timestamp) -> Result<Option<Lease>, StorageError> {
        let (node, name) = (self.node.clone(), self.name.clone());
        let taken: Result<Option<Lease>, StorageError> = self
            .store
            .write(move |tx| Box::pin(async move { leases::take(tx, &name, &node.0, now, SECONDS).await }))
            .await;
        let taken = taken?;
        match (&self.lease, &taken) {
            (None, Some(_)) => info!("this node {}", self.does),
            (Some(_), None) => info!("another node {}", self.does),
            _ => {}
        }
        self.lease.clone_from(&taken);
        Ok(taken)
    }

    /// Gives the turn back, so that another node takes it at once.
    pub async fn let_go(self, now: Timestamp) {
        let Some(lease) = self.lease else { return };
        let gone: Result<(), StorageError> = self
            .store
            .write(move |tx| Box::pin(async move { leases::let_go(tx, &lease, now).await }))
            .await;
        if let Err(fault) = gone {
            let does = self.does;
            warn!(%fault, "that this node no longer {does} could not be noted; another one takes over when its turn is over");
        }
    }
}
