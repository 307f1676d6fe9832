//! `redress files`: the files that people sent are moved from the folder to a bucket or back, or looked into again for viruses.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use rules::case::Reference;
use rules::files::Scanned;
use storage::StorageError;
use storage::files::{Copied, FileStore};

use super::{Answer, Installation, block_on, say};
use crate::config::{Config, Kind};
use crate::wiring;

/// What can be done.
#[derive(Debug, Subcommand)]
pub(crate) enum Files {
    /// Copy every file to the folder or to the bucket, and compare what arrived. Breaking off and doing it again loses nothing
    Move(Move),
    /// Look again into every file of a case for viruses: newer signatures may call clean what older ones called infected
    Scan(Scan),
}

/// Of which case.
#[derive(Debug, Args)]
pub(crate) struct Scan {
    /// The case, such as FC-10482
    reference: Reference,
    #[command(flatten)]
    installation: Installation,
}

/// Where to.
#[derive(Debug, Args)]
pub(crate) struct Move {
    /// Where files are to lie
    #[arg(long, value_enum)]
    to: Kind,
    /// Remove each file from where it lay, once it is compared. Only after the configuration says where files lie now
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    installation: Installation,
}

impl Move {
    fn afterwards(&self) -> Afterwards {
        match self.remove {
            true => Afterwards::Remove,
            false => Afterwards::Keep,
        }
    }
}

/// How often it is said how far it is, in files.
const SAID_EVERY: usize = 500;

/// Runs the command.
pub(super) fn run(files: &Files) -> Answer {
    match files {
        Files::Move(wanted) => move_all(wanted),
        Files::Scan(wanted) => scan(wanted),
    }
}

/// Looks again into the files of a case. It fails where one is infected or could not be scanned, so that a script can tell.
fn scan(wanted: &Scan) -> Answer {
    let config = Config::load(&wanted.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let told = casework::jobs::scan::again(&office, &wanted.reference).await;
        office.close().await?;
        let told = told?;
        if told.is_empty() {
            say(&format!("{} has no files.\n", wanted.reference))?;
        }
        for (name, scanned) in &told {
            say(&format!("{name}: {}\n", scanned.full_label()))?;
        }
        Ok(match told.iter().all(|(_, scanned)| *scanned == Scanned::Clean) {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    })?
}

fn move_all(wanted: &Move) -> Answer {
    let config = Config::load(&wanted.installation.config)?;
    if wanted.remove && config.files.store != wanted.to {
        return Err(format!(
            "the service still looks elsewhere: set store = \"{}\" in [files] and start it again, then remove",
            word(wanted.to)
        )
        .into());
    }
    let from = match wanted.to {
        Kind::Folder => Kind::S3,
        Kind::S3 => Kind::Folder,
    };
    let folder = &config.storage.files;
    let (from, to) = (config.files.open(from, folder)?, config.files.open(wanted.to, folder)?);
    block_on(async {
        to.probe().await?;
        let moved = all(&from, &to, wanted.afterwards()).await?;
        say(&moved.told(&from, &to, wanted))?;
        Ok(match moved.failed {
            0 => ExitCode::SUCCESS,
            _ => ExitCode::FAILURE,
        })
    })?
}

/// What becomes of a file where it lay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Afterwards {
    Keep,
    Remove,
}

/// How a move went.
#[derive(Debug, Default)]
struct Moved {
    now: usize,
    before: usize,
    removed: usize,
    failed: usize,
}

/// Copies file after file. One that cannot be copied is told and left; a store that does not answer ends it.
async fn all(from: &FileStore, to: &FileStore, afterwards: Afterwards) -> Result<Moved, Box<dyn std::error::Error>> {
    let names = from.names().await?;
    let mut moved = Moved::default();
    for (number, name) in names.iter().enumerate() {
        match from.copy(name, to).await {
            Ok(Copied::Now) => moved.now += 1,
            Ok(Copied::Before) => moved.before += 1,
            Ok(Copied::Gone) => continue,
            Err(fault @ StorageError::Corrupt(_)) => {
                say(&format!("{fault}\n"))?;
                moved.failed += 1;
                continue;
            }
            Err(fault) => {
                return Err(format!(
                    "{fault}. {} of {} files are there; do it again to go on",
                    number,
                    names.len()
                )
                .into());
            }
        }
        if afterwards == Afterwards::Remove {
            from.remove(name).await?;
            moved.removed += 1;
        }
        if (number + 1) % SAID_EVERY == 0 {
            say(&format!("{} of {} files\n", number + 1, names.len()))?;
        }
    }
    Ok(moved)
}

impl Moved {
    fn told(&self, from: &FileStore, to: &FileStore, wanted: &Move) -> String {
        let mut text = format!(
            "Copied to {} and compared: {}. There already: {}.\n",
            to.place(),
            counted(self.now),
            counted(self.before)
        );
        if self.failed > 0 {
            text.push_str(&format!(
                "Not copied, as said above: {}. They stay where they are.\n",
                counted(self.failed)
            ));
        }
        if wanted.remove {
            text.push_str(&format!("Removed from {}: {}.\n", from.place(), counted(self.removed)));
        } else if self.now > 0 {
            text.push_str(&format!(
                "Do it again until nothing is copied any more, the last time with the service stopped. Then set store = \"{}\" in [files], and start it.\n",
                word(wanted.to)
            ));
        }
        text
    }
}

fn counted(files: usize) -> String {
    match files {
        1 => "1 file".to_owned(),
        many => format!("{many} files"),
    }
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Folder => "folder",
        Kind::S3 => "s3",
    }
}
