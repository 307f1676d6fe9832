//! Asking: several clients at once, each on a connection that it keeps, each with its next request as soon as it has its answer.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::http::{Connection, Request};
use super::server::{Server, now};
use crate::shell::{Failure, Outcome};

/// Addresses to ask for in turn, and as whom.
pub(super) struct Pages {
    /// What the figures call them.
    pub(super) name: &'static str,
    /// Who asks: the session's cookie; empty for the public.
    pub(super) cookie: String,
    /// Each is asked for in turn.
    pub(super) paths: Vec<String>,
}

impl Pages {
    /// How long each of so many requests took, shared among so many clients.
    pub(super) fn times(&self, server: &Server, clients: usize, requests: usize) -> Outcome<Vec<Duration>> {
        let next = AtomicUsize::new(0);
        together(clients, || self.client(server, &next, requests))
    }

    fn client(&self, server: &Server, next: &AtomicUsize, requests: usize) -> Outcome<Vec<Duration>> {
        let mut connection = Connection::open(server.address)?;
        let mut times = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= requests {
                return Ok(times);
            }
            let path = &self.paths[number % self.paths.len()];
            let begun = now();
            let answer = connection
                .send(&self.request(path))
                .map_err(Failure::during(path.as_str()))?;
            times.push(now().duration_since(begun));
            if !is_answer(answer.status) {
                return Err(Failure::new(format!("{path} answered {}", answer.status)));
            }
        }
    }

    /// Asks for every address once, before anything is measured, and keeps those that are answered.
    pub(super) fn warmed(mut self, server: &Server) -> Outcome<Pages> {
        let mut connection = Connection::open(server.address)?;
        let mut answered = Vec::new();
        for path in std::mem::take(&mut self.paths) {
            if is_answer(connection.send(&self.request(&path))?.status) {
                answered.push(path);
            }
        }
        if answered.is_empty() {
            return Err(Failure::new(format!("{}: nothing was answered", self.name)));
        }
        Ok(Pages {
            paths: answered,
            ..self
        })
    }

    fn request<'a>(&'a self, path: &'a str) -> Request<'a> {
        Request {
            path,
            accept_encoding: "gzip",
            cookie: &self.cookie,
            form: None,
        }
    }
}

/// What so many clients at once bring back, in any order.
pub(super) fn together<T: Send>(clients: usize, client: impl Fn() -> Outcome<Vec<T>> + Sync) -> Outcome<Vec<T>> {
    let parts = thread::scope(|scope| {
        let working: Vec<_> = (0..clients).map(|_| scope.spawn(&client)).collect();
        let joined = working.into_iter().map(|client| client.join());
        joined
            .map(|part| part.unwrap_or_else(|_| Err(Failure::new("a client panicked"))))
            .collect::<Outcome<Vec<_>>>()
    })?;
    Ok(parts.into_iter().flatten().collect())
}

/// A page, or the way to it: a search for a whole reference leads straight to its case.
fn is_answer(status: u16) -> bool {
    matches!(status, 200 | 303)
}
