//! How long the pages of the monthly review take: every month of the demonstration, the list of months and the page for everybody.

use std::time::Duration;

use super::Bench;
use super::figures::{Measured, milliseconds, percentile};
use super::server::{Server, now};
use crate::http::Request;
use crate::shell::{Failure, Outcome};

const PAGES: usize = 300;
const LIST: &str = "/staff/review";
const PUBLIC: &str = "/you-said-we-did";

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let server = Server::start(&bench.binary, &bench.scratch.join("demo"))?;
    let cookie = server.sign_in_as("reviewer")?;
    let months = months(&server, &cookie)?;
    let pages = bench.number("--pages", PAGES);
    let mut rows = Vec::new();
    for (name, paths) in [
        ("a month's review", months),
        ("the list of months", vec![LIST.to_owned()]),
        ("you said, we did", vec![PUBLIC.to_owned()]),
    ] {
        let times = paths
            .iter()
            .cycle()
            .take(pages)
            .map(|path| time(&server, &cookie, path));
        rows.push(row(name, &times.collect::<Outcome<Vec<Duration>>>()?));
    }
    Ok(Measured::of(vec!["page", "times", "p50 ms", "p95 ms", "max ms"], rows))
}

/// The addresses of the months, as the list links to them.
pub(super) fn months(server: &Server, cookie: &str) -> Outcome<Vec<String>> {
    let page = server.ask(&Request {
        path: LIST,
        cookie,
        ..Request::default()
    })?;
    let html = page.text();
    let links = html.split("href=\"/staff/review/").skip(1);
    let months: Vec<String> = links
        .filter_map(|rest| rest.split('"').next())
        .map(|month| format!("{LIST}/{month}"))
        .collect();
    if months.is_empty() {
        return Err(Failure::new(format!("{LIST} links to no month")));
    }
    Ok(months)
}

fn time(server: &Server, cookie: &str, path: &str) -> Outcome<Duration> {
    let begun = now();
    let answer = server.ask(&Request {
        path,
        cookie,
        ..Request::default()
    })?;
    if answer.status != 200 {
        return Err(Failure::new(format!("{path} answered {}", answer.status)));
    }
    Ok(now().duration_since(begun))
}

fn row(name: &str, times: &[Duration]) -> Vec<String> {
    let mut row = vec![name.to_owned(), times.len().to_string()];
    row.extend([50, 95, 100].map(|hundredths| milliseconds(percentile(times, hundredths))));
    row
}
