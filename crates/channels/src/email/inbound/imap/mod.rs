//! Mailboxes that are read over IMAP, each by a task of its own that never gives up (RFC 3501, RFC 2177).

mod after;
mod fault;
mod fetch;
mod frame;
mod keeping;
mod line;
mod name;
mod progress;
mod round;
mod settings;
mod sign_in;
mod standing;
mod waiting;

use std::time::Duration;

use tokio::sync::watch;
use tracing::{error, info, warn};

pub use crate::email::SignIn;
pub use fault::ImapFault;
pub use settings::{After, MailboxSettings, Patience};
pub use standing::Standing;

use self::progress::Progress;
use self::round::Round;
use self::sign_in::{Mode, Open};
use self::waiting::{Woke, wait};
use super::{Intake, Turn as _, Whose};

/// A mailbox that is read until the product ends.
pub struct Mailbox<I> {
    intake: I,
    settings: MailboxSettings,
    standing: watch::Sender<Standing>,
}

impl<I: Intake> Mailbox<I> {
    /// Gets ready to read it, and says where its standing is told.
    pub fn new(intake: I, settings: MailboxSettings) -> (Mailbox<I>, watch::Receiver<Standing>) {
        let (standing, told) = watch::channel(Standing {
            mailbox: settings.name.clone(),
            ..Standing::default()
        });
        let mailbox = Mailbox {
            intake,
            settings,
            standing,
        };
        (mailbox, told)
    }

    /// Reads it until the product ends, while it is the turn of this node; meanwhile another one may.
    pub async fn run(self, mut closing: watch::Receiver<bool>) {
        let mut turn = self.intake.turn(&self.settings.name);
        let mut unasked = 0;
        loop {
            match turn.take().await {
                Ok(Whose::Ours) => {
                    unasked = 0;
                    self.standing.send_modify(|standing| standing.elsewhere = false);
                    tokio::select! {
                        () = self.read(closing.clone()) => break,
                        () = self.keep(&mut turn) => {}
                    }
                }
                Ok(Whose::Theirs) => self.standing.send_modify(|standing| {
                    *standing = Standing {
                        mailbox: self.settings.name.clone(),
                        elsewhere: true,
                        ..Standing::default()
                    };
                }),
                Err(not) => {
                    unasked += 1;
                    self.failed(unasked, &ImapFault::House(not.words), None).await;
                }
            }
            tokio::select! {
                () = tokio::time::sleep(self.settings.patience.turn) => {}
                _ = closing.wait_for(|closing| *closing) => break,
            }
        }
        turn.let_go().await;
    }

    /// Keeps the turn, until another node has it: we stood still for longer than it lasts.
    async fn keep(&self, turn: &mut I::Turn) {
        loop {
            tokio::time::sleep(self.settings.patience.turn).await;
            match turn.take().await {
                Ok(Whose::Ours) => {}
                Ok(Whose::Theirs) => return,
                Err(not) => {
                    let mailbox = &self.settings.name;
                    warn!(mailbox, "it cannot be asked whose turn it is, and goes on: {not}");
                }
            }
        }
    }

    /// Reads it until the product ends. How far it was read is asked of the record at the beginning: another node may have had it.
    async fn read(&self, mut closing: watch::Receiver<bool>) {
        let mut tries = 0;
        let mut progress = None;
        loop {
            let Err(fault) = self.session(&mut progress, &mut tries, &mut closing).await else {
                return;
            };
            tries += 1;
            self.failed(tries, &fault, progress.as_ref()).await;
            let wait = self.wait_after(tries, &fault);
            tokio::select! {
                () = tokio::time::sleep(wait) => {}
                _ = closing.wait_for(|closing| *closing) => return,
            }
        }
    }

    /// One connection, until it ends. It ends well when the product does.
    async fn session(
        &self,
        progress: &mut Option<Progress>,
        tries: &mut u32,
        closing: &mut watch::Receiver<bool>,
    ) -> Result<(), ImapFault> {
        let opening = sign_in::open(&self.settings, Mode::Work);
        let mut open = tokio::select! {
            open = opening => open?,
            _ = closing.wait_for(|closing| *closing) => return Ok(()),
        };
        let progress = self.progress(progress, open.validity).await?;
        loop {
            let round = Round {
                intake: &self.intake,
                settings: &self.settings,
                open: &mut open,
                progress: &mut *progress,
                came: round::Came::default(),
            };
            let came = tokio::select! {
                came = round.run() => came?,
                // What is under way is on the server still, and known when it comes again.
                _ = closing.wait_for(|closing| *closing) => return Ok(()),
            };
            *tries = 0;
            self.went_well(&came, progress).await?;
            let until = progress.next_due();
            if wait(&mut open, &self.settings.patience, until, closing).await? == Woke::Closing {
                leave(open).await;
                return Ok(());
            }
        }
    }

    /// What is known of this numbering of the mailbox: from the connection before, or from the record.
    async fn progress<'p>(
        &self,
        known: &'p mut Option<Progress>,
        validity: u32,
    ) -> Result<&'p mut Progress, ImapFault> {
        let waits = self.settings.patience.odd;
        let fits = known.as_ref().is_some_and(|known| known.validity == validity);
        if !fits {
            let mark = self.intake.mark(&self.settings.name).await;
            let mark = mark.map_err(|not| ImapFault::House(not.words))?;
            if mark.is_some_and(|mark| mark.validity != validity) || known.is_some() {
                let mailbox = &self.settings.name;
                warn!(
                    mailbox,
                    "the server numbers the messages anew: all of them are read again, and known by what they are"
                );
            }
            *known = None;
            return Ok(known.insert(Progress::from(mark, validity, waits)));
        }
        Ok(known.get_or_insert_with(|| Progress::from(None, validity, waits)))
    }

    async fn went_well(&self, came: &round::Came, progress: &Progress) -> Result<(), ImapFault> {
        let heard = self.intake.heard_from(&self.settings.name).await;
        heard.map_err(|not| ImapFault::House(not.words))?;
        let now = self.intake.now();
        self.standing.send_modify(|standing| {
            if standing.connected_since.is_none() || standing.trouble.is_some() {
                info!(mailbox = self.settings.name, "the mailbox is read");
            }
            standing.connected_since.get_or_insert(now);
            standing.reached_at = Some(now);
            standing.trouble = None;
            standing.skipped = progress.skipped();
            standing.left.clone_from(&came.left);
            if came.new > 0 {
                standing.last_message_at = Some(now);
                standing.taken += came.new;
            }
        });
        Ok(())
    }

    async fn failed(&self, tries: u32, fault: &ImapFault, progress: Option<&Progress>) {
        let mailbox = &self.settings.name;
        match tries {
            1 => warn!(mailbox, "the mailbox is not read: {fault}. It is tried again"),
            _ => error!(mailbox, tries, "the mailbox is not read: {fault}. It is tried again"),
        }
        self.standing.send_modify(|standing| {
            standing.connected_since = None;
            standing.trouble = Some((tries, fault.to_string()));
            standing.skipped = progress.map(Progress::skipped).unwrap_or_default();
        });
        if let Err(not) = self.intake.failed(mailbox, &fault.to_string()).await {
            warn!(mailbox, "that it is not read cannot be noted: {not}");
        }
    }

    /// Twice as long after each failure, with a little more by which mailboxes that failed together come back apart.
    fn wait_after(&self, tries: u32, fault: &ImapFault) -> Duration {
        let Patience {
            first_wait, longest, ..
        } = self.settings.patience;
        let first = match fault.is_slow() {
            true => first_wait * 16,
            false => first_wait,
        };
        let wait = first
            .saturating_mul(1 << (tries.saturating_sub(1)).min(16))
            .min(longest);
        wait + wait.mul_f64(0.2 * jitter(&self.settings.name, tries))
    }
}

/// A number from 0 to 1 that differs from mailbox to mailbox and from try to try.
fn jitter(name: &str, tries: u32) -> f64 {
    let bytes = name.bytes().chain(tries.to_le_bytes());
    // FNV-1a: it need not be secret, only spread.
    let hash = bytes.fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    f64::from(hash) / f64::from(u32::MAX)
}

async fn leave(mut open: Open) {
    // The server closes the connection when it has said goodbye; that it does is no fault.
    drop(open.line.tell("LOGOUT").await);
}

/// What somebody finds who looks at a mailbox and changes nothing in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// How many messages lie in the folder.
    pub messages: u32,
    /// True where the server tells when something comes.
    pub tells: bool,
}

/// Connects, signs in and opens the folder, to see that it goes.
///
/// # Errors
/// Why it does not.
pub async fn look(settings: &MailboxSettings) -> Result<Look, ImapFault> {
    let open = sign_in::open(settings, Mode::Look).await?;
    let look = Look {
        messages: open.line.exists,
        tells: open.can("IDLE"),
    };
    leave(open).await;
    Ok(look)
}

/// Which of these messages lie in the folder, by what stands before the at sign of their ids. Changes nothing in it.
///
/// # Errors
/// Why that cannot be looked up.
pub async fn find(settings: &MailboxSettings, ids: &[String]) -> Result<Vec<String>, ImapFault> {
    let mut open = sign_in::open(settings, Mode::Look).await?;
    let mut there = Vec::new();
    for id in ids {
        if fetch::with_id(&mut open.line, id).await? {
            there.push(id.clone());
        }
    }
    leave(open).await;
    Ok(there)
}

#[cfg(test)]
mod tests {
    use super::jitter;

    #[test]
    fn mailboxes_that_failed_together_come_back_apart() {
        let all: Vec<f64> = ["helpline", "complaints"]
            .into_iter()
            .flat_map(|name| [1, 2].map(|tries| jitter(name, tries)))
            .collect();
        for (index, one) in all.iter().enumerate() {
            assert!((0.0..=1.0).contains(one));
            assert!(all[..index].iter().all(|other| (one - other).abs() > 0.01), "{all:?}");
        }
    }
}
