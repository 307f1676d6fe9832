//! Complaints over HTTP: the finished binary on a new installation, its form sent on kept connections as fast as it answers, letters going out to a
//! mail server meanwhile. The load, the mail server and the product share the processors.

use std::time::Duration;

use super::Bench;
use super::figures::{Measured, load_average, median, milliseconds, percentile};
use super::installation;
use super::mail_server::MailServer;
use super::server::{Server, now};
use crate::http::{Connection, Request};
use crate::load::{Bound, Complaints, Loopback, Pace, Sent, drive, processor_time};
use crate::shell::{Failure, Outcome};

const SECONDS: usize = 5;
const RUNS: usize = 3;
const CLIENTS: [usize; 2] = [8, 64];
/// Complaints before anything is measured.
const WARMING: usize = 500;
/// How long the first answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// More than any machine sends in the time.
const MOST: usize = 1_000_000;

/// What is sent.
#[derive(Clone, Copy)]
enum What {
    /// A page that reads nothing: what HTTP costs here, and the generator.
    Health,
    Complaints,
}

/// What one run measured.
struct Run {
    per_second: f64,
    took: Vec<Duration>,
    /// Processor time of the product and of this process for each, in microseconds.
    product_us: f64,
    own_us: f64,
}

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (seconds, runs) = (bench.number("--seconds", SECONDS), bench.number("--runs", RUNS));
    let mail = MailServer::start()?;
    let before = load_average();
    let server = installation::serve(bench, mail.address.port(), PATIENCE)?;
    let load = Load {
        bench,
        server: &server,
        time: Duration::from_secs(seconds as u64),
    };
    load.sent(What::Complaints, (CLIENTS[0], WARMING), "warming")?;
    let kinds = [What::Health, What::Complaints].into_iter();
    let mut measured: Vec<(What, usize, Vec<Run>)> = kinds
        .flat_map(|what| CLIENTS.map(|clients| (what, clients, Vec::new())))
        .collect();
    let mut complaints = WARMING;
    for run in 0..runs {
        for (what, clients, taken) in &mut measured {
            let one = load.sent(*what, (*clients, MOST), &format!("run{run}of{clients}"))?;
            if matches!(what, What::Complaints) {
                complaints += one.took.len();
            }
            taken.push(one);
        }
    }
    let note = format!(
        "Medians of {runs} interleaved runs of {seconds} s; {complaints} complaints kept, {} letters accepted by the mail server meanwhile. \
         Resident: {} KiB. Load average {before} before, {} after.",
        mail.accepted().len(),
        server.memory_kib("VmRSS")?,
        load_average(),
    );
    let rows = measured.iter().map(|(what, clients, runs)| row(*what, *clients, runs));
    let heading = vec![
        "",
        "clients",
        "answers/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "product us each",
        "load and mail us each",
    ];
    Ok(Measured::of(heading, rows.collect()).noting(note))
}

/// Where load is sent, and for how long.
struct Load<'a> {
    bench: &'a Bench,
    server: &'a Server,
    time: Duration,
}

impl Load<'_> {
    fn sent(&self, what: What, (clients, most): (usize, usize), name: &str) -> Outcome<Run> {
        let complaints = Complaints::read(&self.bench.workspace.root, name)?;
        let bound = Bound::of(clients, most, self.time)?;
        let product = self.server.process().to_string();
        let (product_before, own_before, begun) = (processor_time(&product)?, processor_time("self")?, now());
        let to = Loopback::of(self.server.address)?;
        let sent = drive(to, &bound, Pace::Closed, |connection, number| match what {
            What::Health => health(connection),
            What::Complaints => complain(&complaints, connection, number),
        })?;
        let seconds = now().duration_since(begun).as_secs_f64();
        let each = |spent: Duration| spent.as_secs_f64() * 1e6 / sent.len().max(1) as f64;
        Ok(Run {
            per_second: sent.len() as f64 / seconds,
            product_us: each(processor_time(&product)?.saturating_sub(product_before)),
            own_us: each(processor_time("self")?.saturating_sub(own_before)),
            took: sent.iter().map(Sent::took).collect(),
        })
    }
}

fn health(connection: &mut Connection) -> Outcome<()> {
    let request = Request {
        path: "/health",
        ..Request::default()
    };
    match connection.send(&request)?.status {
        200 => Ok(()),
        status => Err(Failure::new(format!("the health page was answered {status}"))),
    }
}

fn complain(complaints: &Complaints, connection: &mut Connection, number: usize) -> Outcome<()> {
    let answer = complaints.send(connection, number)?;
    match answer.status {
        303 => Ok(()),
        status => Err(Failure::new(format!(
            "a complaint was answered {status}: {}",
            answer.text()
        ))),
    }
}

fn row(what: What, clients: usize, runs: &[Run]) -> Vec<String> {
    let of = |figure: fn(&Run) -> f64| median(&runs.iter().map(figure).collect::<Vec<_>>());
    let at = |hundredths: usize| {
        let each: Vec<Duration> = runs.iter().map(|run| percentile(&run.took, hundredths)).collect();
        milliseconds(percentile(&each, 50))
    };
    let name = match what {
        What::Health => "a page that reads nothing",
        What::Complaints => "a complaint",
    };
    vec![
        name.to_owned(),
        clients.to_string(),
        format!("{:.0}", of(|run| run.per_second)),
        at(50),
        at(99),
        at(100),
        format!("{:.0}", of(|run| run.product_us)),
        format!("{:.0}", of(|run| run.own_us)),
    ]
}
