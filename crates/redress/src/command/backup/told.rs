//! What whoever runs the commands of backups is told.

use std::time::Duration;

use storage::StorageError;
use storage::audit::Report;
use storage::backup::{Backup, Made, Verified};

use super::super::{pace, size};
use super::Fault;

/// How many faults of a record are told here; `redress audit verify` tells all.
const FAULTS: usize = 10;

/// Why a backup whose record is not whole takes none away.
pub(super) const NOTHING_TAKEN_AWAY: &str = "Nothing was taken away: an earlier backup may be the only whole one.\n";

/// On which side something went wrong.
pub(super) fn on_which_side(error: StorageError, database: &str) -> Fault {
    match error {
        StorageError::DiskFull => format!(
            "the disk of {database} is full: a copy of it has no room beside it. No backup was made; the earlier ones are as they were"
        )
        .into(),
        other => other.into(),
    }
}

/// What was made.
pub(super) fn summary(made: &Made, took: Duration) -> String {
    let Made { name, backup, .. } = made;
    let bytes = made.new.bytes + made.known.bytes;
    let mut text = format!(
        "Backup {name}: {} rows of {} tables and {} files, {}.\n\
         Written: {} chunks, {}, sealed and read back. There already: {} chunks, {}, of which {} were read again; {} files were not read.\n\
         {}.\n",
        backup.rows(),
        backup.tables.len(),
        backup.files.len(),
        size(bytes),
        made.new.chunks,
        size(made.new.bytes),
        made.known.chunks,
        size(made.known.bytes),
        size(made.read_again.bytes),
        made.files_known,
        pace(bytes, took)
    );
    if made.mended > 0 {
        text.push_str(&format!(
            "{} chunks of earlier backups were damaged and are whole again. Look after the disk of the repository, and run `redress backup verify`.\n",
            made.mended
        ));
    }
    for id in &backup.missing {
        text.push_str(&format!(
            "The file {id} is named by the database and is not there. `redress doctor` says whose it is.\n"
        ));
    }
    if let Some(log) = &backup.log {
        text.push_str(&record(log));
    }
    text
}

/// What the record of a new backup is.
fn record(log: &Report) -> String {
    if log.is_whole() {
        return format!(
            "The record is whole: {} entries, {} signed checkpoints agree.\n",
            log.entries, log.checkpoints
        );
    }
    let mut text = String::new();
    for fault in log.faults.iter().take(FAULTS) {
        text.push_str(&format!("FAULT: {fault}.\n"));
    }
    if log.faults.len() > FAULTS {
        text.push_str(&format!("And {} more.\n", log.faults.len() - FAULTS));
    }
    text.push_str(
        "The record in this backup is NOT whole. It is kept all the same. Find out with `redress audit verify` what happened, before anybody works on; \
         an earlier backup may hold what is missing.\n",
    );
    text
}

/// Which keys of cases a backup is put back with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Keys {
    /// Those that were kept with it.
    OfItsOwn,
    /// Those of its night went; newer ones open it, but for what was erased since.
    Newer,
}

/// What reading a part of keys back found.
pub(super) fn keys_verdict(name: &str, found: &Verified) -> String {
    let mut text = String::new();
    for fault in &found.faults {
        text.push_str(&format!("FAULT in the keys {name}: {fault}.\n"));
    }
    let verdict = if found.faults.is_empty() { "whole" } else { "NOT whole" };
    text.push_str(&format!("The keys {name} are {verdict}: {} streams.\n", found.rows));
    text
}

/// A backup in the list of all.
pub(super) fn line(name: &str, backup: &Backup, keys: Keys) -> String {
    let mut text = format!(
        "{name}  {}  {:>10} rows  {:>7} files  {}",
        backup.made_at.strftime("%Y-%m-%d %H:%M UTC"),
        backup.rows(),
        backup.files.len(),
        backup.engine,
    );
    match (backup.keys_apart, keys) {
        (true, Keys::OfItsOwn) => text.push_str(", keys of its own"),
        (true, Keys::Newer) => text.push_str(", opened by newer keys"),
        (false, _) => text.push_str(", keys inside: made before they were kept apart"),
    }
    match &backup.log {
        Some(log) if log.is_whole() => {}
        Some(_) => text.push_str(", record NOT whole"),
        None => text.push_str(", record not checked"),
    }
    match backup.missing.len() {
        0 => {}
        many => text.push_str(&format!(", {many} files missing")),
    }
    text.push('\n');
    text
}

/// What reading a backup back found.
pub(super) fn verdict(name: &str, found: &Verified, took: Duration) -> String {
    let mut text = String::new();
    for fault in &found.faults {
        text.push_str(&format!("FAULT in {name}: {fault}.\n"));
    }
    let verdict = if found.faults.is_empty() { "whole" } else { "NOT whole" };
    text.push_str(&format!(
        "{name} is {verdict}: {} rows and {} files are as they were kept; {}.\n",
        found.rows,
        found.files,
        pace(found.bytes, took)
    ));
    text.push_str(&match &found.log {
        Some(log) => format!(
            "Its record was checked when it was kept: {} entries, {} signed checkpoints agreed.\n",
            log.entries, log.checkpoints
        ),
        None => "Its record was not checked when it was kept; `redress restore` checks it.\n".to_owned(),
    });
    text
}
