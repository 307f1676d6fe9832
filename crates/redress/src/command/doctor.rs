//! `redress doctor`: looks after the data.

use std::process::ExitCode;

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
    if !doctor.rebuild {
        return Err("say what to do: --rebuild makes every derived table again from the events".into());
    }
    block_on(async {
        let office = wiring::office(&config).await?;
        let rebuilt = casework::rebuild::rebuild(&office).await?;
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
        say(&text)?;
        office.store().close().await?;
        Ok(ExitCode::SUCCESS)
    })?
}

fn words(how: How) -> &'static str {
    match how {
        How::Missing => "was missing",
        How::Extra => "should not have been there",
        How::Changed => "said something else than the events",
    }
}
