//! How many letters go to one domain in a minute: some mail servers refuse everything from whoever sends them more.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::email::outbound::domains::domain;

/// How long a letter counts.
const WINDOW: SignedDuration = SignedDuration::from_mins(1);

/// The pace at which letters leave this process. Each node has its own.
#[derive(Debug, Default)]
pub struct Pace {
    a_minute: Option<usize>,
    went: Mutex<HashMap<String, VecDeque<Timestamp>>>,
}

impl Pace {
    /// So many letters to each domain in a minute; none for as many as there are. That is the usual value: our letters go to the institution's own mail
    /// server, which paces itself, and an acknowledgement is owed at once (R18).
    #[must_use]
    pub fn of(a_minute: Option<usize>) -> Self {
        Self {
            a_minute,
            went: Mutex::default(),
        }
    }

    /// Takes a turn for a letter to this address.
    ///
    /// # Errors
    /// The instant of the next turn, where none is left now.
    pub fn turn(&self, to: &str, now: Timestamp) -> Result<(), Timestamp> {
        let Some(most) = self.a_minute else {
            return Ok(());
        };
        let mut went = self.went.lock().unwrap_or_else(PoisonError::into_inner);
        went.retain(|_, times| {
            times.retain(|at| now < *at + WINDOW);
            !times.is_empty()
        });
        let times = went.entry(domain(to)).or_default();
        match times.front() {
            Some(first) if times.len() >= most => Err(*first + WINDOW),
            _ => {
                times.push_back(now);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        let start: Timestamp = "2026-10-12T08:00:00Z".parse().unwrap();
        start + SignedDuration::from_secs(second)
    }

    #[test]
    fn a_domain_has_so_many_turns_in_a_minute_and_others_have_their_own() {
        let pace = Pace::of(Some(2));
        assert_eq!(pace.turn("a@one.example", at(0)), Ok(()));
        assert_eq!(pace.turn("b@ONE.example", at(10)), Ok(()));
        assert_eq!(pace.turn("c@one.example", at(20)), Err(at(60)));
        assert_eq!(pace.turn("a@two.example", at(20)), Ok(()));
        assert_eq!(pace.turn("c@one.example", at(60)), Ok(()));
        assert_eq!(pace.turn("d@one.example", at(61)), Err(at(70)));
    }

    #[test]
    fn without_a_limit_nobody_waits() {
        let pace = Pace::of(None);
        assert!((0..1000).all(|_| pace.turn("a@one.example", at(0)).is_ok()));
    }
}
