//! `redress doctor`: looks at the files, and makes the derived tables again if it is told to.

use std::process::ExitCode;

use casework::files::check::FilesFound;
use casework::jobs::steady;
use casework::{ActError, Office};
use clap::Args;
use storage::doctor::How;

use super::{Answer, Installation, block_on, say};
use crate::{config::Config, wiring};

/// What to do.
#[derive(Debug, Args)]
pub(crate) struct Doctor {
    /// Make every derived table again from the events, and say which rows differed
    #[arg(long)]
    rebuild: bool,
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
        let found = casework::files::check::check(&office).await?;
        text.push_str(&told(&found));
        say(&text)?;
        office.close().await?;
        // A file that is not as it should be fails the command, so that a script can watch it.
        Ok(if found.faults.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
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

/// What was found of files.
fn told(found: &FilesFound) -> String {
    let kept = match found.whole {
        1 => "1 file is as it was kept".to_owned(),
        many => format!("{many} files are as they were kept"),
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
