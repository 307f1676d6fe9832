//! Messages on their way from the mailbox into the house: some of them are made durable beside each other.

use bytes::Bytes;
use tokio::task::JoinSet;
use tracing::error;

use super::super::{Arrival, Intake, Kept, NotTaken, Place, Taking};
use super::settings::MailboxSettings;

/// How many are made durable beside each other: they share the commits of the database.
const AT_ONCE: usize = 16;

/// Where a message comes from.
pub(super) fn arrival(settings: &MailboxSettings, validity: u32, uid: u32) -> Arrival {
    Arrival {
        mailbox: settings.name.clone(),
        place: Place::Uid { validity, uid },
        // The mailbox does not say whom the envelope named.
        sender: None,
        recipients: Vec::new(),
    }
}

/// Keeps the beginning of a message that is larger than so many bytes.
pub(super) async fn keep_beginning<I: Intake>(
    intake: &I,
    arrival: Arrival,
    (beginning, larger_than): (&[u8], u64),
) -> Result<Kept, NotTaken> {
    let mut taking = intake.begin(arrival).await?;
    taking.write(beginning).await?;
    taking.cut(larger_than);
    taking.keep().await
}

/// Messages that are being made durable, some at once.
pub(super) struct Keeping<I> {
    intake: I,
    under_way: JoinSet<(u32, Result<Kept, NotTaken>)>,
    kept: Vec<(u32, Result<Kept, NotTaken>)>,
}

impl<I: Intake> Keeping<I> {
    pub(super) fn new(intake: I) -> Keeping<I> {
        Keeping {
            intake,
            under_way: JoinSet::new(),
            kept: Vec::new(),
        }
    }

    pub(super) async fn add(&mut self, uid: u32, arrival: Arrival, whole: Bytes) {
        while self.under_way.len() >= AT_ONCE {
            self.one().await;
        }
        let intake = self.intake.clone();
        self.under_way
            .spawn(async move { (uid, keep_whole(&intake, arrival, whole).await) });
    }

    pub(super) async fn all(mut self) -> Vec<(u32, Result<Kept, NotTaken>)> {
        while !self.under_way.is_empty() {
            self.one().await;
        }
        self.kept.sort_by_key(|(uid, _)| *uid);
        self.kept
    }

    async fn one(&mut self) {
        match self.under_way.join_next().await {
            Some(Ok(kept)) => self.kept.push(kept),
            // It broke off and says nothing of which it was: that one is not known as kept, and is asked for again.
            Some(Err(broke)) => error!("keeping a message broke off: {broke}"),
            None => {}
        }
    }
}

async fn keep_whole<I: Intake>(intake: &I, arrival: Arrival, whole: Bytes) -> Result<Kept, NotTaken> {
    let mut taking = intake.begin(arrival).await?;
    if !whole.is_empty() {
        taking.write(&whole).await?;
    }
    taking.keep().await
}
