//! Where the directory is read from, as whatever reads it tells the office.

use std::pin::Pin;
use std::sync::Arc;

use rules::directory::when::Pace;
use rules::directory::{DirectoryPerson, Finding, Nominated};

/// What reads the directory: a server, or a file. It reads all of it or nothing: half a directory would make heads of those whose managers are missing.
pub trait Source: Send + Sync {
    /// Where it reads, for people who look after it: "ldaps://ldap.office.example". No password stands in it.
    fn place(&self) -> String;

    /// Reads everybody.
    fn read(&self) -> Pin<Box<dyn Future<Output = Result<Reading, Unread>> + Send + '_>>;
}

/// Everybody, as they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// The people.
    pub people: Vec<DirectoryPerson>,
    /// What was odd on the way.
    pub findings: Vec<Finding>,
}

/// Why it could not be read, in words for whoever looks after it, with what to do. They are kept and logged: the name of no person stands in them.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unread(pub String);

/// What an office needs to keep a directory.
pub struct DirectoryParts {
    /// What reads it.
    pub source: Arc<dyn Source>,
    /// How often, and when the copy is old.
    pub pace: Pace,
    /// Who is asked at the top of the line (A15).
    pub nominated: Option<Nominated>,
    /// The groups whose members are VIPs (R88, A11).
    pub vip_groups: Vec<String>,
    /// Usernames and addresses of those who are away, beside whoever the directory itself says is.
    pub absent: Vec<String>,
}
