//! Driving: several clients at once on connections that they keep, each with its next request as soon as it has its answer, or at a steady pace.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use super::{Bound, Loopback};
use crate::bench::{now, pause};
use crate::http::Connection;
use crate::shell::{Failure, Outcome};

/// When a client sends its next request.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Pace {
    /// As soon as it has its answer.
    Closed,
    /// At its time, so many a second among all clients, whether or not the ones before were answered: what waits for a client is late, and its
    /// lateness is counted.
    PerSecond(f64),
}

/// One request and its answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sent<T> {
    /// What came of it.
    pub(crate) what: T,
    /// When it was to be sent; when it was sent where nothing was planned.
    pub(crate) planned_at: Instant,
    /// When it was sent.
    pub(crate) sent_at: Instant,
    /// When its answer was read.
    pub(crate) answered_at: Instant,
}

impl<T> Sent<T> {
    /// From sending it to its answer.
    pub(crate) fn took(&self) -> Duration {
        self.answered_at.duration_since(self.sent_at)
    }

    /// From the moment at which it was to be sent.
    pub(crate) fn late(&self) -> Duration {
        self.sent_at.duration_since(self.planned_at)
    }
}

/// Sends until the bound is reached; `send` sends the request with a number on a connection, and says what came of it.
///
/// # Errors
/// The first failure of a client. What was under way is answered first.
pub(crate) fn drive<T: Send>(
    to: Loopback,
    bound: &Bound,
    pace: Pace,
    send: impl Fn(&mut Connection, usize) -> Outcome<T> + Sync,
) -> Outcome<Vec<Sent<T>>> {
    let (next, begun) = (AtomicUsize::new(0), now());
    let client = || {
        let mut connection = Connection::open(to.address())?;
        let mut sent = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let planned_at = match pace {
                Pace::Closed => now(),
                Pace::PerSecond(rate) => begun + Duration::from_secs_f64(number as f64 / rate),
            };
            if number >= bound.requests() || planned_at.duration_since(begun) >= bound.time() {
                return Ok(sent);
            }
            pause(planned_at.saturating_duration_since(now()));
            let sent_at = now();
            let what = send(&mut connection, number)?;
            sent.push(Sent {
                what,
                planned_at,
                sent_at,
                answered_at: now(),
            });
        }
    };
    together(bound.clients(), client)
}

/// What so many clients at once bring back, in any order.
fn together<T: Send>(clients: usize, client: impl Fn() -> Outcome<Vec<T>> + Sync) -> Outcome<Vec<T>> {
    let parts = thread::scope(|scope| {
        let working: Vec<_> = (0..clients).map(|_| scope.spawn(&client)).collect();
        let joined = working.into_iter().map(|client| client.join());
        joined
            .map(|part| part.unwrap_or_else(|_| Err(Failure::new("a client panicked"))))
            .collect::<Outcome<Vec<_>>>()
    })?;
    Ok(parts.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;
    use crate::http::Request;

    /// A server that answers every request of every connection; it ends with the test's process.
    fn answering() -> Loopback {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let to = Loopback::of(listener.local_addr().expect("an address")).expect("of the loopback");
        thread::spawn(move || {
            for mut stream in listener.incoming().filter_map(Result::ok) {
                thread::spawn(move || {
                    let mut read = [0; 4096];
                    while stream.read(&mut read).is_ok_and(|read| read > 0) {
                        let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
                        if stream.write_all(answer).is_err() {
                            return;
                        }
                    }
                });
            }
        });
        to
    }

    fn get(connection: &mut Connection, _: usize) -> Outcome<u16> {
        let request = Request {
            path: "/",
            ..Request::default()
        };
        Ok(connection.send(&request)?.status)
    }

    #[test]
    fn as_many_are_sent_as_were_asked_for_each_once() {
        let bound = Bound::of(3, 50, Duration::from_secs(60)).expect("a bound");
        let numbered = |connection: &mut Connection, number| get(connection, number).map(|_| number);
        let sent = drive(answering(), &bound, Pace::Closed, numbered).expect("answers");
        let mut numbers: Vec<usize> = sent.iter().map(|sent| sent.what).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn a_steady_pace_is_kept_and_ends_with_its_time() {
        let bound = Bound::of(2, 1_000, Duration::from_millis(200)).expect("a bound");
        let sent = drive(answering(), &bound, Pace::PerSecond(100.0), get).expect("answers");
        assert_eq!(sent.len(), 20, "100 a second for a fifth of one");
        assert!(sent.iter().all(|sent| sent.what == 200));
    }

    #[test]
    fn a_client_that_fails_is_told_of() {
        let bound = Bound::of(2, 10, Duration::from_secs(60)).expect("a bound");
        let refused = |_: &mut Connection, number: usize| match number {
            7 => Err(Failure::new("number 7")),
            _ => Ok(()),
        };
        let failure = drive(answering(), &bound, Pace::Closed, refused).expect_err("one failed");
        assert_eq!(failure.to_string(), "number 7");
    }
}
