//! What speaks for a message being the report of a mail system, and what against it, weighed.

use super::gathered::Gathered;
use crate::automatic::is_null_path;

/// True when the head alone shows that a mail system sent it: no way back, or the name of a mail system as its sender.
pub(super) fn is_of_a_machine(gathered: &Gathered) -> bool {
    sender(gathered) >= 3
}

/// True when it reports that a letter did not arrive, in words.
pub(super) fn speaks_of_failure(gathered: &Gathered) -> bool {
    let said = subject(gathered) + text(gathered) + structure(gathered);
    let weight = sender(gathered) + said - of_a_person(gathered);
    !gathered.absence && is_of_a_machine(gathered) && said >= 2 && weight >= 5
}

/// How much the sender looks like a mail system.
fn sender(gathered: &Gathered) -> i8 {
    let local = gathered.sender.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut weight = match plain.as_str() {
        "mailerdaemon" | "maildaemon" | "bouncehandler" => 5,
        "postmaster" | "mdaemon" | "mailadmin" | "systemadministrator" | "mailadministrator" | "smtpd" => 3,
        _ if plain.starts_with("mailer") || plain.starts_with("postmaster") || plain.ends_with("postmaster") => 3,
        _ if plain.contains("bounce")
            || plain.contains("mailerror")
            || plain.contains("delivery")
            || crate::automatic::takes_no_answer(&gathered.sender) =>
        {
            2
        }
        _ => 0,
    };
    if NAMES.lines().any(|name| gathered.sender_name.contains(name)) {
        weight += 3;
    }
    let nobody = gathered.head.all("from").any(|from| from.trim_end().ends_with("<>"));
    if gathered.head.all("return-path").any(is_null_path) || nobody {
        weight += 3;
    }
    if gathered.head.has("x-failed-recipients") {
        weight += 4;
    }
    // List managers refuse letters themselves.
    if gathered.head.has("x-mlserver") {
        weight += 3;
    }
    if weight > 0 && quotes_its_reader(gathered) {
        weight += 2;
    }
    let submitted = gathered.head.get("auto-submitted");
    if submitted.is_some_and(|value| !value.to_lowercase().starts_with("no")) {
        // Nobody but a mail system says under such a subject that it was sent automatically.
        weight += 1 + subject(gathered);
    }
    weight
}

/// True when the letter that it quotes was sent by whom it is addressed to: reports go back to where a letter came from.
fn quotes_its_reader(gathered: &Gathered) -> bool {
    let senders = ["return-path", "from", "sender"]
        .iter()
        .flat_map(|name| gathered.of_letter(name));
    senders.into_iter().any(|sender| gathered.to.contains(&sender))
}

/// Names that mail systems give themselves; lower case, one a line.
const NAMES: &str = include_str!("data/names.txt");

/// How much the subject looks like that of a report.
fn subject(gathered: &Gathered) -> i8 {
    let subject = gathered.subject.trim_start_matches(['*', '[', '(', ' ']);
    2 * i8::from(SUBJECTS.lines().any(|words| subject.contains(words)))
}

/// Words in the subjects of reports; lower case, one a line.
const SUBJECTS: &str = include_str!("data/subjects.txt");

/// How much the text looks like that of a report.
fn text(gathered: &Gathered) -> i8 {
    let lower = gathered.text.to_lowercase();
    let says = SAYINGS.lines().any(|words| lower.contains(words));
    let coded = super::code::reply_in(&gathered.text).is_some() || !super::code::in_text(&gathered.text).is_empty();
    let reasoned = super::reason::in_words(&lower).is_some();
    2 * i8::from(says) + 2 * i8::from(coded) + 2 * i8::from(reasoned)
}

/// What reports say; lower case, one a line.
const SAYINGS: &str = include_str!("data/sayings.txt");

/// How much its build looks like that of a report.
fn structure(gathered: &Gathered) -> i8 {
    let report = gathered.content_type == "multipart/report";
    let fields = !gathered.delivery.is_empty();
    i8::from(gathered.quotes)
        + 3 * i8::from(report)
        + 4 * i8::from(fields)
        + 3 * i8::from(gathered.head.has("x-failed-recipients"))
}

/// How much it looks like the message of a person.
fn of_a_person(gathered: &Gathered) -> i8 {
    let passed_on = ["re:", "fwd:", "fw:", "wg:", "aw:", "tr:", "rv:"]
        .iter()
        .any(|prefix| gathered.subject.starts_with(prefix));
    let program = gathered
        .head
        .get("user-agent")
        .or_else(|| gathered.head.get("x-mailer"));
    let written = program.is_some_and(|program| {
        let program = program.to_lowercase();
        [
            "thunderbird",
            "outlook",
            "apple mail",
            "iphone",
            "ipad",
            "android",
            "roundcube",
            "mutt",
            "k-9",
            "evolution",
        ]
        .iter()
        .any(|known| program.contains(known))
    });
    2 * i8::from(passed_on) + 4 * i8::from(written)
}
