//! `redress explain FC-10482`: every date of a case, day by day (P43).

use std::process::ExitCode;

use casework::desk::case_file;
use clap::Args;
use rules::case::Reference;
use rules::clock::full_date;

use super::{Answer, Installation, block_on};
use crate::{config::Config, wiring};

/// Which case.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The reference: FC-10482
    reference: Reference,
    #[command(flatten)]
    installation: Installation,
}

/// Runs the command.
pub(super) fn run(explain: &Explain) -> Answer {
    let config = Config::load(&explain.installation.config)?;
    block_on(async {
        let office = wiring::office(&config).await?;
        let file = case_file::for_operator(&office, &explain.reference)
            .await
            .map_err(|error| format!("{}: {error}", explain.reference))?;
        print(&file);
        office.store().close().await?;
        Ok(ExitCode::SUCCESS)
    })?
}

fn print(file: &casework::desk::CaseFile) {
    let procedure = &file.in_force.procedure;
    println!(
        "{} under {} version {}",
        file.case.reference, procedure.id, procedure.version
    );
    for deadline in &file.deadlines {
        let stage = if deadline.stage == 0 {
            String::new()
        } else {
            format!(", stage {}", deadline.stage)
        };
        let met = deadline.met_at.map_or_else(
            || {
                if deadline.is_late(file.now) {
                    "open and late".to_owned()
                } else {
                    "open".to_owned()
                }
            },
            |at| {
                format!(
                    "{} {}",
                    if deadline.is_late(file.now) { "met late" } else { "met" },
                    file.in_force.calendar.time_zone().to_datetime(at)
                )
            },
        );
        println!(
            "\n{}{stage}: {} ({met})",
            deadline.duty.words(),
            full_date(deadline.due_on)
        );
        for line in deadline.explanation.to_lines() {
            println!("  {line}");
        }
    }
}
