//! `redress mail`: what has to do with e-mail.

mod deliver;
mod explain;
mod test;

use clap::Subcommand;

use super::Answer;

/// What has to do with e-mail.
#[derive(Debug, Subcommand)]
pub(crate) enum Mail {
    /// Hand a message from standard input to the running product, as a mail server asks; ends with 75 when it should come again
    Deliver(deliver::Deliver),
    /// Try every way in and out: connect, sign in, send a message to each of our own addresses and wait until it came back
    Test(test::Test),
    /// Say what messages say and what would become of each, a line of JSON for each file; nothing is kept
    Explain(explain::Explain),
}

/// Runs the command.
pub(super) fn run(mail: &Mail) -> Answer {
    match mail {
        Mail::Deliver(deliver) => deliver::run(deliver),
        Mail::Explain(explain) => explain::run(explain),
        Mail::Test(test) => test::run(test),
    }
}
