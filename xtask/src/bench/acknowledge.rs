//! From the answer to a complaint until the mail server has its letter, with complaints coming at a steady pace.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use super::Bench;
use super::figures::{Measured, load_average, milliseconds, percentile};
use super::http::{Connection, Request};
use super::load::together;
use super::mail_server::MailServer;
use super::server::{Server, free_address, now, pause};
use crate::shell::{self, Failure, Outcome};

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
    let address = free_address()?;
    let configuration = installation(bench, &address.to_string(), mail.address.port())?;
    let before = load_average();
    let mut command = Command::new(&bench.binary);
    command.arg("serve").arg("--config").arg(&configuration);
    let server = Server::launch(command, address, bench.scratch.join("serve.log"), PATIENCE)?;
    let begun = now();
    let saved = complain(&server, per_second, per_second * seconds)?;
    let took = now().duration_since(begun);
    let waited = wait_for_letters(&mail, &saved)?;
    let answered: Vec<Duration> = saved
        .iter()
        .map(|one| one.saved_at.duration_since(one.sent_at))
        .collect();
    let late: Vec<Duration> = saved
        .iter()
        .map(|one| one.sent_at.duration_since(one.planned_at))
        .collect();
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

/// A new installation that sends to our mail server; answers its configuration.
fn installation(bench: &Bench, address: &str, mail_port: u16) -> Outcome<PathBuf> {
    let folder = bench.scratch.join("installation");
    let password = bench.scratch.join("password");
    fs::write(&password, "calder brook stone\n")?;
    let asked = [
        ("--organisation", "Calderbrook University"),
        ("--unit", "IT Services"),
        ("--phone", "01632 960 417"),
        ("--email", "it-feedback@calderbrook.example"),
        ("--public-url", &format!("http://{address}")),
        ("--admin-username", "rosa"),
        ("--admin-name", "Rosa Lindqvist"),
        ("--admin-email", "rosa@calderbrook.example"),
    ];
    let mut init = Command::new(&bench.binary);
    init.arg("init")
        .arg(&folder)
        .arg("--admin-password-file")
        .arg(&password);
    for (name, value) in &asked {
        init.args([name, value]);
    }
    shell::read(&mut init)?;
    let configuration = folder.join("redress.toml");
    configure(&configuration, address, mail_port)?;
    Ok(configuration)
}

fn configure(configuration: &Path, address: &str, mail_port: u16) -> Outcome<()> {
    let text = fs::read_to_string(configuration)?;
    let mut whole: toml::Table = toml::from_str(&text).map_err(Failure::during("redress.toml"))?;
    let mut set = |section: &str, name: &str, value: toml::Value| {
        if let Some(toml::Value::Table(section)) = whole.get_mut(section) {
            section.insert(name.to_owned(), value);
        }
    };
    set("server", "listen", address.into());
    set("server", "behind_proxy", false.into());
    set("email", "mode", "smtp".into());
    set("email", "host", "127.0.0.1".into());
    set("email", "port", i64::from(mail_port).into());
    set("email", "security", "none".into());
    fs::write(
        configuration,
        toml::to_string(&whole).map_err(Failure::during("redress.toml"))?,
    )?;
    Ok(())
}

/// A complaint that was answered with "saved".
struct Saved {
    to: String,
    planned_at: Instant,
    sent_at: Instant,
    saved_at: Instant,
}

/// Sends complaints at a steady pace, whether or not the ones before are answered.
fn complain(server: &Server, per_second: usize, all: usize) -> Outcome<Vec<Saved>> {
    let (next, begun) = (AtomicUsize::new(0), now());
    let due = |number: usize| begun + Duration::from_secs_f64(number as f64 / per_second as f64);
    let client = || {
        let mut connection = Connection::open(server.address)?;
        let mut saved = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= all {
                return Ok(saved);
            }
            let planned_at = due(number);
            pause(planned_at.saturating_duration_since(now()));
            saved.push(send(&mut connection, number, planned_at)?);
        }
    };
    together(CLIENTS, client)
}

fn send(connection: &mut Connection, number: usize, planned_at: Instant) -> Outcome<Saved> {
    let to = format!("sender-{number}@students.example");
    let form = format!(
        "key=bench{number}&what=The+Wi-Fi+in+the+Main+Library+dropped+four+times+during+my+test+number+{number}.&want=A+second+try\
         &who=student&name=Sender+{number}&email={}&reply=email",
        to.replace('@', "%40")
    );
    let sent_at = now();
    let answer = connection.send(&Request {
        path: "/complain",
        form: Some(&form),
        ..Request::default()
    })?;
    match answer.status {
        303 => Ok(Saved {
            to,
            planned_at,
            sent_at,
            saved_at: now(),
        }),
        status => Err(Failure::new(format!(
            "a complaint was answered {status}: {}",
            answer.text()
        ))),
    }
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
                .map(|one| accepted[&one.to][0].saturating_duration_since(one.saved_at));
            return Ok(waited.collect());
        }
        if now().duration_since(begun) > PATIENCE {
            return Err(Failure::new(format!("{missing} letters did not come")));
        }
        pause(Duration::from_millis(20));
    }
}
