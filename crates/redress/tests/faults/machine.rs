//! The machine under a server, where it can be made to go wrong: `machine.c` between the program and the C library.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCE: &str = include_str!("machine.c");

/// How the disk is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Disk {
    /// As it should be.
    Good,
    /// What does not fit into files as long as they are is refused (ENOSPC).
    Full,
    /// Whatever would change something is refused (EROFS).
    ReadOnly,
}

/// Longer than any lease.
const AFTER_EVERY_LEASE_SECONDS: i64 = 600;

/// A machine for servers whose files lie in one folder.
#[derive(Debug, Clone)]
pub(crate) struct Machine {
    /// What lies on its disk.
    folder: PathBuf,
    /// Where it is told how to be.
    told: PathBuf,
    library: PathBuf,
}

impl Machine {
    pub(crate) fn under(folder: &Path) -> Machine {
        let told = folder.with_extension("machine");
        fs::create_dir_all(&told).unwrap();
        Machine {
            folder: folder.to_owned(),
            library: compile(&told),
            told,
        }
    }

    /// Puts the machine under a command.
    pub(crate) fn put_under(&self, command: &mut Command) {
        command
            .env("LD_PRELOAD", &self.library)
            .env("REDRESS_TEST_FOLDER", &self.folder)
            .env("REDRESS_TEST_DISK", self.told.join("disk"))
            .env("REDRESS_TEST_CLOCK", self.told.join("clock"));
    }

    /// Puts it under a command, and has everything that the disk is told written down in the file that is answered.
    pub(crate) fn record_under(&self, command: &mut Command) -> PathBuf {
        self.put_under(command);
        let record = self.told.join("record");
        command.env("REDRESS_TEST_RECORD", &record);
        record
    }

    pub(crate) fn make_disk(&self, disk: Disk) {
        let word = match disk {
            Disk::Good => "good",
            Disk::Full => "full",
            Disk::ReadOnly => "read-only",
        };
        self.tell("disk", word);
    }

    /// Sets the clock ahead, so that a letter which was in the hands of a node that is gone, or could not note it, is free again.
    pub(crate) fn pass_every_lease(&self) {
        self.set_clock_off_by(AFTER_EVERY_LEASE_SECONDS);
    }

    /// Makes the clock wrong by so many seconds.
    pub(crate) fn set_clock_off_by(&self, seconds: i64) {
        self.tell("clock", &seconds.to_string());
    }

    /// Replaced as a whole: the machine may be reading it.
    fn tell(&self, name: &str, word: &str) {
        let part = self.told.join("part");
        fs::write(&part, word).unwrap();
        fs::rename(part, self.told.join(name)).unwrap();
    }
}

/// Compiles the source. Whoever builds the product has a C compiler: SQLite is compiled too.
fn compile(folder: &Path) -> PathBuf {
    let (source, library) = (folder.join("machine.c"), folder.join("machine.so"));
    fs::write(&source, SOURCE).unwrap();
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let compiled = Command::new(compiler)
        .args(["-shared", "-fPIC", "-O1", "-Wall", "-Wextra", "-Werror", "-o"])
        .args([&library, &source])
        .args(["-ldl", "-lpthread"])
        .status()
        .unwrap();
    assert!(compiled.success(), "machine.c could not be compiled: {compiled}");
    library
}
