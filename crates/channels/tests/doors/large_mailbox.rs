//! A mailbox of many years on a real Dovecot; `cargo nextest run -p channels --test doors hundred_thousand --no-capture` says what it took.

use std::time::Duration;

use channels::email::inbound::imap::look;
use tokio::time::Instant;

use crate::imap_servers::{Reading, fill};
use crate::servers::Servers;
use crate::shelf::{Inside, Shelf};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_thousand_messages_of_dovecot_cost_time_once_and_no_memory() {
    let Some(servers) = Servers::new() else { return };
    let address = servers.fresh("hundred-thousand");
    fill(&servers.mailboxes.join(&address), 100_000);
    let mut settings = servers.settings(&address);
    settings.patience.answer = Duration::from_secs(300);
    let shelf = Shelf::new();
    let (before, begun) = (most_memory_kb(), Instant::now());
    assert_eq!(look(&settings).await.expect("it goes").messages, 100_000);
    let opened = begun.elapsed();
    let reading = Reading::start(&shelf, settings);
    let many = |many| move |inside: &Inside| inside.kept.len() >= many;
    shelf.until("the first", many(1)).await;
    let first = begun.elapsed();
    shelf.until("the first thousand", many(1_000)).await;
    let thousand = begun.elapsed();
    reading.end().await;
    let grown = most_memory_kb().saturating_sub(before);
    println!(
        "100,000 messages: opened for the first time after {:.1} s; the first is kept {:.2} s after that, the first thousand {:.2} s; memory grew by {grown} kB",
        opened.as_secs_f64(),
        (first - opened).as_secs_f64(),
        (thousand - opened).as_secs_f64()
    );
    assert!(grown < 24_000, "{grown} kB");
}

/// The most memory that this process has held so far, as proc(5) tells it.
fn most_memory_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("this is Linux");
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.expect("it is told").trim().trim_end_matches(" kB");
    most.parse().expect("a number")
}
