//! Waiting for the next message: the server tells (IDLE, RFC 2177), or is asked now and then.

use std::time::Duration;

use imap_proto::{MailboxDatum, Response};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::fault::ImapFault;
use super::line::done;
use super::settings::Patience;
use super::sign_in::Open;

/// Why waiting ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Woke {
    /// There may be something new, or it is time to look.
    Look,
    /// The product ends.
    Closing,
}

/// Waits until something may have come, or until then at the latest.
pub(super) async fn wait(
    open: &mut Open,
    patience: &Patience,
    until: Option<Instant>,
    closing: &mut watch::Receiver<bool>,
) -> Result<Woke, ImapFault> {
    let longest = match open.can("IDLE") {
        true => patience.idle,
        false => patience.poll,
    };
    let end = Instant::now() + longest;
    let end = until.map_or(end, |until| until.min(end));
    if open.can("IDLE") {
        return idle(open, end, closing).await;
    }
    tokio::select! {
        () = sleep_until(end) => {}
        _ = closing.wait_for(|closing| *closing) => return Ok(Woke::Closing),
    }
    open.line.tell("NOOP").await?;
    Ok(Woke::Look)
}

async fn idle(open: &mut Open, end: Instant, closing: &mut watch::Receiver<bool>) -> Result<Woke, ImapFault> {
    let line = &mut open.line;
    let before = line.exists;
    let id = line.begin("IDLE").await?;
    let mut woke = Woke::Look;
    // It may refuse, or have something to say before it begins to wait.
    loop {
        let said = line.next().await?;
        match said.parsed() {
            Some(Response::Continue(_)) => break,
            Some(parsed) => {
                if let Some(done) = done(&id, &parsed) {
                    return done.map(|()| Woke::Look);
                }
            }
            None => {}
        }
    }
    while line.exists <= before {
        let left = end
            .saturating_duration_since(Instant::now())
            .max(Duration::from_millis(1));
        let said = tokio::select! {
            said = line.next_within(left) => said?,
            _ = closing.wait_for(|closing| *closing) => {
                woke = Woke::Closing;
                break;
            }
        };
        let Some(said) = said else { break };
        // "Still here", flags that somebody else set: nothing to fetch, and no reason to wait for longer.
        let comes = matches!(said.parsed(), Some(Response::MailboxData(MailboxDatum::Exists(_))));
        if comes || Instant::now() >= end {
            break;
        }
    }
    line.add("DONE").await?;
    loop {
        let said = line.next().await?;
        if let Some(done) = said.parsed().and_then(|parsed| done(&id, &parsed)) {
            return done.map(|()| woke);
        }
    }
}
