//! The steps that this version knows, for each engine.

use aws_lc_rs::digest;

use crate::{Engine, StorageError};

/// A step of the schema. Once released its text never changes; a correction is a new step.
#[derive(Debug, Clone, Copy)]
pub struct Step {
    /// Its number; there are no gaps.
    pub number: i64,
    /// What it is about, in a word.
    pub name: &'static str,
    /// What is run.
    pub text: &'static str,
    /// The step that a version must know at least in order to work on a database that has taken this one. One that only adds what older versions can
    /// pass over names an earlier step: it **expands**. One that takes away names the first step whose version did without: it **contracts**.
    pub works_from: i64,
}

impl Step {
    /// One for which older versions are not fit: whoever works on it knows it.
    const fn new(number: i64, name: &'static str, text: &'static str) -> Step {
        Step {
            number,
            name,
            text,
            works_from: number,
        }
    }

    /// One that versions which know this earlier step can pass over.
    const fn works_from(self, works_from: i64) -> Step {
        Step { works_from, ..self }
    }

    /// Compares it with the step that was taken under its number.
    pub(super) fn compare(&self, kept: &str) -> Result<(), StorageError> {
        if kept == self.checksum() {
            return Ok(());
        }
        let Step { number, name, .. } = self;
        Err(StorageError::Migration(format!(
            "step {number} ({name}) is not the one that it has taken"
        )))
    }

    pub(super) fn checksum(&self) -> String {
        crate::keys::hex(digest::digest(&digest::SHA256, self.text.as_bytes()).as_ref())
    }
}

macro_rules! step {
    ($number:literal, $name:literal, $file:literal) => {
        Step::new($number, $name, include_str!(concat!("../../../migrations/", $file)))
    };
}

/// The step that brought the list of living nodes: on a database without it no node ever said that it was there.
pub(super) const LIVING: i64 = 15;

/// The steps of PostgreSQL. They begin with the whole schema as it was when that engine came; from there on every step has a text for each engine.
const POSTGRES: &[Step] = &[
    step!(12, "whole", "postgres/0012_whole.sql"),
    step!(13, "nodes", "postgres/0013_nodes.sql"),
    step!(14, "tallies", "postgres/0014_tallies.sql"),
    step!(15, "living", "postgres/0015_living.sql"),
    step!(16, "indexes", "postgres/0016_indexes.sql").works_from(15),
    step!(17, "marks", "postgres/0017_marks.sql"),
    step!(18, "few", "postgres/0018_few.sql").works_from(17),
    step!(19, "sealed", "postgres/0019_sealed.sql"),
    step!(20, "directory", "postgres/0020_directory.sql").works_from(19),
    // Versions before it cannot read that a case is held.
    step!(21, "keeping", "postgres/0021_keeping.sql"),
    step!(22, "checkpoints", "postgres/0022_checkpoints.sql").works_from(21),
    // Versions before it show cases and put nobody on record who looks, and leave entries behind when they erase.
    step!(23, "looks", "postgres/0023_looks.sql"),
    // Versions before it throw away the raw bytes of messages that wait.
    step!(24, "mail", "postgres/0024_mail.sql"),
    // Versions before it cannot read that a file was scanned.
    step!(25, "scans", "postgres/0025_scans.sql"),
    step!(26, "lost", "postgres/0026_lost.sql").works_from(25),
];

/// The steps of SQLite. Up to 15 no version was released that would have to work on a later one.
const SQLITE: &[Step] = &[
    step!(1, "log", "sqlite/0001_log.sql"),
    step!(2, "derived", "sqlite/0002_derived.sql"),
    step!(3, "office", "sqlite/0003_office.sql"),
    step!(4, "lanes", "sqlite/0004_lanes.sql"),
    step!(5, "asked", "sqlite/0005_asked.sql"),
    step!(6, "review", "sqlite/0006_review.sql"),
    step!(7, "files", "sqlite/0007_files.sql"),
    step!(8, "groups", "sqlite/0008_groups.sql"),
    step!(9, "drafts", "sqlite/0009_drafts.sql"),
    step!(10, "reach", "sqlite/0010_reach.sql"),
    step!(11, "causes", "sqlite/0011_causes.sql"),
    step!(12, "waiting", "sqlite/0012_waiting.sql"),
    step!(13, "nodes", "sqlite/0013_nodes.sql"),
    step!(14, "tallies", "sqlite/0014_tallies.sql"),
    step!(15, "living", "sqlite/0015_living.sql"),
    step!(16, "indexes", "sqlite/0016_indexes.sql").works_from(15),
    step!(17, "marks", "sqlite/0017_marks.sql"),
    step!(18, "few", "sqlite/0018_few.sql").works_from(17),
    step!(19, "sealed", "sqlite/0019_sealed.sql"),
    step!(20, "directory", "sqlite/0020_directory.sql").works_from(19),
    step!(21, "keeping", "sqlite/0021_keeping.sql"),
    step!(22, "checkpoints", "sqlite/0022_checkpoints.sql").works_from(21),
    step!(23, "looks", "sqlite/0023_looks.sql"),
    step!(24, "mail", "sqlite/0024_mail.sql"),
    step!(25, "scans", "sqlite/0025_scans.sql"),
    step!(26, "lost", "sqlite/0026_lost.sql").works_from(25),
];

/// Every step that a version of the product knows.
#[derive(Debug, Clone)]
pub struct Steps {
    sqlite: Vec<Step>,
    postgres: Vec<Step>,
}

impl Steps {
    /// Those of this version.
    pub fn known() -> Steps {
        Steps {
            sqlite: SQLITE.to_vec(),
            postgres: POSTGRES.to_vec(),
        }
    }

    /// Those of a version that knows one more, for the tests of how versions live side by side.
    #[must_use]
    pub fn and(mut self, step: Step) -> Steps {
        self.sqlite.push(step);
        self.postgres.push(step);
        self
    }

    /// The number of the latest.
    pub fn latest(&self) -> i64 {
        latest(&self.sqlite)
    }

    pub(super) fn of(&self, engine: Engine) -> &[Step] {
        match engine {
            Engine::Sqlite => &self.sqlite,
            Engine::Postgres => &self.postgres,
        }
    }
}

pub(super) fn latest(steps: &[Step]) -> i64 {
    steps.last().map_or(0, |step| step.number)
}

/// The steps of this version up to one of them.
pub(super) fn up_to(engine: Engine, number: i64) -> Result<&'static [Step], StorageError> {
    let known = match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    };
    if number > latest(known) {
        return Err(StorageError::Migration(format!(
            "what was kept after step {number} is put into a database by a version that knows that step, and this one knows step {}; take a newer one",
            latest(known)
        )));
    }
    match known.iter().position(|step| step.number == number) {
        Some(last) => Ok(&known[..=last]),
        None => Err(StorageError::Migration(format!(
            "what was kept after step {number} can only be put back into an SQLite database; move it from there"
        ))),
    }
}
