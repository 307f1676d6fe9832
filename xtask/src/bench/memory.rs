//! Resident memory: after the first answer, and after pages were served.

use super::Bench;
use super::figures::Measured;
use super::server::Server;
use crate::http::Request;
use crate::shell::{Failure, Outcome};

const PAGES: usize = 2_000;

/// What people ask for most, each in turn: the first six need no sign-in, the others carry the session.
const ASKED: &[&str] = &[
    "/",
    "/procedure",
    "/complain",
    "/track",
    "/thanks",
    "/staff/sign-in",
    "/staff",
    "/staff/triage",
    "/staff/cases",
    "/staff/search?q=wifi",
    "/staff/sign-off",
    "/staff/jobs",
];

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let folder = bench.scratch.join("demo");
    // The example cases are made by a server of their own: their making is not what a running installation costs.
    drop(Server::start(&bench.binary, &folder)?);
    let server = Server::start(&bench.binary, &folder)?;
    let mut rows = vec![row("after the first answer", &server)?];
    let cookie = server.sign_in()?;
    rows.push(row("after signing in", &server)?);
    let pages = bench.number("--pages", PAGES);
    for path in ASKED.iter().cycle().take(pages) {
        let answer = server.ask(&Request {
            path,
            accept_encoding: "gzip",
            cookie: &cookie,
            ..Request::default()
        })?;
        // Somebody who is signed in is sent on from the sign-in page; a role may not have every desk.
        if !matches!(answer.status, 200 | 303 | 403 | 404) {
            return Err(Failure::new(format!("{path} answered {}", answer.status)));
        }
    }
    rows.push(row(&format!("after {pages} pages"), &server)?);
    Ok(Measured::of(vec!["memory", "resident KiB", "most so far KiB"], rows))
}

fn row(name: &str, server: &Server) -> Outcome<Vec<String>> {
    Ok(vec![
        name.to_owned(),
        server.memory_kib("VmRSS")?.to_string(),
        server.memory_kib("VmHWM")?.to_string(),
    ])
}
