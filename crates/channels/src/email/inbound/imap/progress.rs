//! How far a mailbox has been read, and which messages in it give trouble: none of them stops the others.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use tokio::time::Instant;

use super::super::Mark;

/// After so many failures a message is skipped, and somebody is told.
pub(super) const TRIES: u32 = 3;
/// A message that could not be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Trouble {
    pub(super) tries: u32,
    pub(super) again_at: Instant,
    pub(super) words: String,
}

/// How far one numbering of a mailbox has been read.
#[derive(Debug)]
pub(super) struct Progress {
    pub(super) validity: u32,
    /// Everything up to here was looked at.
    position: u32,
    /// Of what lies after that: what is done with all the same.
    done: BTreeSet<u32>,
    /// What is kept here and still as it was on the server.
    pub(super) owed: BTreeSet<u32>,
    trouble: BTreeMap<u32, Trouble>,
    /// What is on record of it.
    written: u32,
    /// How long a message that gave trouble is left alone, after the first, the second and each later failure.
    waits: [Duration; 3],
}

impl Progress {
    /// From what is on record, if that is of this numbering.
    pub(super) fn from(mark: Option<Mark>, validity: u32, waits: [Duration; 3]) -> Progress {
        let uid = mark.filter(|mark| mark.validity == validity).map_or(0, |mark| mark.uid);
        Progress {
            validity,
            position: uid,
            done: BTreeSet::new(),
            owed: BTreeSet::new(),
            trouble: BTreeMap::new(),
            written: uid,
            waits,
        }
    }

    pub(super) fn position(&self) -> u32 {
        self.position
    }

    /// Those of these that are to be fetched with others: not done with, and never any trouble.
    pub(super) fn fresh(&self, uids: Vec<u32>) -> Vec<u32> {
        let fresh = |uid: &u32| !self.done.contains(uid) && !self.trouble.contains_key(uid);
        uids.into_iter().filter(fresh).collect()
    }

    /// Those that gave trouble and may be tried again now.
    pub(super) fn due(&self, now: Instant) -> Vec<u32> {
        let due = self.trouble.iter().filter(|(_, trouble)| trouble.again_at <= now);
        due.map(|(uid, _)| *uid).collect()
    }

    /// When the next of them may be tried again.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.trouble.values().map(|trouble| trouble.again_at).min()
    }

    /// This one is kept, or has gone from the server.
    pub(super) fn finish(&mut self, uid: u32) {
        self.trouble.remove(&uid);
        if uid > self.position {
            self.done.insert(uid);
        }
    }

    /// This one could not be taken; it is left alone for a while. Says how it stands with it.
    pub(super) fn failed(&mut self, uid: u32, words: String, at: Instant) -> &Trouble {
        let trouble = self.trouble.entry(uid).or_insert(Trouble {
            tries: 0,
            again_at: at,
            words: String::new(),
        });
        let last = self.waits.len() - 1;
        let wait = self.waits[usize::try_from(trouble.tries).unwrap_or(last).min(last)];
        *trouble = Trouble {
            tries: trouble.tries.saturating_add(1),
            again_at: at + wait,
            words,
        };
        trouble
    }

    /// Everything up to here was looked at.
    pub(super) fn reach(&mut self, uid: u32) {
        self.position = self.position.max(uid);
        self.done = self.done.split_off(&self.position.saturating_add(1));
    }

    /// What is to be put on record, if that has moved: nothing beyond a message that is not kept, and nothing that is still as it was on the server.
    pub(super) fn to_write(&self) -> Option<Mark> {
        let first = self.trouble.keys().chain(&self.owed).min();
        let uid = first.map_or(self.position, |first| self.position.min(first - 1));
        (uid > self.written).then_some(Mark {
            validity: self.validity,
            uid,
        })
    }

    pub(super) fn wrote(&mut self, mark: Mark) {
        self.written = mark.uid;
    }

    /// Those that were given up for now, with why.
    pub(super) fn skipped(&self) -> Vec<(u32, String)> {
        let skipped = self.trouble.iter().filter(|(_, trouble)| trouble.tries >= TRIES);
        skipped.map(|(uid, trouble)| (*uid, trouble.words.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITS: [Duration; 3] = [
        Duration::from_secs(5),
        Duration::from_secs(60),
        Duration::from_secs(3600),
    ];

    fn mark(uid: u32) -> Option<Mark> {
        Some(Mark { validity: 7, uid })
    }

    #[test]
    fn the_mark_never_passes_a_message_that_is_not_kept() {
        let mut progress = Progress::from(mark(10), 7, WAITS);
        assert_eq!(progress.fresh(vec![11, 12, 13]), [11, 12, 13]);
        progress.finish(11);
        progress.failed(12, "odd".to_owned(), Instant::now());
        progress.finish(13);
        assert_eq!(
            progress.fresh(vec![11, 12, 13, 14]),
            [14],
            "what is done or odd is not asked for with others"
        );
        progress.reach(13);
        assert_eq!(progress.to_write(), mark(11));
        progress.finish(12);
        progress.owed.insert(13);
        assert_eq!(progress.to_write(), mark(12), "13 still lies on the server as it was");
        progress.owed.clear();
        assert_eq!(progress.to_write(), mark(13));
    }

    #[test]
    fn a_message_that_gives_trouble_is_tried_again_ever_more_rarely() {
        let mut progress = Progress::from(None, 7, WAITS);
        let mut now = Instant::now();
        for (tries, wait) in [(1, 5), (2, 60), (3, 3600), (4, 3600)] {
            assert_eq!(progress.failed(4, "odd".to_owned(), now).tries, tries);
            assert_eq!(progress.next_due(), Some(now + Duration::from_secs(wait)));
            assert_eq!(progress.skipped().len(), usize::from(tries >= TRIES));
            assert!(progress.due(now).is_empty());
            now += Duration::from_secs(wait);
            assert_eq!(progress.due(now), [4]);
        }
    }

    #[test]
    fn another_numbering_is_read_from_its_beginning() {
        assert_eq!(Progress::from(mark(10), 8, WAITS).position(), 0);
        assert_eq!(Progress::from(mark(10), 7, WAITS).position(), 10);
    }
}
