//! Pages over a thousand, fifty thousand and a million cases, in turns on the same machine: what grows with the years, and what does not.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::figures::{Measured, load_average, milliseconds, percentile};
use super::load::Pages;
use super::server::Server;
use super::{Bench, filled, review};
use crate::http::Request;
use crate::shell::{self, Failure, Outcome};

const SIZES: &[usize] = &[1_000, 50_000, 1_000_000];
const CLIENTS: usize = 1;
const PAGES: usize = 120;
const RUNS: usize = 5;
/// How many different cases are looked at.
const LOOKED_AT: usize = 400;
/// Cases whose words are read to find rare ones.
const READ: usize = 40;
/// The first number of a reference.
const FIRST: usize = 10_001;

/// Everything of one size.
struct Size {
    cases: usize,
    folder: PathBuf,
    server: Server,
    kinds: Vec<Pages>,
    /// The times of each run, by kind.
    taken: Vec<Vec<Vec<Duration>>>,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let wanted = if bench.sizes.is_empty() { SIZES } else { &bench.sizes };
    let before = load_average();
    let mut sizes = Vec::new();
    for cases in wanted {
        sizes.push(Size::open(bench, *cases)?);
    }
    let (clients, requests) = (bench.number("--clients", CLIENTS), bench.number("--pages", PAGES));
    for _ in 0..bench.number("--runs", RUNS) {
        for kind in 0..sizes[0].kinds.len() {
            for size in &mut sizes {
                let times = size.kinds[kind].times(&size.server, clients, requests)?;
                size.taken[kind].push(times);
            }
        }
    }
    let mut rows = Vec::new();
    for kind in 0..sizes[0].kinds.len() {
        let smallest = sizes[0].p99(kind);
        rows.extend(sizes.iter().map(|size| size.row(kind, smallest)));
    }
    let heading = vec![
        "page",
        "cases",
        "times",
        "p50 ms",
        "p99 ms",
        "best p99 ms",
        "p99 of the smallest",
    ];
    let mut measured = Measured::of(heading, rows);
    for size in &sizes {
        measured = measured.noting(size.memory()?);
    }
    for note in disk(&sizes)? {
        measured = measured.noting(note);
    }
    Ok(measured.noting(format!(
        "{clients} client(s); percentiles are medians over the runs, which take turns. One case in a hundred is open, all of the last weeks, 25 of them each owner's. Load average {before} before, {} after.",
        load_average()
    )))
}

impl Size {
    fn open(bench: &Bench, cases: usize) -> Outcome<Size> {
        let folder = filled::grown(bench, cases)?;
        let server = Server::start(&bench.binary, &folder)?;
        let kinds = kinds(&server, &folder, cases)?
            .into_iter()
            .map(|pages| pages.warmed(&server))
            .collect::<Outcome<Vec<Pages>>>()?;
        Ok(Size {
            cases,
            taken: kinds.iter().map(|_| Vec::new()).collect(),
            folder,
            server,
            kinds,
        })
    }

    fn p99(&self, kind: usize) -> Duration {
        median(&self.taken[kind], 99)
    }

    fn row(&self, kind: usize, smallest: Duration) -> Vec<String> {
        let runs = &self.taken[kind];
        let best = runs.iter().map(|run| percentile(run, 99)).min().unwrap_or_default();
        let ratio = self.p99(kind).as_secs_f64() / smallest.as_secs_f64();
        vec![
            self.kinds[kind].name.to_owned(),
            self.cases.to_string(),
            runs.iter().map(Vec::len).sum::<usize>().to_string(),
            milliseconds(median(runs, 50)),
            milliseconds(self.p99(kind)),
            milliseconds(best),
            format!("{ratio:.2}"),
        ]
    }

    fn memory(&self) -> Outcome<String> {
        Ok(format!(
            "{} cases: resident {} KiB, at most {} KiB.",
            self.cases,
            self.server.memory_kib("VmRSS")?,
            self.server.memory_kib("VmHWM")?
        ))
    }

    fn database(&self) -> PathBuf {
        self.folder.join("redress.db")
    }
}

/// The median over the runs of a percentile of each.
fn median(runs: &[Vec<Duration>], hundredths: usize) -> Duration {
    let each: Vec<Duration> = runs.iter().map(|run| percentile(run, hundredths)).collect();
    percentile(&each, 50)
}

/// What is asked for.
fn kinds(server: &Server, folder: &Path, cases: usize) -> Outcome<Vec<Pages>> {
    let clerk = server.sign_in_as("Jo Bramley")?;
    let coordinator = server.sign_in_as("triage")?;
    let reviewer = server.sign_in_as("reviewer")?;
    let auditor = server.sign_in_as("auditor")?;
    let numbers = (0..LOOKED_AT).map(|n| FIRST + n * cases / LOOKED_AT);
    let references: Vec<String> = numbers.map(|number| format!("FC-{number}")).collect();
    let case = |tab: &str| references.iter().map(|one| format!("/staff/c/{one}{tab}")).collect();
    let rare = rare_words(server, &coordinator, &references)?;
    // The running month and the last wait for their review; the others were held. Those of one year, so that all sizes look at the same.
    let months: Vec<String> = review::months(server, &reviewer)?.into_iter().take(11).collect();
    let (running, held) = months.split_at(months.len().min(2));
    let (public, tracked) = tracked(server, folder)?;
    let as_coordinator = [
        ("case: timeline", case("")),
        ("case: details", case("/details")),
        ("triage", one("/staff/triage")),
        ("open cases", one("/staff/cases")),
        ("closed cases", one("/staff/cases?state=closed")),
        ("closed, one service", one("/staff/cases?state=closed&service=A3")),
        (
            "closed, of one owner at stage 2",
            one("/staff/cases?state=closed&stage=2"),
        ),
        (
            "search: a common word",
            searches(&["wifi", "printer", "password", "email"]),
        ),
        ("search: a rare word", searches(&rare)),
        (
            "search: two words",
            searches(&["library+wifi", "password+reset", "exam+laptop"]),
        ),
        ("search: a reference", searches(&references)),
        ("follow-on actions", one("/staff/actions")),
        ("follow-on actions, done", one("/staff/actions?show=done")),
        ("jobs", one("/staff/jobs")),
        ("news of a page that is open", one("/staff/now")),
    ];
    let of = |name, cookie: &str, paths| Pages {
        name,
        cookie: cookie.to_owned(),
        paths,
    };
    let mut kinds = vec![
        of("/complain, which reads nothing", "", one("/complain")),
        of("tracking page", &public, vec![tracked]),
        of("my work", &clerk, one("/staff")),
    ];
    kinds.extend(as_coordinator.map(|(name, paths)| of(name, &coordinator, paths)));
    kinds.push(of("case: audit trail", &auditor, case("/audit")));
    kinds.push(of("the list of months", &reviewer, one("/staff/review")));
    kinds.push(of("a month's review, held", &reviewer, held.to_vec()));
    kinds.push(of("a month's review, running", &reviewer, running.to_vec()));
    kinds.push(of("a year's report", &reviewer, one("/staff/reports")));
    Ok(kinds)
}

fn one(path: &str) -> Vec<String> {
    vec![path.to_owned()]
}

fn searches(words: &[impl AsRef<str>]) -> Vec<String> {
    words
        .iter()
        .map(|words| format!("/staff/search?q={}", words.as_ref()))
        .collect()
}

/// Words of a few cases that no other of these has: among all cases they are rare.
fn rare_words(server: &Server, cookie: &str, references: &[String]) -> Outcome<Vec<String>> {
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for reference in references.iter().step_by((references.len() / READ).max(1)) {
        let path = format!("/staff/c/{reference}");
        let html = server.ask(&Request {
            path: &path,
            cookie,
            ..Request::default()
        })?;
        let text = html.text();
        let words: std::collections::BTreeSet<&str> = text
            .split(|c: char| !c.is_ascii_lowercase())
            .filter(|word| word.len() >= 10)
            .collect();
        for word in words {
            *times.entry(word.to_owned()).or_default() += 1;
        }
    }
    let rare: Vec<String> = times
        .into_iter()
        .filter(|(_, times)| *times == 1)
        .map(|(word, _)| word)
        .collect();
    if rare.is_empty() {
        return Err(Failure::new("no word of the cases is rare"));
    }
    Ok(rare.into_iter().take(READ).collect())
}

/// The cookie of a complainant who followed a link of a letter, and their page.
fn tracked(server: &Server, folder: &Path) -> Outcome<(String, String)> {
    for letter in fs::read_dir(folder.join("letters-sent"))? {
        let text = fs::read_to_string(letter?.path())?
            .replace("=\r\n", "")
            .replace("=\n", "");
        let Some((_, rest)) = text.split_once("/track/") else {
            continue;
        };
        let link: String = rest
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-/".contains(*c))
            .collect();
        let answer = server.ask(&Request {
            path: &format!("/track/{link}"),
            ..Request::default()
        })?;
        if let (Some(cookie), Some((reference, _))) = (answer.cookie(), link.split_once('/')) {
            return Ok((cookie, format!("/track/{reference}")));
        }
    }
    Err(Failure::new("no letter leads to a tracking page"))
}

/// How large the databases are, what a case adds from one size to the next, and by which tables.
fn disk(sizes: &[Size]) -> Outcome<Vec<String>> {
    let mut notes = Vec::new();
    let bytes = |size: &Size| Ok::<u64, Failure>(fs::metadata(size.database())?.len());
    for size in sizes {
        let all = bytes(size)?;
        notes.push(format!(
            "{} cases: {} MiB, {} bytes a case.",
            size.cases,
            all >> 20,
            all / size.cases as u64
        ));
    }
    for pair in sizes.windows(2) {
        let more = bytes(&pair[1])?.saturating_sub(bytes(&pair[0])?);
        let cases = pair[1].cases.saturating_sub(pair[0].cases).max(1) as u64;
        notes.push(format!(
            "From {} to {} cases the database grows by {} bytes a case.",
            pair[0].cases,
            pair[1].cases,
            more / cases
        ));
    }
    // The middle one: reading every page of the largest takes minutes and says the same.
    if let Some(size) = sizes.get(sizes.len() / 2) {
        notes.push(tables(size));
    }
    Ok(notes)
}

/// Bytes a case by table with its indexes, where the machine has the engine's own tool.
fn tables(size: &Size) -> String {
    let sql = "SELECT m.tbl_name, SUM(s.pgsize) FROM dbstat s JOIN sqlite_schema m ON m.name = s.name
               GROUP BY m.tbl_name ORDER BY 2 DESC LIMIT 12";
    let mut tool = Command::new("sqlite3");
    tool.arg("-readonly").arg(size.database()).arg(sql);
    let Ok(said) = shell::read(&mut tool) else {
        return "What each table takes is not known: there is no sqlite3 on this machine.".to_owned();
    };
    let each = said.lines().filter_map(|line| {
        let (table, bytes) = line.split_once('|')?;
        Some(format!(
            "{table} {}",
            bytes.trim().parse::<u64>().ok()? / size.cases as u64
        ))
    });
    let each: Vec<String> = each.collect();
    format!("Bytes a case at {} cases: {}.", size.cases, each.join(", "))
}
