//! `redress procedure check FILE` and `redress procedure show FILE`.

use std::path::PathBuf;
use std::process::ExitCode;

use casework::office::{read_calendars, read_procedure};
use clap::Subcommand;
use rules::clock::full_date;
use rules::procedure::published::Block;

use super::Answer;
use crate::config::named;
use crate::shipped;

/// What can be done with a procedure file.
#[derive(Debug, Subcommand)]
pub(crate) enum Procedure {
    /// Check a procedure file: every fault with its line and reason
    Check(File),
    /// Print the procedure as the public page would publish it
    Show(File),
}

/// Which files.
#[derive(Debug, clap::Args)]
pub(crate) struct File {
    /// The procedure file
    file: PathBuf,
    /// Further calendar files; those that come with Redress are known
    #[arg(long, value_name = "FILE")]
    calendar: Vec<PathBuf>,
}

/// Runs the command.
pub(super) fn run(procedure: Procedure) -> Answer {
    match procedure {
        Procedure::Check(file) => check(&file),
        Procedure::Show(file) => show(&file),
    }
}

/// The calendars that come with Redress and those that are named.
pub(super) fn calendars(more: &[PathBuf]) -> Result<Vec<(String, String)>, Box<dyn std::error::Error>> {
    let mut files: Vec<(String, String)> = shipped::CALENDARS.iter().map(|calendar| calendar.owned()).collect();
    for path in more {
        files.push((path.display().to_string(), named::text(path)?));
    }
    Ok(files)
}

fn check(file: &File) -> Answer {
    let text = named::text(&file.file)?;
    let shelf = read_calendars(&calendars(&file.calendar)?)?;
    match read_procedure(&file.file.display().to_string(), &text, &shelf) {
        Ok(in_force) => {
            let procedure = &in_force.procedure;
            for warning in &procedure.warnings {
                println!("warning: {warning}");
            }
            let (stages, clocks) = (procedure.stages.len(), procedure.clocks.len());
            println!(
                "{} version {} is valid from {}: {stages} stages, {clocks} clocks, {} letters. Its calendar covers {} to {}.",
                procedure.id,
                procedure.version,
                full_date(procedure.valid_from),
                procedure.letters.len(),
                full_date(*in_force.calendar.covered_days().start()),
                full_date(*in_force.calendar.covered_days().end()),
            );
            Ok(ExitCode::SUCCESS)
        }
        Err(faults) => {
            eprintln!("{faults}");
            Ok(ExitCode::FAILURE)
        }
    }
}

fn show(file: &File) -> Answer {
    let text = named::text(&file.file)?;
    let shelf = read_calendars(&calendars(&file.calendar)?)?;
    let in_force = read_procedure(&file.file.display().to_string(), &text, &shelf)?;
    let published = rules::procedure::published::publish(&in_force.procedure);
    println!("{}\n", published.title);
    for paragraph in &published.intro {
        println!("{paragraph}\n");
    }
    for section in &published.sections {
        println!("{}", section.heading);
        if let Some(time) = &section.time {
            println!("  [{time}]");
        }
        for block in &section.blocks {
            match block {
                Block::Paragraph(text) => println!("  {text}"),
                Block::Bullets(items) => items.iter().for_each(|item| println!("  - {item}")),
            }
        }
        println!();
    }
    Ok(ExitCode::SUCCESS)
}
