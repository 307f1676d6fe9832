//! A directory that says what a test wants, and fails when it wants that.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use casework::directory::{DirectoryParts, Reading, Source, Unread};
use jiff::SignedDuration;
use rules::directory::when::Pace;
use rules::directory::{DirectoryPerson, Nominated};

/// How certificates of servers are judged, for tests that may not import the store.
pub use storage::certificates;

/// A directory for tests. Clones are the same one.
#[derive(Debug, Clone)]
pub struct InventedDirectory(Arc<Mutex<Result<Reading, Unread>>>);

/// Somebody of it: name, manager by key; the key is the first name in small letters.
pub fn listed(name: &str, manager: &str) -> DirectoryPerson {
    let key = name.split(' ').next().unwrap_or(name).to_lowercase();
    DirectoryPerson {
        name: name.to_owned(),
        usernames: vec![format!("u-{key}")],
        emails: vec![format!("{key}@example.ac.uk")],
        unit: "IT Services".to_owned(),
        managers: Some(manager)
            .filter(|key| !key.is_empty())
            .map(str::to_owned)
            .into_iter()
            .collect(),
        key,
        ..DirectoryPerson::default()
    }
}

impl InventedDirectory {
    /// One of these people.
    pub fn of(people: Vec<DirectoryPerson>) -> InventedDirectory {
        let directory = InventedDirectory(Arc::new(Mutex::new(Ok(Reading::default()))));
        directory.holds(people);
        directory
    }

    /// From now on these are in it.
    pub fn holds(&self, people: Vec<DirectoryPerson>) {
        self.answers(Ok(Reading {
            people,
            findings: Vec::new(),
        }));
    }

    /// From now on it cannot be read.
    pub fn is_down(&self) {
        self.answers(Err(Unread("The server does not answer.".to_owned())));
    }

    fn answers(&self, answer: Result<Reading, Unread>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = answer;
    }

    /// What an office needs to keep it: read every six hours, old after two days, with Nora outside and one VIP group.
    pub fn parts(&self) -> DirectoryParts {
        DirectoryParts {
            source: Arc::new(self.clone()),
            pace: Pace {
                every: SignedDuration::from_hours(6),
                old_after: SignedDuration::from_hours(48),
            },
            nominated: Some(Nominated {
                name: "Nora Outside".to_owned(),
                email: "nora@registry.example.ac.uk".to_owned(),
            }),
            vip_groups: vec!["executive".to_owned()],
            absent: Vec::new(),
        }
    }
}

impl Source for InventedDirectory {
    fn place(&self) -> String {
        "a directory of tests".to_owned()
    }

    fn read(&self) -> Pin<Box<dyn Future<Output = Result<Reading, Unread>> + Send + '_>> {
        let answer = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Box::pin(std::future::ready(answer))
    }
}
