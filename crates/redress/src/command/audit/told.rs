//! What the checks of the log came to, as lines to read.

use casework::evidence::PublishedCheckpoint;
use storage::audit::{CaseReport, Report};

/// The whole log.
pub(super) fn log(report: &Report) -> String {
    let Report {
        entries,
        checkpoints,
        signed,
        erased,
        unread,
        faults,
    } = report;
    let mut text = format!(
        "{entries} entries; {checkpoints} signed checkpoints agree, the largest covers {signed} entries; {erased} entries were erased and still verify.\n"
    );
    text.push_str(&not_opened(*unread));
    text.push_str(&ended(
        faults,
        "The record is whole: nothing was altered, removed or reordered.",
    ));
    text
}

/// One case.
pub(super) fn case(report: &CaseReport) -> String {
    let CaseReport {
        reference,
        entries,
        sealed,
        proven,
        unsigned,
        signed,
        destroyed,
        erased,
        unread,
        faults,
    } = report;
    let mut text = format!("{reference}: {entries} entries");
    if *sealed > 0 {
        text.push_str(&format!(", {sealed} of them in its sealed record"));
    }
    text.push_str(&format!(
        ". For {proven} the proof leads to the latest checkpoint, which covers {signed} entries of the log.\n"
    ));
    if *unsigned > 0 {
        text.push_str(&format!(
            "{unsigned} came later and rest on no signature yet; `redress audit checkpoint` signs them.\n"
        ));
    }
    for key in destroyed {
        text.push_str(&format!(
            "The key of {} was destroyed on {}: what was under it cannot be read by anybody, and its entries still verify.\n",
            key.stream,
            key.at.strftime("%Y-%m-%d at %H:%M UTC")
        ));
    }
    if *erased > 0 {
        text.push_str(&format!("{erased} entries cannot be read any more.\n"));
    }
    text.push_str(&not_opened(*unread));
    text.push_str(&ended(
        faults,
        "The case is whole: nothing of it was altered, removed or reordered.",
    ));
    text
}

fn not_opened(unread: u64) -> String {
    match unread {
        0 => String::new(),
        unread => format!(
            "{unread} entries of sealed cases verify, but were not opened: the key for them (sealed.key) is not here.\n"
        ),
    }
}

fn ended(faults: &[String], whole: &str) -> String {
    match faults {
        [] => format!("{whole}\n"),
        faults => faults.iter().map(|fault| format!("FAULT: {fault}.\n")).collect(),
    }
}

/// The checkpoints of month ends, as they can be printed in a report.
pub(super) fn checkpoints(published: &[PublishedCheckpoint], key: &str) -> String {
    let mut text = format!("Public key\n{key}\n");
    if published.is_empty() {
        text.push_str("\nNo month is over in which a checkpoint was signed.\n");
    }
    for one in published {
        text.push_str(&format!("\n{}\n{}", one.month.words(), one.note));
    }
    text
}
