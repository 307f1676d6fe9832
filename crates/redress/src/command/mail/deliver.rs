//! `redress mail deliver`: a message from standard input to the running product. A mail server runs it for each message, so it does little and ends.

use std::process::ExitCode;

use channels::email::inbound::lmtp::{Envelope, HandFault, hand_over};
use clap::Args;

use crate::command::{Answer, Installation};
use crate::config::DoorOnly;

/// What to hand over.
#[derive(Debug, Args)]
pub(crate) struct Deliver {
    /// Who sends it, as the envelope has it; without it nobody is told when it cannot be read
    #[arg(long, value_name = "ADDRESS", default_value = "")]
    sender: String,
    /// For whom it is, as the envelope has it; may be given several times
    #[arg(long, value_name = "ADDRESS", required = true)]
    recipient: Vec<String>,
    #[command(flatten)]
    installation: Installation,
}

/// The codes of `sysexits.h` by which a mail server knows what to do with the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Code {
    Taken = 0,
    /// EX_DATAERR: there is no message. It goes back to its sender.
    NoMessage = 65,
    /// EX_TEMPFAIL: it stays with the mail server and comes again.
    Later = 75,
    /// EX_NOPERM: it will not be taken like this. It goes back to its sender.
    Never = 77,
}

/// Runs the command. Whatever is wrong here, and not with the message, is worth another try: the mail server keeps it meanwhile.
pub(super) fn run(deliver: &Deliver) -> Answer {
    let (code, words) = match handed(deliver) {
        Ok(()) => (Code::Taken, None),
        Err(fault) => (code(&fault), Some(fault.to_string())),
    };
    if let Some(words) = words {
        // A mail server puts what stands here into its log and into the report to the sender.
        eprintln!("redress: {words}");
    }
    Ok(ExitCode::from(code as u8))
}

fn handed(deliver: &Deliver) -> Result<(), HandFault> {
    let door = DoorOnly::read(&deliver.installation.config).map_err(HandFault::Later)?;
    let envelope = Envelope {
        sender: Some(deliver.sender.clone()).filter(|sender| !is_nobody(sender)),
        recipients: deliver.recipient.clone(),
    };
    hand_over(&door, &envelope, &mut std::io::stdin().lock())
}

/// How mail servers write that there is no sender: nothing, angle brackets, or the name that Postfix puts in its place.
fn is_nobody(sender: &str) -> bool {
    matches!(sender, "" | "<>" | "MAILER-DAEMON")
}

fn code(fault: &HandFault) -> Code {
    match fault {
        HandFault::Later(_) => Code::Later,
        HandFault::Never(_) => Code::Never,
        HandFault::Empty => Code::NoMessage,
    }
}
