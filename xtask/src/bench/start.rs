//! From starting the process to the first answer over HTTP: on an empty folder, and again on the same one.

use std::time::Duration;

use super::Bench;
use super::figures::{Measured, milliseconds, percentile};
use super::server::Server;
use crate::shell::Outcome;

const RUNS: usize = 20;

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let runs = bench.number("--runs", RUNS);
    let (mut first, mut again) = (Vec::new(), Vec::new());
    for run in 0..runs {
        let folder = bench.scratch.join(run.to_string());
        first.push(Server::start(&bench.binary, &folder)?.first_answer);
        again.push(Server::start(&bench.binary, &folder)?.first_answer);
    }
    Ok(Measured::of(
        vec!["start to first answer", "runs", "p50 ms", "p95 ms", "max ms"],
        vec![
            row("empty folder, example cases made", &first),
            row("folder that is there already", &again),
        ],
    ))
}

fn row(name: &str, times: &[Duration]) -> Vec<String> {
    let mut row = vec![name.to_owned(), times.len().to_string()];
    row.extend([50, 95, 100].map(|hundredths| milliseconds(percentile(times, hundredths))));
    row
}
