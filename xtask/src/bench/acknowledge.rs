//! From the answer to a complaint until the mail server has its letter, with complaints coming at a steady pace.

use std::time::Duration;

use super::Bench;
use super::figures::{Measured, load_average, milliseconds, percentile};
use super::installation;
use super::mail_server::MailServer;
use super::server::{Server, now, pause};
use crate::load::{Bound, Complaints, Loopback, Pace, Sent, drive};
use crate::shell::{Failure, Outcome};

const PER_SECOND: usize = 50;
const SECONDS: usize = 20;
/// Enough that a slow answer keeps no complaint from being sent at its time.
const CLIENTS: usize = 16;
/// How long the last letters may take.
const PATIENCE: Duration = Duration::from_secs(60);

pub(super) fn measure(bench: &Bench) -> Outcome<Measured> {
    let (per_second, seconds) = (
        bench.number("--per-second", PER_SECOND),
        bench.number("--seconds", SECONDS),
    );
    let mail = MailServer::start()?;
    let before = load_average();
    let server = installation::serve(bench, mail.address.port(), PATIENCE)?;
    let begun = now();
    let saved = complain(bench, &server, per_second, seconds)?;
    let took = now().duration_since(begun);
    let waited = wait_for_letters(&mail, &saved)?;
    let answered: Vec<Duration> = saved.iter().map(|one| one.sent.took()).collect();
    let late: Vec<Duration> = saved.iter().map(|one| one.sent.late()).collect();
    let rows = vec![
        row("saved to accepted by the mail server", &waited),
        row("sent to saved", &answered),
        row("planned to sent", &late),
    ];
    let note = format!(
        "{} complaints, {:.1} a second where {per_second} were planned. Resident: {} KiB. Load average {before} before, {} after.",
        saved.len(),
        saved.len() as f64 / took.as_secs_f64(),
        server.memory_kib("VmRSS")?,
        load_average(),
    );
    Ok(Measured::of(vec!["", "times", "p50 ms", "p95 ms", "p99 ms", "max ms"], rows).noting(note))
}

fn row(name: &str, times: &[Duration]) -> Vec<String> {
    let mut row = vec![name.to_owned(), times.len().to_string()];
    row.extend([50, 95, 99, 100].map(|hundredths| milliseconds(percentile(times, hundredths))));
    row
}

/// A complaint that was answered with "saved".
struct Saved {
    to: String,
    sent: Sent<usize>,
}

/// Sends complaints at a steady pace, whether or not the ones before are answered.
fn complain(bench: &Bench, server: &Server, per_second: usize, seconds: usize) -> Outcome<Vec<Saved>> {
    let complaints = Complaints::read(&bench.workspace.root, "bench")?;
    let bound = Bound::of(CLIENTS, per_second * seconds, Duration::from_secs(seconds as u64))?;
    let pace = Pace::PerSecond(per_second as f64);
    let sent = drive(Loopback::of(server.address)?, &bound, pace, |connection, number| {
        let answer = complaints.send(connection, number)?;
        match answer.status {
            303 => Ok(number),
            status => Err(Failure::new(format!(
                "a complaint was answered {status}: {}",
                answer.text()
            ))),
        }
    })?;
    let saved = |sent: Sent<usize>| Saved {
        to: format!("sender-{}@students.example", sent.what),
        sent,
    };
    Ok(sent.into_iter().map(saved).collect())
}

/// How long each complaint's letter took; every one of them must come, and once.
fn wait_for_letters(mail: &MailServer, saved: &[Saved]) -> Outcome<Vec<Duration>> {
    let begun = now();
    loop {
        let accepted = mail.accepted();
        let missing = saved.iter().filter(|one| !accepted.contains_key(&one.to)).count();
        if missing == 0 {
            if let Some((to, times)) = accepted.iter().find(|(_, times)| times.len() > 1) {
                return Err(Failure::new(format!("{to} was sent {} letters", times.len())));
            }
            let waited = saved
                .iter()
                .map(|one| accepted[&one.to][0].saturating_duration_since(one.sent.answered_at));
            return Ok(waited.collect());
        }
        if now().duration_since(begun) > PATIENCE {
            return Err(Failure::new(format!("{missing} letters did not come")));
        }
        pause(Duration::from_millis(20));
    }
}
