//! Files that people send, told as stories on a real store: taken in, waiting, attached, opened, thrown away.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod after;
mod arriving;
mod attached;
mod bucket;
mod scanned;
mod strays;
mod support;
