//! One round over a folder: whatever lies above the mark is fetched, kept, and then done with on the server, in that order.

use tokio::time::Instant;
use tracing::{error, warn};

use super::super::{Intake, Kept, NotTaken, Taking, Why};
use super::after;
use super::fault::ImapFault;
use super::fetch::{self, Beginnings, PIECE};
use super::keeping::{Keeping, arrival, keep_beginning};
use super::progress::{Progress, TRIES};
use super::settings::{After, MailboxSettings};
use super::sign_in::Open;

/// How many messages are asked for at once.
const BATCH: usize = 50;
/// How many numbers a range spans at first; a gap makes it wider, up to the second.
const RANGE: u32 = 1_000;
const WIDEST: u32 = 100_000;

/// What a round came to.
#[derive(Debug, Default)]
pub(super) struct Came {
    /// How many messages were new.
    pub(super) new: u64,
    /// Why messages stay on the server as they were, although they are kept.
    pub(super) left: Option<String>,
}

/// How much of a message is kept. What is on the server alone is not touched there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    Whole,
    Beginning,
}

/// A round.
pub(super) struct Round<'r, I> {
    pub(super) intake: &'r I,
    pub(super) settings: &'r MailboxSettings,
    pub(super) open: &'r mut Open,
    pub(super) progress: &'r mut Progress,
    pub(super) came: Came,
}

impl<I: Intake> Round<'_, I> {
    /// Goes over the whole folder.
    pub(super) async fn run(mut self) -> Result<Came, ImapFault> {
        self.settle().await?;
        if let Some(top) = fetch::highest(&mut self.open.line).await? {
            self.ranges(top).await?;
        }
        for uid in self.progress.due(Instant::now()) {
            self.alone(uid).await?;
            self.settle().await?;
        }
        Ok(self.came)
    }

    async fn ranges(&mut self, top: u32) -> Result<(), ImapFault> {
        let mut width = RANGE;
        while self.progress.position() < top {
            let from = self.progress.position() + 1;
            let to = from.saturating_add(width - 1).min(top);
            let there = fetch::within(&mut self.open.line, from, to).await?;
            width = match there.is_empty() {
                true => width.saturating_mul(2).min(WIDEST),
                false => RANGE,
            };
            for batch in self.progress.fresh(there).chunks(BATCH) {
                self.batch(batch).await?;
                self.progress.reach(batch.last().copied().unwrap_or_default());
                self.settle().await?;
            }
            self.progress.reach(to);
            self.settle().await?;
        }
        Ok(())
    }

    /// Fetches some messages together. Small ones come whole with their first piece; what is longer, was left out or was refused is asked for by itself.
    async fn batch(&mut self, uids: &[u32]) -> Result<(), ImapFault> {
        let mut taken = Vec::new();
        let mut keeping = Keeping::new(self.intake.clone());
        let fetched = self.beginnings(uids, &mut taken, &mut keeping).await;
        let kept = keeping.all().await;
        self.note(kept, Extent::Whole)?;
        let rest: Vec<u32> = uids.iter().copied().filter(|uid| !taken.contains(uid)).collect();
        match fetched {
            // Whatever came before a cut is kept. The one that was on its way may be why: it is asked for by itself the next time.
            Err(ImapFault::Gone(words)) => {
                if let Some(&suspect) = rest.first() {
                    self.strike(suspect, &words);
                }
                Err(ImapFault::Gone(words))
            }
            Ok(()) | Err(ImapFault::Refused(_)) => {
                for uid in rest {
                    self.alone(uid).await?;
                }
                Ok(())
            }
            Err(other) => Err(other),
        }
    }

    /// Takes those that come whole with their first piece, and says which.
    async fn beginnings(
        &mut self,
        uids: &[u32],
        taken: &mut Vec<u32>,
        keeping: &mut Keeping<I>,
    ) -> Result<(), ImapFault> {
        let mut beginnings = Beginnings::ask(&mut self.open.line, uids).await?;
        while let Some((uid, piece)) = beginnings.next().await? {
            if uids.contains(&uid) && !taken.contains(&uid) && piece.len() < PIECE {
                taken.push(uid);
                let arrival = arrival(self.settings, self.progress.validity, uid);
                keeping.add(uid, arrival, piece).await;
            }
        }
        Ok(())
    }

    /// Fetches one message by itself, a piece at a time.
    async fn alone(&mut self, uid: u32) -> Result<(), ImapFault> {
        let fetched = match self.pieces(uid).await {
            Ok(Some(kept)) => Ok((kept, Extent::Whole)),
            Ok(None) => self.beginning(uid).await.map(|kept| (kept, Extent::Beginning)),
            Err(fault) => Err(fault),
        };
        match fetched {
            Ok((kept, extent)) => self.note(vec![(uid, kept)], extent),
            Err(ImapFault::Refused(words)) => {
                // Another program may have taken it away meanwhile.
                match fetch::within(&mut self.open.line, uid, uid).await?.is_empty() {
                    true => self.progress.finish(uid),
                    false => self.strike(uid, &format!("the server does not hand it over: {words}")),
                }
                Ok(())
            }
            Err(ImapFault::Gone(words)) => {
                self.strike(uid, &words);
                Err(ImapFault::Gone(words))
            }
            Err(other) => Err(other),
        }
    }

    /// Nothing where it is larger than what is taken; what came of it so far is thrown away.
    async fn pieces(&mut self, uid: u32) -> Result<Option<Result<Kept, NotTaken>>, ImapFault> {
        let arrival = arrival(self.settings, self.progress.validity, uid);
        let mut taking = match self.intake.begin(arrival).await {
            Ok(taking) => taking,
            Err(not) => return Ok(Some(Err(not))),
        };
        let mut length = 0;
        loop {
            let piece = fetch::piece(&mut self.open.line, uid, length).await?;
            let last = piece.len() < PIECE;
            length += u64::try_from(piece.len()).unwrap_or(u64::MAX);
            if length > self.settings.size_limit {
                return Ok(None);
            }
            if !piece.is_empty()
                && let Err(not) = taking.write(&piece).await
            {
                return Ok(Some(Err(not)));
            }
            if last {
                return Ok(Some(taking.keep().await));
            }
        }
    }

    /// Fetches the beginning of a message that is larger than what is taken: its head, and as much of its words as one piece holds.
    async fn beginning(&mut self, uid: u32) -> Result<Result<Kept, NotTaken>, ImapFault> {
        let limit = self.settings.size_limit;
        warn!(
            mailbox = self.settings.name,
            uid, limit, "a message is larger than what is taken: its beginning is, and it stays on the server as it is"
        );
        let arrival = arrival(self.settings, self.progress.validity, uid);
        let piece = fetch::piece(&mut self.open.line, uid, 0).await?;
        Ok(keep_beginning(self.intake, arrival, (&piece, limit)).await)
    }

    /// Notes what became of messages. Where the house takes nothing now, the round ends: they stay on the server.
    fn note(&mut self, kept: Vec<(u32, Result<Kept, NotTaken>)>, extent: Extent) -> Result<(), ImapFault> {
        let mut house = None;
        for (uid, kept) in kept {
            match kept {
                Ok(kept) => {
                    self.came.new += u64::from(matches!(kept, Kept::New(_)));
                    self.progress.finish(uid);
                    if extent == Extent::Whole && self.settings.after != After::Leave {
                        self.progress.owed.insert(uid);
                    }
                }
                Err(not) if not.why == Why::Broken => self.strike(uid, &not.words),
                Err(not) => house = Some(not.words),
            }
        }
        house.map_or(Ok(()), |words| Err(ImapFault::House(words)))
    }

    fn strike(&mut self, uid: u32, words: &str) {
        let mailbox = &self.settings.name;
        let trouble = self.progress.failed(uid, words.to_owned(), Instant::now());
        match trouble.tries {
            TRIES => error!(
                mailbox,
                uid, "a message cannot be taken and is skipped; it is tried again every hour: {words}"
            ),
            tries => warn!(mailbox, uid, tries, "a message cannot be taken: {words}"),
        }
    }

    /// Does on the server what is to be done with messages that are kept, then puts on record how far it went.
    async fn settle(&mut self) -> Result<(), ImapFault> {
        let owed: Vec<u32> = self.progress.owed.iter().copied().collect();
        for some in owed.chunks(BATCH) {
            match after::deal(self.open, &self.settings.after, some).await {
                Ok(()) => {}
                Err(ImapFault::Refused(words)) => {
                    if self.came.left.is_none() {
                        warn!(
                            mailbox = self.settings.name,
                            "messages that are kept stay on the server: {words}"
                        );
                    }
                    self.came.left = Some(words);
                }
                Err(other) => return Err(other),
            }
            for uid in some {
                self.progress.owed.remove(uid);
            }
        }
        if let Some(mark) = self.progress.to_write() {
            let written = self.intake.move_mark(&self.settings.name, mark).await;
            written.map_err(|not| ImapFault::House(not.words))?;
            self.progress.wrote(mark);
        }
        Ok(())
    }
}
