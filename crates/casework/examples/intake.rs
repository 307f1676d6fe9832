//! Durable intake in this process: complaints through the act that the web form uses, by several clients at once. `cargo xtask bench intake`
//! starts it, and prints what it says beside the bare loop of `crates/storage/examples/bare_intake/main.rs`.
//!
//! `intake FOLDER CLIENTS COMPLAINTS` makes a new installation in the folder and prints one JSON object; with the address of an empty database of
//! PostgreSQL behind it, everything but files is kept there.
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a bench prints, and measures elapsed time"
)]

use std::error::Error;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use casework::intake::complain::complain;
use casework::{ActError, Institution, Office, OfficeParts, SystemClock};
use rules::files::Limits;
use rules::intake::RawFeedback;
use storage::files::FileStore;
use storage::{Keys, Server, Store};
use testkit::plain_words::PlainWords;

/// Texts of invented complaints, one a line.
const COMPLAINTS: &str = include_str!("complaints.txt");
const PROCEDURE: &str = include_str!("../../../procedures/it-services.toml");
const CALENDARS: [(&str, &str); 2] = [
    (
        "england-and-wales.toml",
        include_str!("../../../calendars/england-and-wales.toml"),
    ),
    (
        "closures-example.toml",
        include_str!("../../../calendars/closures-example.toml"),
    ),
];
/// Complaints before anything is measured: statements are prepared, pages of the database are there.
const WARMING: u64 = 256;

/// What is asked for.
struct Asked {
    folder: PathBuf,
    clients: u64,
    complaints: u64,
    server: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let asked = read(std::env::args().skip(1))?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    println!("{}", runtime.block_on(measure(&asked))?);
    Ok(())
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Asked, Box<dyn Error>> {
    let mut next = || arguments.next().ok_or("intake FOLDER CLIENTS COMPLAINTS");
    Ok(Asked {
        folder: next()?.into(),
        clients: next()?.parse()?,
        complaints: next()?.parse()?,
        server: arguments.next(),
    })
}

async fn measure(asked: &Asked) -> Result<serde_json::Value, Box<dyn Error>> {
    std::fs::create_dir_all(&asked.folder)?;
    let office = open(asked).await?;
    send(&office, asked.clients, 0..WARMING).await?;
    let (begun, commits) = (Instant::now(), office.store().commits());
    let mut times = send(&office, asked.clients, WARMING..WARMING + asked.complaints).await?;
    let seconds = begun.elapsed().as_secs_f64();
    let commits = office.store().commits() - commits;
    times.sort_unstable();
    let at = |hundredths: usize| times[(times.len() - 1) * hundredths / 100].as_secs_f64() * 1000.0;
    office.close().await?;
    Ok(serde_json::json!({
        "complaints": asked.complaints,
        "warming": WARMING,
        "seconds": seconds,
        "acts_per_commit": asked.complaints as f64 / commits as f64,
        "p50_ms": at(50),
        "p99_ms": at(99),
    }))
}

/// A new office with the shipped procedure. No post room works in it: letters wait in the outbox.
async fn open(asked: &Asked) -> Result<Arc<Office>, Box<dyn Error>> {
    let (folder, keys) = (&asked.folder, Keys::for_tests());
    let store = match &asked.server {
        None => Store::open(&folder.join("redress.db"), keys)?,
        Some(address) => {
            Store::connect(&Server::parse(address)?, FileStore::folder(&folder.join("files")), keys).await?
        }
    };
    let parts = OfficeParts {
        store,
        clock: Arc::new(SystemClock),
        institution: Institution {
            organisation: "Calderbrook University".to_owned(),
            unit: "IT Services".to_owned(),
            service: "Feedback and complaints".to_owned(),
            phone: "01632 960 417".to_owned(),
            phone_hours: "Monday to Friday, 9am to 5pm".to_owned(),
            email: "it-feedback@calderbrook.example".to_owned(),
            chat_url: None,
            desk: None,
            public_url: "https://feedback.calderbrook.example".to_owned(),
            reference_prefix: "FC".to_owned(),
        },
        procedure: ("it-services.toml".to_owned(), PROCEDURE.to_owned()),
        calendars: CALENDARS
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .to_vec(),
        files: Limits::default(),
        letters: Arc::new(PlainWords),
    };
    Ok(Office::open(parts).await?)
}

/// Sends complaints from so many clients, each with its next as soon as it has the receipt of the one before; answers how long each took.
async fn send(office: &Arc<Office>, clients: u64, numbers: std::ops::Range<u64>) -> Result<Vec<Duration>, ActError> {
    let next = Arc::new(AtomicU64::new(numbers.start));
    let working: Vec<_> = (0..clients)
        .map(|_| tokio::spawn(client(office.clone(), next.clone(), numbers.end)))
        .collect();
    let mut times = Vec::new();
    for client in working {
        times.extend(
            client
                .await
                .unwrap_or_else(|broken| std::panic::resume_unwind(broken.into_panic()))?,
        );
    }
    Ok(times)
}

async fn client(office: Arc<Office>, next: Arc<AtomicU64>, end: u64) -> Result<Vec<Duration>, ActError> {
    let mut times = Vec::new();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= end {
            return Ok(times);
        }
        let begun = Instant::now();
        complain(&office, &complaint(number), &format!("bench{number}")).await?;
        times.push(begun.elapsed());
    }
}

/// A complaint as the form of the public site sends it, to be acknowledged by e-mail.
fn complaint(number: u64) -> RawFeedback {
    let texts: Vec<&str> = COMPLAINTS.lines().collect();
    let text = texts[number as usize % texts.len()];
    RawFeedback {
        kind: "complaint".to_owned(),
        words: format!("{text} This is my message number {number}."),
        wanted: "A second try".to_owned(),
        complainant_kind: "student".to_owned(),
        name: format!("Sender {number}"),
        email: format!("sender-{number}@students.example"),
        reply_by: "email".to_owned(),
        ..RawFeedback::default()
    }
}
