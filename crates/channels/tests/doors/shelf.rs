//! A house that keeps messages in memory, and refuses when it is told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use channels::email::inbound::{Arrival, Intake, Kept, Mark, NotTaken, Place, Taking, Turn, Whose, Why};
use jiff::Timestamp;
use tokio::sync::watch;

/// A message that was kept. Of a large one only its length and its beginning are remembered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) arrival: Arrival,
    pub(crate) bytes: Vec<u8>,
    pub(crate) length: usize,
    /// Where it is only the beginning of one: that is larger than so many bytes.
    pub(crate) larger_than: Option<u64>,
}

impl Item {
    /// As the house knows a message again: by its place, or by what it is.
    fn is(&self, other: &Item) -> bool {
        let there = self.arrival.place != Place::Handed && self.arrival.place == other.arrival.place;
        let same = self.bytes == other.bytes && self.length == other.length;
        self.arrival.mailbox == other.arrival.mailbox && (there || same)
    }
}

#[derive(Default)]
pub(crate) struct Inside {
    pub(crate) kept: Vec<Item>,
    /// How many came again.
    pub(crate) known: usize,
    pub(crate) marks: HashMap<String, Mark>,
    pub(crate) heard: u32,
    pub(crate) failed: u32,
    /// How many were begun and given up.
    pub(crate) given_up: usize,
    /// The longest piece that was handed on at once.
    pub(crate) longest_piece: usize,
    /// Another node has the turn.
    pub(crate) elsewhere: bool,
    /// How often the turn was given back.
    pub(crate) given_back: u32,
    /// What is refused: whatever holds these bytes; of nothing, everything.
    pub(crate) refuse: Vec<(Vec<u8>, Why)>,
}

#[derive(Clone)]
pub(crate) struct Shelf {
    inside: Arc<Mutex<Inside>>,
    changed: watch::Sender<u64>,
}

const REMEMBERED: usize = 1 << 20;

impl Shelf {
    pub(crate) fn new() -> Shelf {
        Shelf {
            inside: Arc::default(),
            changed: watch::channel(0).0,
        }
    }

    pub(crate) fn with<T>(&self, look: impl FnOnce(&mut Inside) -> T) -> T {
        let looked = look(&mut self.inside.lock().expect("no test panicked within"));
        self.changed.send_modify(|times| *times += 1);
        looked
    }

    /// Waits until this holds.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Inside) -> bool) {
        let mut changed = self.changed.subscribe();
        let waiting = changed.wait_for(|_| holds(&self.inside.lock().expect("no test panicked within")));
        let waited = tokio::time::timeout(Duration::from_secs(20), waiting).await;
        if waited.is_err() {
            let inside = self.inside.lock().expect("no test panicked within");
            panic!(
                "{what}: {} kept, {} known, {:?}",
                inside.kept.len(),
                inside.known,
                inside.marks
            );
        }
    }

    /// The kept messages as text, in their order.
    pub(crate) fn texts(&self) -> Vec<String> {
        let text = |item: &Item| String::from_utf8_lossy(&item.bytes).into_owned();
        self.with(|inside| inside.kept.iter().map(text).collect())
    }

    fn refusal(&self, bytes: &[u8]) -> Result<(), NotTaken> {
        let holds = |part: &[u8]| part.is_empty() || bytes.windows(part.len()).any(|some| some == part);
        let refused = self.with(|inside| {
            let found = inside.refuse.iter().find(|(part, _)| holds(part));
            found.map(|(_, why)| *why)
        });
        refused.map_or(Ok(()), |why| {
            Err(NotTaken {
                why,
                words: "told to refuse it".to_owned(),
            })
        })
    }
}

impl Intake for Shelf {
    type Taking = OnItsWay;
    type Turn = ShelfsTurn;

    fn turn(&self, _mailbox: &str) -> ShelfsTurn {
        ShelfsTurn(self.clone())
    }

    async fn begin(&self, arrival: Arrival) -> Result<OnItsWay, NotTaken> {
        if self.with(|inside| inside.refuse.iter().any(|(part, _)| part.is_empty())) {
            self.refusal(b"")?;
        }
        Ok(OnItsWay {
            shelf: self.clone(),
            item: Some(Item {
                arrival,
                bytes: Vec::new(),
                length: 0,
                larger_than: None,
            }),
        })
    }

    async fn mark(&self, mailbox: &str) -> Result<Option<Mark>, NotTaken> {
        Ok(self.with(|inside| inside.marks.get(mailbox).copied()))
    }

    async fn move_mark(&self, mailbox: &str, mark: Mark) -> Result<(), NotTaken> {
        self.with(|inside| inside.marks.insert(mailbox.to_owned(), mark));
        Ok(())
    }

    async fn heard_from(&self, _mailbox: &str) -> Result<(), NotTaken> {
        self.with(|inside| inside.heard += 1);
        Ok(())
    }

    async fn failed(&self, _mailbox: &str, _why: &str) -> Result<(), NotTaken> {
        self.with(|inside| inside.failed += 1);
        Ok(())
    }

    fn now(&self) -> Timestamp {
        "2026-11-26T12:00:00Z".parse().expect("an instant")
    }
}

pub(crate) struct ShelfsTurn(Shelf);

impl Turn for ShelfsTurn {
    async fn take(&mut self) -> Result<Whose, NotTaken> {
        Ok(match self.0.with(|inside| inside.elsewhere) {
            true => Whose::Theirs,
            false => Whose::Ours,
        })
    }

    async fn let_go(self) {
        self.0.with(|inside| inside.given_back += 1);
    }
}

pub(crate) struct OnItsWay {
    shelf: Shelf,
    item: Option<Item>,
}

impl Taking for OnItsWay {
    async fn write(&mut self, bytes: &[u8]) -> Result<(), NotTaken> {
        let longest = |inside: &mut Inside| inside.longest_piece = inside.longest_piece.max(bytes.len());
        self.shelf.with(longest);
        let item = self.item.as_mut().expect("it is under way");
        item.length += bytes.len();
        if item.length <= REMEMBERED {
            item.bytes.extend_from_slice(bytes);
        }
        Ok(())
    }

    fn cut(&mut self, larger_than: u64) {
        self.item.as_mut().expect("it is under way").larger_than = Some(larger_than);
    }

    async fn keep(mut self) -> Result<Kept, NotTaken> {
        self.shelf
            .refusal(&self.item.as_ref().expect("it is under way").bytes)?;
        let item = self.item.take().expect("it is under way");
        Ok(self
            .shelf
            .with(|inside| match inside.kept.iter().position(|kept| kept.is(&item)) {
                Some(at) => {
                    inside.known += 1;
                    Kept::Known(at as i64)
                }
                None => {
                    inside.kept.push(item);
                    Kept::New(inside.kept.len() as i64)
                }
            }))
    }
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        if self.item.is_some() {
            self.shelf.with(|inside| inside.given_up += 1);
        }
    }
}
