//! `redress mail`: what has to do with e-mail.

mod explain;

use clap::Subcommand;

use super::Answer;

/// What has to do with e-mail.
#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// Say what messages say and what would become of each, a line of JSON for each file; nothing is kept
    Explain(explain::Explain),
}

/// Runs the command.
pub(super) fn run(mail: &Mail) -> Answer {
    match mail {
        Mail::Explain(explain) => explain::run(explain),
    }
}
