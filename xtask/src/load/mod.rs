//! The load generator: complaints or pages, as fast as they are answered or at a steady pace, bounded in count and time, to the loopback only.

mod bound;
mod complaint;
mod cost;
mod drive;
mod loopback;

use std::collections::BTreeMap;
use std::time::Duration;

pub(crate) use bound::Bound;
pub(crate) use complaint::Complaints;
pub(crate) use cost::processor_time;
pub(crate) use drive::{Pace, Sent, drive};
pub(crate) use loopback::Loopback;

use crate::bench::figures::{load_average, milliseconds, percentile};
use crate::bench::now;
use crate::http::{Connection, Request};
use crate::shell::{Failure, Outcome};
use crate::workspace::Workspace;

const USAGE: &str = "\
cargo xtask load complaints|PATH --to 127.0.0.1:PORT [--clients N] [--requests N] [--seconds N] [--per-second N]
  sends complaints, or asks for a page, until so many were sent or so much time has passed, and prints what came of it;
  as fast as answers come, or so many a second; to the loopback and nowhere else";

/// What the arguments ask for.
#[derive(Debug, PartialEq)]
struct Asked {
    /// `complaints`, or the path of a page.
    what: String,
    to: Loopback,
    bound: Bound,
    pace: Pace,
}

/// Sends the load that the arguments name, and prints what came of it.
///
/// # Errors
/// When the arguments make no sense, or a connection breaks.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome<()> {
    let asked = read(arguments)?;
    let (begun, before) = (now(), processor_time("self")?);
    let sent = if asked.what == "complaints" {
        let name = format!("load{}", std::process::id());
        let complaints = Complaints::read(&workspace.root, &name)?;
        drive(asked.to, &asked.bound, asked.pace, |connection, number| {
            Ok(complaints.send(connection, number)?.status)
        })?
    } else {
        drive(asked.to, &asked.bound, asked.pace, |connection, _| {
            ask(connection, &asked.what)
        })?
    };
    let seconds = now().duration_since(begun).as_secs_f64();
    let own = processor_time("self")?.saturating_sub(before);
    print!("{}", told(&sent, seconds, own));
    Ok(())
}

fn ask(connection: &mut Connection, path: &str) -> Outcome<u16> {
    let request = Request {
        path,
        accept_encoding: "gzip",
        ..Request::default()
    };
    Ok(connection.send(&request)?.status)
}

/// What came of it, in lines.
fn told(sent: &[Sent<u16>], seconds: f64, own: Duration) -> String {
    let took: Vec<Duration> = sent.iter().map(Sent::took).collect();
    let late: Vec<Duration> = sent.iter().map(Sent::late).collect();
    let mut by_status = BTreeMap::new();
    for one in sent {
        *by_status.entry(one.what).or_insert(0_usize) += 1;
    }
    let statuses: Vec<String> = by_status
        .iter()
        .map(|(status, n)| format!("{n} with {status}"))
        .collect();
    let at = |hundredths| milliseconds(percentile(&took, hundredths));
    format!(
        "{} answers in {seconds:.1} s, {:.0} a second: {}\n\
         answered within p50 {} ms, p95 {} ms, p99 {} ms, at most {} ms; sent late by p99 {} ms\n\
         the generator itself: {:.0} microseconds of processor time for each; load average {}\n",
        sent.len(),
        sent.len() as f64 / seconds,
        statuses.join(", "),
        at(50),
        at(95),
        at(99),
        at(100),
        milliseconds(percentile(&late, 99)),
        own.as_secs_f64() * 1e6 / sent.len().max(1) as f64,
        load_average(),
    )
}

fn read(arguments: &[String]) -> Outcome<Asked> {
    let unclear = |why: &str| Failure::new(format!("{why}\n{USAGE}"));
    let (what, rest) = arguments.split_first().ok_or_else(|| unclear("say what to send."))?;
    if what != "complaints" && !what.starts_with('/') {
        return Err(unclear(&format!("\"{what}\" is neither \"complaints\" nor a path.")));
    }
    let mut to = None;
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for pair in rest.chunks(2) {
        let [word, value] = pair else {
            return Err(unclear(&format!("{} lacks its value.", pair[0])));
        };
        match word.as_str() {
            "--to" => to = Some(value.parse::<Loopback>()?),
            "--clients" | "--requests" | "--seconds" | "--per-second" => {
                let number = value.parse().map_err(Failure::during(word.as_str()))?;
                numbers.insert(word, number);
            }
            other => return Err(unclear(&format!("\"{other}\" is not known here."))),
        }
    }
    let number = |word: &str, usual: usize| numbers.get(word).copied().unwrap_or(usual);
    let time = Duration::from_secs(number("--seconds", 10) as u64);
    let pace = match numbers.get("--per-second") {
        None => Pace::Closed,
        Some(0) => return Err(unclear("none a second would never end.")),
        Some(rate) => Pace::PerSecond(*rate as f64),
    };
    Ok(Asked {
        what: what.clone(),
        to: to.ok_or_else(|| unclear("say where to send it."))?,
        bound: Bound::of(number("--clients", 8), number("--requests", 100_000), time)?,
        pace,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(words: &str) -> Outcome<Asked> {
        read(&words.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn the_arguments_are_read_in_any_order() {
        let asked = asked("complaints --per-second 50 --to 127.0.0.1:8080 --clients 3").expect("good arguments");
        assert_eq!((asked.bound.clients(), asked.pace), (3, Pace::PerSecond(50.0)));
        assert_eq!(asked.bound.time(), Duration::from_secs(10));
    }

    #[test]
    fn nothing_is_sent_elsewhere_or_without_an_end() {
        for wrong in [
            "complaints",
            "complaints --to 10.1.2.3:80",
            "complaints --to example.org:80",
            "complaints --to 127.0.0.1:80 --seconds 100000",
            "complaints --to 127.0.0.1:80 --requests 100000000",
            "complaints --to 127.0.0.1:80 --clients 5000",
            "complaints --to 127.0.0.1:80 --per-second 0",
            "complaints --to 127.0.0.1:80 --per-second",
            "everything --to 127.0.0.1:80",
            "/health --to 127.0.0.1:80 --fast 1",
        ] {
            assert!(asked(wrong).is_err(), "{wrong}");
        }
    }
}
