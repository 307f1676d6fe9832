//! A scanner that does what a test says: it answers by a word in the file, is away, or never answers.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use casework::files::{FileBytes, Later, Scanner};
use rules::files::{Scanned, Unscanned};
use tokio::io::AsyncReadExt as _;

/// What a file holds that [`ToldScanner`] calls infected.
pub const BAD: &str = "bad words";

/// What it calls that.
pub const NAME: &str = "Test.Bad-Words";

/// How it behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// It answers.
    Well,
    /// Nobody is there.
    Away,
    /// It takes calls, and never answers about a file.
    Silent,
    /// It calls everything clean: signatures can be wrong.
    Trusting,
    /// It takes nothing so large.
    Full,
}

/// A scanner that does what it is told.
#[derive(Debug, Clone)]
pub struct ToldScanner(Arc<Mutex<(Mood, usize)>>);

impl ToldScanner {
    /// One in this mood.
    pub fn new(mood: Mood) -> ToldScanner {
        ToldScanner(Arc::new(Mutex::new((mood, 0))))
    }

    /// From now on it behaves so.
    pub fn becomes(&self, mood: Mood) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = mood;
    }

    /// How many files it was shown.
    pub fn shown(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }

    fn mood(&self) -> Mood {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }
}

impl Scanner for ToldScanner {
    fn is_there(&self) -> Later<bool> {
        let is_there = self.mood() != Mood::Away;
        Box::pin(async move { is_there })
    }

    fn look(&self, mut file: FileBytes, _: Duration) -> Later<Scanned> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 += 1;
        let mood = self.mood();
        Box::pin(async move {
            let mut bytes = Vec::new();
            match mood {
                Mood::Away => return Scanned::not(Unscanned::Away),
                Mood::Full => return Scanned::not(Unscanned::TooLarge),
                Mood::Silent => std::future::pending().await,
                Mood::Well | Mood::Trusting => {}
            }
            if file.read_to_end(&mut bytes).await.is_err() {
                return Scanned::not(Unscanned::NoAnswer);
            }
            let is_bad = bytes.windows(BAD.len()).any(|window| window == BAD.as_bytes());
            match is_bad && mood == Mood::Well {
                true => Scanned::infected(NAME),
                false => Scanned::Clean,
            }
        })
    }
}
