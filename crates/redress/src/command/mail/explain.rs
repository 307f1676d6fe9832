//! `redress mail explain`: what messages say and what would become of them, a line of JSON each; for anyone who wants to check how mail is read.

use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use mail::automatic::Own;
use mail::{Settings, read};
use rules::mail::{Known, Message, judge};
use serde_json::{Value, json};

use super::Answer;

/// Which messages, and how they came.
#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// Messages, one a file as the mail server had it; a file without a header is taken for the words of one, "-" for standard input
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The mail server whose findings about senders and spam are believed, by the name that it writes into Authentication-Results
    #[arg(long, value_name = "NAME")]
    pub authserv_id: Option<String>,
    /// An address of ours: what comes from it is a loop. May stand several times
    #[arg(long, value_name = "ADDRESS")]
    pub own_address: Vec<String>,
}

/// Runs the command: one line for each file, also for one that cannot be opened.
pub(super) fn run(explain: &Explain) -> Answer {
    let settings = Settings {
        authserv_id: explain.authserv_id.clone(),
        own: Own {
            addresses: explain.own_address.clone(),
            ..Own::default()
        },
        ..Settings::default()
    };
    let mut out = BufWriter::new(io::stdout().lock());
    match explain_all(&explain.files, &settings, &mut out) {
        // Whoever read along has read enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(error) => Err(error.into()),
        Ok(code) => Ok(code),
    }
}

fn explain_all(files: &[PathBuf], settings: &Settings, out: &mut impl Write) -> io::Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let name = file.display().to_string();
        let understood = open(file).and_then(|message| read(message, settings));
        let line = match understood {
            Ok(reading) => explained(&name, &reading.message),
            Err(error) => {
                code = ExitCode::FAILURE;
                json!({ "file": name, "error": error.to_string() })
            }
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(code)
}

fn open(file: &PathBuf) -> io::Result<Box<dyn Read>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(File::open(file)?))
}

fn explained(file: &str, message: &Message) -> Value {
    let judged = judge(message, &Known::default());
    let attachments: Vec<Value> = message
        .carried
        .iter()
        .map(|carried| json!({ "name": carried.name, "type": carried.said_type, "size": carried.size }))
        .collect();
    json!({
        "file": file,
        "fate": judged.fate.code(),
        "why": judged.why,
        "bounce": bounce(message),
        "from": message.from.as_ref().map(|from| &from.address),
        "subject": message.subject,
        "new_words": message.words.new,
        "attachments": attachments,
    })
}

/// What a report says: the status and the reason of the first reader that has them, and every reader's address.
fn bounce(message: &Message) -> Option<Value> {
    let report = message.report.as_ref()?;
    let first = report
        .recipients
        .iter()
        .find(|reader| reader.status.is_some())
        .or(report.recipients.first());
    let addresses: Vec<&String> = report
        .recipients
        .iter()
        .filter_map(|reader| reader.address.as_ref())
        .collect();
    Some(json!({
        "kind": report.kind.code(),
        "status": first.and_then(|reader| reader.status.as_ref()),
        "reason": first.map(|reader| reader.reason.code()),
        "recipients": addresses,
    }))
}
