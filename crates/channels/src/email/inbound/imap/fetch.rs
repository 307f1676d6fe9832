//! Messages of a folder: which there are, and their bytes a piece at a time.

use bytes::Bytes;
use imap_proto::{AttributeValue, MailboxDatum, Response};

use super::fault::ImapFault;
use super::line::{Line, Tag, done};
use super::name::quoted;

/// How much of a message is asked for at a time.
pub(super) const PIECE: usize = 128 * 1024;

/// The largest number of a message in the folder; nothing where it is empty.
pub(super) async fn highest(line: &mut Line) -> Result<Option<u32>, ImapFault> {
    if line.exists == 0 {
        return Ok(None);
    }
    let mut highest = None;
    line.ask("UID FETCH * (UID)", |said| highest = highest.max(uid_of(said)))
        .await?;
    Ok(highest)
}

/// The numbers that there are within a range, in their order.
pub(super) async fn within(line: &mut Line, from: u32, to: u32) -> Result<Vec<u32>, ImapFault> {
    let mut there = Vec::new();
    line.ask(&format!("UID SEARCH UID {from}:{to}"), |said| {
        if let Response::MailboxData(MailboxDatum::Search(found)) = said {
            there.extend(found.iter().copied().filter(|uid| (from..=to).contains(uid)));
        }
    })
    .await?;
    there.sort_unstable();
    there.dedup();
    Ok(there)
}

/// Whether a message lies in the folder whose id holds these words.
pub(super) async fn with_id(line: &mut Line, id: &str) -> Result<bool, ImapFault> {
    let mut is_there = false;
    line.ask(&format!("UID SEARCH HEADER Message-ID {}", quoted(id)), |said| {
        if let Response::MailboxData(MailboxDatum::Search(found)) = said {
            is_there |= !found.is_empty();
        }
    })
    .await?;
    Ok(is_there)
}

/// The first pieces of some messages, as they come. A server says what it pleases beside them, and may leave some out.
pub(super) struct Beginnings<'l> {
    line: &'l mut Line,
    tag: Tag,
}

impl<'l> Beginnings<'l> {
    pub(super) async fn ask(line: &'l mut Line, uids: &[u32]) -> Result<Beginnings<'l>, ImapFault> {
        let tag = line
            .begin(&format!("UID FETCH {} (UID BODY.PEEK[]<0.{PIECE}>)", set(uids)))
            .await?;
        Ok(Beginnings { line, tag })
    }

    /// The next one; nothing after the last.
    pub(super) async fn next(&mut self) -> Result<Option<(u32, Bytes)>, ImapFault> {
        loop {
            let said = self.line.next().await?;
            let Some(parsed) = said.parsed() else { continue };
            if let Some(done) = done(&self.tag, &parsed) {
                return done.map(|()| None);
            }
            if let (Some(uid), Some(piece)) = (uid_of(&parsed), piece_of(&parsed)) {
                return Ok(Some((uid, Bytes::copy_from_slice(piece))));
            }
        }
    }
}

/// A piece of one message, from this byte on; empty at its end.
pub(super) async fn piece(line: &mut Line, uid: u32, from: u64) -> Result<Bytes, ImapFault> {
    let mut found = None;
    line.ask(&format!("UID FETCH {uid} (UID BODY.PEEK[]<{from}.{PIECE}>)"), |said| {
        if uid_of(said) == Some(uid)
            && let Some(piece) = piece_of(said)
        {
            found = Some(Bytes::copy_from_slice(piece));
        }
    })
    .await?;
    found.ok_or_else(|| ImapFault::Refused("it left the message out".to_owned()))
}

fn uid_of(said: &Response<'_>) -> Option<u32> {
    let Response::Fetch(_, attributes) = said else {
        return None;
    };
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::Uid(uid) => Some(*uid),
        _ => None,
    })
}

fn piece_of<'s>(said: &'s Response<'_>) -> Option<&'s [u8]> {
    let Response::Fetch(_, attributes) = said else {
        return None;
    };
    attributes.iter().find_map(|attribute| match attribute {
        AttributeValue::BodySection {
            section: None, data, ..
        } => Some(data.as_deref().unwrap_or_default()),
        _ => None,
    })
}

/// Numbers as the protocol writes many of them: `4,7:9`.
pub(super) fn set(uids: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &uid in uids {
        match runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(uid) => *last = uid,
            _ => runs.push((uid, uid)),
        }
    }
    let runs: Vec<String> = runs
        .into_iter()
        .map(|(first, last)| match first == last {
            true => first.to_string(),
            false => format!("{first}:{last}"),
        })
        .collect();
    runs.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_numbers_are_written_short() {
        assert_eq!(set(&[4, 7, 8, 9, 12, u32::MAX]), "4,7:9,12,4294967295");
        assert_eq!(set(&[]), "");
    }
}
