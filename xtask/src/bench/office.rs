//! Staff pages over years of cases: by one client, and by several at once, beside a page that reads nothing.

use std::fmt::Display;
use std::time::Duration;

use super::figures::{Measured, load_average, milliseconds, percentile};
use super::load::Pages;
use super::server::Server;
use super::{Bench, filled, review};
use crate::http::Request;
use crate::shell::Outcome;

const CASES: usize = 50_000;
const CLIENTS: usize = 8;
const PAGES: usize = 400;
const RUNS: usize = 3;
/// How many different cases are looked at: more than any cache of ours holds would be better, but fewer than are worked on in a week.
const LOOKED_AT: usize = 400;
/// The first number of a reference.
const FIRST: usize = 10_001;

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let cases = bench.number("--cases", CASES);
    let folder = filled::folder(bench, cases)?;
    let before = load_average();
    let server = Server::start(&bench.binary, &folder)?;
    let kinds = kinds(&server, cases)?
        .into_iter()
        .map(|pages| pages.warmed(&server))
        .collect::<Outcome<Vec<Pages>>>()?;
    let (clients, requests) = (bench.number("--clients", CLIENTS), bench.number("--pages", PAGES));
    let mut taken: Vec<Taken> = kinds.iter().map(|_| Taken::default()).collect();
    for _ in 0..bench.number("--runs", RUNS) {
        for (pages, taken) in kinds.iter().zip(&mut taken) {
            taken.alone.push(pages.times(&server, 1, requests)?);
            taken.together.push(pages.times(&server, clients, requests)?);
        }
    }
    let static_page = median(&taken[0].alone, 50);
    let rows = kinds
        .iter()
        .zip(&taken)
        .map(|(pages, taken)| taken.row(pages.name, static_page));
    let heading = vec![
        "page",
        "times",
        "alone p50 ms",
        "alone p99 ms",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "best p99 ms",
        "of the first",
    ];
    let note = format!(
        "{cases} cases; {clients} clients at once, each asking again when it is answered; medians over the runs. Resident: {} KiB, at most {} KiB. Load average {before} before, {} after.",
        server.memory_kib("VmRSS")?,
        server.memory_kib("VmHWM")?,
        load_average(),
    );
    Ok(Measured::of(heading, rows.collect()).noting(note))
}

/// The times of each run.
#[derive(Default)]
struct Taken {
    alone: Vec<Vec<Duration>>,
    together: Vec<Vec<Duration>>,
}

impl Taken {
    fn row(&self, name: &str, static_page: Duration) -> Vec<String> {
        let times: usize = self.alone.iter().chain(&self.together).map(Vec::len).sum();
        let best = self.together.iter().map(|run| percentile(run, 99)).min();
        let ratio = median(&self.alone, 50).as_secs_f64() / static_page.as_secs_f64();
        let mut row = vec![name.to_owned(), times.to_string()];
        row.extend([50, 99].map(|hundredths| milliseconds(median(&self.alone, hundredths))));
        row.extend([50, 95, 99].map(|hundredths| milliseconds(median(&self.together, hundredths))));
        row.push(milliseconds(best.unwrap_or_default()));
        row.push(format!("{ratio:.1}"));
        row
    }
}

/// The median over the runs of a percentile of each.
fn median(runs: &[Vec<Duration>], hundredths: usize) -> Duration {
    let each: Vec<Duration> = runs.iter().map(|run| percentile(run, hundredths)).collect();
    percentile(&each, 50)
}

/// What is asked for; first of all a public page that reads nothing, to compare with.
fn kinds(server: &Server, cases: usize) -> Outcome<Vec<Pages>> {
    let clerk = server.sign_in_as("Jo Bramley")?;
    let coordinator = server
        .sign_in_as("Complaints Coordinator")
        .or_else(|_| server.sign_in_as("triage"))?;
    let reviewer = server.sign_in_as("reviewer")?;
    let months = review::months(server, &reviewer)?;
    let second = |path: &str| next_page(server, &coordinator, path).map(|next| next.into_iter().collect());
    let numbers = (0..LOOKED_AT).map(|n| FIRST + n * cases / LOOKED_AT);
    let references: Vec<String> = numbers.map(|number| format!("FC-{number}")).collect();
    let case = |tab: &str| references.iter().map(|one| format!("/staff/c/{one}{tab}")).collect();
    let coordinators = [
        ("case: timeline", case("")),
        ("case: details", case("/details")),
        ("triage", vec!["/staff/triage".to_owned()]),
        ("open cases", vec!["/staff/cases".to_owned()]),
        ("open cases, page 2", second("/staff/cases")?),
        (
            "open and late, stage 2",
            vec!["/staff/cases?stage=2&late=yes".to_owned()],
        ),
        ("closed cases", vec!["/staff/cases?state=closed".to_owned()]),
        (
            "closed, one service",
            vec!["/staff/cases?state=closed&service=eduroam".to_owned()],
        ),
        (
            "all of two years ago",
            vec!["/staff/cases?state=any&until=2024-11-30".to_owned()],
        ),
        ("all cases, page 2", second("/staff/cases?state=any")?),
        ("search: a word", searches(&["wifi", "printer", "password", "email"])),
        (
            "search: two words",
            searches(&["library+wifi", "password+reset", "exam+laptop"]),
        ),
        ("search: a reference", searches(&references)),
        ("follow-on actions", vec!["/staff/actions".to_owned()]),
        ("follow-on actions, done", vec!["/staff/actions?show=done".to_owned()]),
        ("news of a page that is open", vec!["/staff/now".to_owned()]),
    ];
    let mut kinds = vec![
        Pages {
            name: "/complain, which reads nothing",
            cookie: String::new(),
            paths: vec!["/complain".to_owned()],
        },
        Pages {
            name: "my work",
            cookie: clerk,
            paths: vec!["/staff".to_owned()],
        },
    ];
    kinds.extend(coordinators.map(|(name, paths)| Pages {
        name,
        cookie: coordinator.clone(),
        paths,
    }));
    kinds.push(Pages {
        name: "a month's review",
        cookie: reviewer,
        paths: months,
    });
    kinds.retain(|pages| !pages.paths.is_empty());
    Ok(kinds)
}

fn searches<W: Display>(words: &[W]) -> Vec<String> {
    words.iter().map(|words| format!("/staff/search?q={words}")).collect()
}

/// Where the list at an address links on to, if it has a second page.
fn next_page(server: &Server, cookie: &str, path: &str) -> Outcome<Option<String>> {
    let request = Request {
        path,
        cookie,
        ..Request::default()
    };
    let html = server.ask(&request)?.text();
    let links = html.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let next = links.into_iter().find(|link| link.contains("after="));
    Ok(next.map(|next| next.replace("&amp;", "&")))
}
