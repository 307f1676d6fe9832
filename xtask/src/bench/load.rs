//! Asking: several clients at once, each on a connection that it keeps, each with its next request as soon as it has its answer.

use std::time::Duration;

use super::server::Server;
use crate::http::{Connection, Request};
use crate::load::{Bound, Loopback, Pace, Sent, drive};
use crate::shell::{Failure, Outcome};

/// No list of pages takes longer.
const LONGEST: Duration = Duration::from_secs(600);

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
        let bound = Bound::of(clients, requests, LONGEST)?;
        let sent = drive(
            Loopback::of(server.address)?,
            &bound,
            Pace::Closed,
            |connection, number| {
                let path = &self.paths[number % self.paths.len()];
                let answer = connection
                    .send(&self.request(path))
                    .map_err(Failure::during(path.as_str()))?;
                match is_answer(answer.status) {
                    true => Ok(()),
                    false => Err(Failure::new(format!("{path} answered {}", answer.status))),
                }
            },
        )?;
        Ok(sent.iter().map(Sent::took).collect())
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

/// A page, or the way to it: a search for a whole reference leads straight to its case.
fn is_answer(status: u16) -> bool {
    matches!(status, 200 | 303)
}
