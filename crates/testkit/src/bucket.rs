//! A bucket of its own on the S3 server that `cargo xtask test` starts, and the ways in which it can be made to fail.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::time::Duration;

use storage::Keys;
use storage::files::{BucketSettings, FileStore};

/// Holds the address of the server: `http://127.0.0.1:43745`.
const ADDRESS: &str = "REDRESS_TEST_S3";

/// A bucket that nobody else uses.
pub struct TestBucket {
    address: String,
    /// Its name.
    pub name: String,
}

/// What a bucket does wrong, until it is told otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// It answers 503 and does nothing.
    Away,
    /// It answers 503 to so many requests and does nothing.
    AwayFor(u32),
    /// It does what the next PUT asks, and answers 503.
    LosesAnswerToPut,
    /// It finishes the next upload in parts, and answers 503.
    LosesAnswerToFinish,
}

impl TestBucket {
    /// A new bucket; none where no server was started, which is said.
    ///
    /// # Panics
    /// When the server does not make one.
    pub fn new() -> Option<TestBucket> {
        let Some(address) = std::env::var(ADDRESS).ok().filter(|address| !address.is_empty()) else {
            eprintln!(
                "left out: {ADDRESS} names no S3 server. `cargo xtask test` starts one; `cargo xtask services start s3` says how"
            );
            return None;
        };
        let number = Keys::random::<8>().unwrap_or_else(|error| panic!("no randomness: {error}"));
        let name = format!("redress-test-{:016x}", u64::from_le_bytes(number));
        let bucket = TestBucket { address, name };
        let (status, said) = bucket.ask("PUT", &format!("/{}", bucket.name));
        assert_eq!(status, 200, "the server makes no bucket: {said}");
        Some(bucket)
    }

    /// How it is reached, by somebody of little patience.
    pub fn settings(&self) -> BucketSettings {
        BucketSettings {
            bucket: self.name.clone(),
            region: "us-east-1".to_owned(),
            endpoint: Some(self.address.clone()),
            prefix: "redress/".to_owned(),
            access_key: "test".to_owned(),
            secret_key: "test".to_owned(),
            session_token: None,
            roots: None,
            patience: Duration::from_secs(2),
        }
    }

    /// The bucket as a store; files pass through this folder.
    ///
    /// # Panics
    /// When its settings cannot be used.
    pub fn store(&self, through: &Path) -> FileStore {
        FileStore::bucket(self.settings(), through).unwrap_or_else(|error| panic!("{error}"))
    }

    /// From now on it fails.
    pub fn fails(&self, fault: Fault) {
        let how = match fault {
            Fault::Away => "seconds=3600".to_owned(),
            Fault::AwayFor(requests) => format!("requests={requests}"),
            Fault::LosesAnswerToPut => "requests=1&lost=put".to_owned(),
            Fault::LosesAnswerToFinish => "requests=1&lost=finish".to_owned(),
        };
        self.done("PUT", &format!("/_faults/{}?{how}", self.name));
    }

    /// From now on it works.
    pub fn works(&self) {
        self.done("DELETE", &format!("/_faults/{}", self.name));
    }

    /// How many requests it failed so far.
    ///
    /// # Panics
    /// When the server does not say.
    pub fn failed(&self) -> u32 {
        let said = self.done("GET", &format!("/_faults/{}", self.name));
        said.parse().unwrap_or_else(|error| panic!("{said}: {error}"))
    }

    /// Somebody begins an upload in parts under a key, and goes away.
    pub fn begins_upload(&self, key: &str) {
        self.done("POST", &format!("/{}/{key}?uploads=", self.name));
    }

    /// How many uploads in parts are under way or were left.
    pub fn uploads(&self) -> usize {
        self.done("GET", &format!("/{}?uploads=", self.name))
            .matches("<UploadId>")
            .count()
    }

    fn done(&self, method: &str, path: &str) -> String {
        let (status, said) = self.ask(method, path);
        assert_eq!(status, 200, "{method} {path}: {said}");
        said
    }

    /// Asks the server, beside whatever is tested: status and body.
    fn ask(&self, method: &str, path: &str) -> (u16, String) {
        let host = self.address.trim_start_matches("http://");
        let asked = TcpStream::connect(host).and_then(|mut stream| {
            stream.set_read_timeout(Some(Duration::from_secs(30)))?;
            write!(
                stream,
                "{method} {path} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            )?;
            let mut answer = String::new();
            stream.read_to_string(&mut answer)?;
            Ok(answer)
        });
        let answer = asked.unwrap_or_else(|error| panic!("{ADDRESS} names {host}, and nobody answers there: {error}"));
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        let body = answer.split_once("\r\n\r\n").map_or("", |(_, body)| body);
        (status.unwrap_or_default(), body.to_owned())
    }
}
