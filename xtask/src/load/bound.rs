//! How much load is sent at most: whatever is asked for, it ends.

use std::time::Duration;

use crate::shell::{Failure, Outcome};

/// The most clients: each has a thread and a connection.
const MOST_CLIENTS: usize = 256;
/// The most requests.
const MOST_REQUESTS: usize = 2_000_000;
/// The longest time.
const MOST_TIME: Duration = Duration::from_secs(600);

/// How much is sent: by so many clients, until so many requests or so much time, whichever comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Bound {
    clients: usize,
    requests: usize,
    time: Duration,
}

impl Bound {
    /// A bound within those that hold for everybody.
    ///
    /// # Errors
    /// When it is none, or beyond them.
    pub(crate) fn of(clients: usize, requests: usize, time: Duration) -> Outcome<Bound> {
        if !(1..=MOST_CLIENTS).contains(&clients) {
            return Err(Failure::new(format!("from 1 to {MOST_CLIENTS} clients, not {clients}")));
        }
        if !(1..=MOST_REQUESTS).contains(&requests) {
            return Err(Failure::new(format!(
                "from 1 to {MOST_REQUESTS} requests, not {requests}"
            )));
        }
        if time.is_zero() || time > MOST_TIME {
            let most = MOST_TIME.as_secs();
            return Err(Failure::new(format!(
                "from 1 to {most} seconds, not {}",
                time.as_secs()
            )));
        }
        Ok(Bound {
            clients,
            requests,
            time,
        })
    }

    pub(crate) fn clients(&self) -> usize {
        self.clients
    }

    pub(crate) fn requests(&self) -> usize {
        self.requests
    }

    pub(crate) fn time(&self) -> Duration {
        self.time
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_too_much_are_refused() {
        let second = Duration::from_secs(1);
        assert!(Bound::of(1, 1, second).is_ok());
        assert!(Bound::of(MOST_CLIENTS, MOST_REQUESTS, MOST_TIME).is_ok());
        assert!(Bound::of(0, 1, second).is_err());
        assert!(Bound::of(MOST_CLIENTS + 1, 1, second).is_err());
        assert!(Bound::of(1, 0, second).is_err());
        assert!(Bound::of(1, MOST_REQUESTS + 1, second).is_err());
        assert!(Bound::of(1, 1, Duration::ZERO).is_err());
        assert!(Bound::of(1, 1, MOST_TIME + second).is_err());
    }
}
