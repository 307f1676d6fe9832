//! `redress explain FC-10482`: every date of a case, day by day (P43).

use std::process::ExitCode;

use casework::desk::{CaseFile, case_file};
use clap::Args;
use rules::case::Reference;
use rules::case::regime::regime_of_clock;
use rules::clock::full_date;
use rules::deadlines::Deadline;

use super::{Answer, Installation, block_on, say};
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
        say(&told(&file))?;
        office.close().await?;
        Ok(ExitCode::SUCCESS)
    })?
}

/// Every date with its steps.
fn told(file: &CaseFile) -> String {
    let procedure = &file.in_force.procedure;
    let mut text = format!(
        "{} under {} version {}\n",
        file.case.reference, procedure.id, procedure.version
    );
    for deadline in &file.deadlines {
        let stage = match deadline.stage {
            0 => String::new(),
            stage => format!(", stage {stage}"),
        };
        let what = match regime_of_clock(&deadline.clock, procedure) {
            Some(regime) => format!("{}: {}", deadline.duty.words(), regime.name.name),
            None => deadline.duty.words().to_owned(),
        };
        text.push_str(&format!(
            "\n{what}{stage}: {} ({})\n",
            full_date(deadline.due_on),
            met(file, deadline)
        ));
        for line in deadline.explanation.to_lines() {
            text.push_str(&format!("  {line}\n"));
        }
    }
    text
}

/// Whether the date was met, and when.
fn met(file: &CaseFile, deadline: &Deadline) -> String {
    let late = deadline.is_late(file.now);
    let Some(at) = deadline.met_at else {
        return if late { "open and late" } else { "open" }.to_owned();
    };
    let zone = file.in_force.calendar.time_zone().clone();
    let when = web::page::words::moment(&at.to_zoned_datetime(zone));
    format!("{} {when}", if late { "met late," } else { "met" })
}
