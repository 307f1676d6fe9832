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

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// The lines that the command writes about files with these contents, and its exit code.
    fn lines(name: &str, files: &[&str], settings: &Settings) -> (Vec<Value>, ExitCode) {
        let folder = std::env::temp_dir().join(format!("redress-explain-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder can be made");
        let mut paths = Vec::new();
        for (at, text) in files.iter().enumerate() {
            let path = folder.join(format!("{at}.eml"));
            // What begins with "no file" is not written, so that it cannot be opened.
            if *text != "no file" {
                fs::write(&path, text).expect("a file can be written");
            }
            paths.push(path);
        }
        let mut out = Vec::new();
        let code = explain_all(&paths, settings, &mut out).expect("memory can be written to");
        fs::remove_dir_all(&folder).expect("the folder can be taken away");
        let text = String::from_utf8(out).expect("text");
        (
            text.lines()
                .map(|line| serde_json::from_str(line).expect("JSON"))
                .collect(),
            code,
        )
    }

    #[test]
    fn a_message_is_told_in_a_line() {
        let text = "From: Pat <pat@b.example>\r\nSubject: The printer\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIt broke.\r\n--b\r\n\
                    Content-Type: image/png; name=p.png\r\n\r\nxx\r\n--b--\r\n";
        let (lines, code) = lines("line", &[text], &Settings::default());
        let line = &lines[0];
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(line["file"].as_str().is_some_and(|file| file.ends_with("0.eml")));
        assert_eq!(
            (&line["fate"], &line["from"], &line["subject"]),
            (&json!("new_case"), &json!("pat@b.example"), &json!("The printer"))
        );
        assert_eq!(
            (&line["bounce"], &line["new_words"]),
            (&Value::Null, &json!("It broke."))
        );
        assert_eq!(
            line["attachments"],
            json!([{ "name": "p.png", "type": "image/png", "size": 2 }])
        );
    }

    #[test]
    fn a_report_says_what_it_reports() {
        let text = "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\n\n--b\n\n\
                    Sorry.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example\n\nFinal-Recipient: rfc822; a@b.example\n\
                    Action: failed\nStatus: 5.1.1\n--b--\n";
        let (lines, _) = lines("report", &[text], &Settings::default());
        assert_eq!(lines[0]["fate"], json!("bounce"));
        assert_eq!(
            lines[0]["bounce"],
            json!({ "kind": "failed", "status": "5.1.1", "reason": "user_unknown", "recipients": ["a@b.example"] })
        );
    }

    #[test]
    fn a_file_that_cannot_be_opened_stops_no_other() {
        let (lines, code) = lines("missing", &["no file", "Only words."], &Settings::default());
        assert_eq!(code, ExitCode::FAILURE);
        assert!(lines[0]["error"].is_string() && lines[0].get("fate").is_none());
        assert_eq!(
            (&lines[1]["new_words"], &lines[1]["from"]),
            (&json!("Only words."), &Value::Null)
        );
    }

    #[test]
    fn what_comes_from_us_is_a_loop() {
        let settings = Settings {
            own: Own {
                addresses: vec!["help@uni.example".to_owned()],
                ..Own::default()
            },
            ..Settings::default()
        };
        let (lines, _) = lines("own", &["From: help@uni.example\n\nwords"], &settings);
        assert_eq!(lines[0]["fate"], json!("loop"));
    }
}
