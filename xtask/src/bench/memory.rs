//! Resident memory: after the first answer, and after pages were served.

use super::Bench;
use super::figures::Measured;
use super::http::Request;
use super::server::Server;
use crate::shell::{Failure, Outcome};

const PAGES: usize = 2_000;

/// Pages that need no sign-in, each asked for in turn.
const ASKED: &[&str] = &["/", "/procedure", "/complain", "/track", "/thanks", "/staff/sign-in"];

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let server = Server::start(&bench.binary, &bench.scratch.join("demo"))?;
    let mut rows = vec![row("after the first answer", &server)?];
    let pages = bench.count.unwrap_or(PAGES);
    for path in ASKED.iter().cycle().take(pages) {
        let answer = server.ask(&Request {
            path,
            accept_encoding: "gzip",
            ..Request::default()
        })?;
        if answer.status != 200 {
            return Err(Failure::new(format!("{path} answered {}", answer.status)));
        }
    }
    rows.push(row(&format!("after {pages} pages"), &server)?);
    Ok(Measured {
        heading: vec!["memory", "resident KiB", "most so far KiB"],
        rows,
    })
}

fn row(name: &str, server: &Server) -> Outcome<Vec<String>> {
    Ok(vec![
        name.to_owned(),
        server.memory_kib("VmRSS")?.to_string(),
        server.memory_kib("VmHWM")?.to_string(),
    ])
}
