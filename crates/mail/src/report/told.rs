//! Reports in words: whom they name, and what they say about each.

use rules::mail::{Recipient, Report, ReportKind};

use super::gathered::Gathered;
use super::{addresses, code, delivery, evidence, reason};

/// How many readers a report in words may name.
const RECIPIENTS: usize = 20;
/// How much of the words about one reader is read.
const READ: usize = 8 * 1024;
/// How many characters of an answer are kept.
const ANSWER: usize = 600;

/// What a report in words says, where enough speaks for it being one.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    if !evidence::speaks_of_failure(gathered) {
        return None;
    }
    let kind = kind(gathered);
    let named = named(gathered);
    let mut recipients: Vec<Recipient> = named
        .iter()
        .map(|address| recipient(gathered, kind, Some(address)))
        .collect();
    if recipients.is_empty() {
        recipients.push(recipient(gathered, kind, None));
    }
    Some(Report {
        kind,
        recipients,
        letter: delivery::letter(gathered, gathered.head.get("x-original-message-id")),
        envelope: None,
    })
}

fn recipient(gathered: &Gathered, kind: ReportKind, address: Option<&String>) -> Recipient {
    let mut about = about(&gathered.text, address.map(String::as_str));
    if !tells(&about) {
        about = all(gathered);
    }
    let status = code::most_telling(std::iter::once(about.as_str())).map(|status| status.code);
    Recipient {
        address: address.cloned(),
        reason: reason::of(&reason::Said {
            status,
            kind,
            texts: &[&about],
        }),
        status: status.map(str::to_owned),
        diagnostic: answer(&about),
    }
}

/// Everything that a report says, and its subject: what is read where nothing is said about a reader alone.
pub(super) fn all(gathered: &Gathered) -> String {
    let mut all: String = gathered.text.chars().take(READ).collect();
    all.push_str("\n\n");
    all.push_str(&gathered.subject);
    all
}

/// True when words give a reason or a code.
pub(super) fn tells(words: &str) -> bool {
    reason::in_words(&words.to_lowercase()).is_some()
        || code::reply_in(words).is_some()
        || !code::in_text(words).is_empty()
}

/// The lines about one reader: from a line that begins with their address to the end of the first paragraph that tells something, or
/// to another reader's address; and any other line that names them. Without an address, the beginning of all.
pub(super) fn about(text: &str, address: Option<&str>) -> String {
    let Some(address) = address else {
        return text.chars().take(READ).collect();
    };
    let wanted = address.to_lowercase();
    let mut lines = String::new();
    let mut paragraph = 0;
    let mut theirs = false;
    for line in text.lines() {
        if let Some(heading) = heading(line) {
            theirs = heading.to_lowercase() == wanted;
        }
        if line.trim().is_empty() {
            theirs = theirs && !lines.get(paragraph..).is_some_and(tells);
            paragraph = lines.len();
        }
        if theirs || line.to_lowercase().contains(&wanted) {
            lines.push_str(line);
            lines.push('\n');
        }
        if lines.len() > READ {
            break;
        }
    }
    lines
}

/// The address that a line begins with, if it begins with one: the heading of what is said about a reader.
fn heading(line: &str) -> Option<&str> {
    let begins = line.trim_start_matches(|letter: char| !letter.is_alphanumeric() && letter != '_');
    // "554 <ann@example.org>... Host unknown": Sendmail's way to say of whom an answer speaks.
    let begins = match begins.split_once(" <") {
        Some((reply, rest)) if code::reply_in(reply) == Some(reply) => rest,
        _ => begins,
    };
    if line.trim_start().starts_with("<<<") || line.trim_start().starts_with(">>>") {
        return None;
    }
    let begins = ["to:", "rfc822;", "recipient:", "smtp:", "mailto:", "address:"]
        .iter()
        .find_map(|label| strip_label(begins, label))
        .unwrap_or(begins);
    addresses::in_text(begins)
        .first()
        .filter(|found| found.at == 0)
        .map(|found| found.address)
}

fn strip_label<'l>(line: &'l str, label: &str) -> Option<&'l str> {
    let begins = line.get(..label.len())?;
    let rest = line.get(label.len()..)?;
    begins
        .eq_ignore_ascii_case(label)
        .then(|| rest.trim_start_matches([' ', '\t', '<']))
}

/// Whom a report names as not reached: as its head says, as headings, as the lines that speak of failing, as the letter went to.
fn named(gathered: &Gathered) -> Vec<String> {
    let failed = gathered.head.get("x-failed-recipients").unwrap_or_default();
    let by_head = distinct(addresses::in_text(failed).iter().map(|found| found.address), gathered);
    if !by_head.is_empty() {
        return by_head;
    }
    let headings = distinct(gathered.text.lines().filter_map(heading), gathered);
    if !headings.is_empty() {
        return headings;
    }
    let mentioned = distinct(
        addresses::in_text(&gathered.text).iter().map(|found| found.address),
        gathered,
    );
    if let Some(first) = mentioned.into_iter().next() {
        return vec![first];
    }
    distinct(gathered.of_letter("to").iter().map(String::as_str), gathered)
}

fn distinct<'a>(addresses: impl Iterator<Item = &'a str>, gathered: &Gathered) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for address in addresses.take(RECIPIENTS * 20) {
        let lower = address.to_lowercase();
        let theirs = !addresses::is_of_a_machine(&lower) && lower != gathered.sender && !gathered.to.contains(&lower);
        if theirs && known.len() < RECIPIENTS && known.iter().all(|one| one.to_lowercase() != lower) {
            known.push(address.to_owned());
        }
    }
    known
}

/// What the other server said, in lines about one reader: from the first line with a reply or a status code to the end of the
/// paragraph; without one, the line that gives the reason.
pub(super) fn answer(about: &str) -> Option<String> {
    let coded = |line: &&str| code::reply_in(line).is_some() || !code::in_text(line).is_empty();
    let lines: Vec<&str> = about.lines().map(str::trim).collect();
    let from = lines.iter().position(coded).or_else(|| {
        lines
            .iter()
            .position(|line| reason::in_words(&line.to_lowercase()).is_some())
    })?;
    let paragraph: Vec<&str> = lines
        .iter()
        .skip(from)
        .take_while(|line| !line.is_empty())
        .copied()
        .collect();
    let said: String = paragraph.join(" ").chars().take(ANSWER).collect();
    (!said.is_empty()).then_some(said)
}

/// Whether the letter is late, arrived, or did not arrive.
fn kind(gathered: &Gathered) -> ReportKind {
    let text = format!("{}\n{}", gathered.subject, gathered.text).to_lowercase();
    let any = |words: &[&str]| words.iter().any(|words| text.contains(words));
    if any(&LATE) && !any(&GIVEN_UP) {
        ReportKind::Delayed
    } else if any(&ARRIVED) && !any(&GIVEN_UP) {
        ReportKind::Delivered
    } else {
        ReportKind::Failed
    }
}

/// What reports say about letters that are still being tried; lower case.
const LATE: [&str; 17] = [
    "still being retried",
    "still being tried",
    "will be retried",
    "will continue to be",
    "will keep trying",
    "will continue trying",
    "will try again",
    "has been delayed",
    "delivery delayed",
    "(delay)",
    "delayed mail",
    "not yet been delivered",
    "warning: could not send message",
    "warning message only",
    "do not need to resend",
    "zustellung verzögert",
    "retardée",
];

/// What they say when nobody tries again; lower case.
const GIVEN_UP: [&str; 9] = [
    "giving up",
    "given up",
    "permanent error",
    "permanent fatal",
    "permanent failure",
    "not be retried",
    "could not be delivered to",
    "couldn't be delivered",
    "returned to sender",
];

/// What they say of letters that arrived; lower case.
const ARRIVED: [&str; 6] = [
    "successfully delivered",
    "was delivered to the following",
    "has been delivered",
    "delivery receipt",
    "successfully relayed",
    "relayed to the following",
];
