//! Where sealed files lie: each test runs on a folder, and on a bucket where a server is there to hold one (`testkit::bucket`).

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is a test that fails")]

mod away;
mod folder;
mod moving;
mod sealed;
mod shelf;
