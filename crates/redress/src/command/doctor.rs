//! `redress doctor`: looks at the files, and makes the derived tables again if it is told to.

use std::process::ExitCode;

use casework::files::check::{self, Depth, FilesFound};
use casework::jobs::steady;
use casework::{ActError, Office};
use clap::Args;
use storage::doctor::How;
use storage::files::Probe;

use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};

/// What to do.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Make every derived table again from the events, and say which rows differed
    #[arg(long)]
    rebuild: bool,
    /// Read every file of a bucket and compare its hash; without it names and lengths are compared. Files in a folder are always read
    #[arg(long)]
    read_files: bool,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(doctor: &Doctor) -> Answer {
    let config = Config::load(&doctor.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let mut text = String::new();
        if doctor.rebuild {
            text.push_str(&rebuild(&office).await?);
        }
        if let Some(words) = steady::standing(&office).await?.words() {
            text.push_str(&format!("{words}\n"));
        }
        let (files, files_are_well) = files(&office, doctor.read_files).await;
        text.push_str(&files);
        say(&text)?;
        office.close().await?;
        // What is not as it should be fails the command, so that a script can watch it.
        Ok(match files_are_well {
            true => ExitCode::SUCCESS,
            false => ExitCode::FAILURE,
        })
    })?
}

async fn rebuild(office: &Office) -> Result<String, ActError> {
    let rebuilt = casework::rebuild::rebuild(office).await?;
    let mut text = format!("{} cases made again from their events.\n", rebuilt.cases);
    for difference in &rebuilt.differences {
        text.push_str(&format!(
            "{} {}: {}\n",
            difference.table,
            difference.key,
            words(difference.how)
        ));
    }
    if rebuilt.differences.is_empty() {
        text.push_str("Every derived row was as the events say.\n");
    }
    Ok(text)
}

/// What is to be said of files, and whether all is well. A store that cannot be reached is told, and stops nothing else.
async fn files(office: &Office, read_files: bool) -> (String, bool) {
    let store = office.store().files();
    let depth = match store.is_remote() && !read_files {
        true => Depth::Lengths,
        false => Depth::Bytes,
    };
    let (mut text, mut well) = match store.probe().await {
        Ok(probe) => (written(&store.place(), probe), true),
        Err(fault) => (format!("Files cannot be kept now. {fault}.\n"), false),
    };
    match check::check(office, depth).await {
        Ok(found) => {
            text.push_str(&told(&found, depth));
            well &= found.faults.is_empty();
        }
        Err(fault) => {
            text.push_str(&format!("Files could not be looked at. {fault}.\n"));
            well = false;
        }
    }
    (text, well)
}

fn written(place: &str, probe: Probe) -> String {
    match probe.refuses_to_overwrite {
        true => format!("Files can be kept: {place} was written, read and emptied again.\n"),
        false => format!(
            "Files can be kept: {place} was written, read and emptied again. It writes over what is there where S3 would refuse; names are random, so nothing is lost by it.\n"
        ),
    }
}

/// What was found of files.
fn told(found: &FilesFound, depth: Depth) -> String {
    let kept = match (found.whole, depth) {
        (1, Depth::Bytes) => "1 file is as it was kept".to_owned(),
        (many, Depth::Bytes) => format!("{many} files are as they were kept"),
        (1, Depth::Lengths) => "1 file is there with its length (--read-files reads it)".to_owned(),
        (many, Depth::Lengths) => format!("{many} files are there with their lengths (--read-files reads them)"),
    };
    let waiting = match found.waiting {
        1 => "1 waits for its form".to_owned(),
        many => format!("{many} wait for their form"),
    };
    let mut text = format!("{kept}, {waiting}.\n");
    for fault in &found.faults {
        text.push_str(&format!("{fault}\n"));
    }
    text
}

fn words(how: How) -> &'static str {
    match how {
        How::Missing => "was missing",
        How::Extra => "should not have been there",
        How::Changed => "said something else than the events",
    }
}
