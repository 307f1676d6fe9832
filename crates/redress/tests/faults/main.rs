//! What can go wrong around the product, done to the real binary and counted: killed, without power, on a bad disk, under a wrong clock.
//!
//! Each test makes a new installation with `redress init`, has several clients complain, and at the end counts what is kept against what was
//! answered with "saved". What goes wrong is chosen from a fixed seed, so that a run can be repeated as far as a scheduler lets it.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]
#![allow(clippy::print_stdout, reason = "each test tells what it counted")]

mod at_work;
mod bad_disk;
mod by_mail;
mod chance;
mod clock;
mod drained;
mod encrypted;
mod erased;
mod failover;
mod http;
mod installation;
mod kept;
mod killed;
mod load;
mod locked;
mod machine;
mod mail_server;
mod overtaken;
mod paused;
mod pooler;
mod power_cut;
mod recording;
mod running;
mod sealed;

#[path = "../server/mod.rs"]
mod server;

use std::time::{Duration, Instant};

/// Longer than anything that comes takes; a test that hangs is worse than one that fails.
const PATIENCE: Duration = Duration::from_secs(90);
/// How often it is asked.
const STEP: Duration = Duration::from_millis(5);

/// Waits until it is so, and answers how long that took.
fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) -> Duration {
    let begun = now();
    while !is_so() {
        assert!(
            now().duration_since(begun) < PATIENCE,
            "{what}: not within {PATIENCE:?}"
        );
        pause(STEP);
    }
    now().duration_since(begun)
}

#[allow(
    clippy::disallowed_methods,
    reason = "what another process does takes time, and has to end some time"
)]
fn now() -> Instant {
    Instant::now()
}

#[allow(
    clippy::disallowed_methods,
    reason = "a process of its own gives no other sign than its answers"
)]
fn pause(time: Duration) {
    std::thread::sleep(time);
}
