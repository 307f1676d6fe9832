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
    is_of_a_machine(gathered) && said >= 2 && weight >= 5
}

/// How much the sender looks like a mail system.
fn sender(gathered: &Gathered) -> i8 {
    let local = gathered.sender.split('@').next().unwrap_or_default();
    let plain: String = local.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut weight = match plain.as_str() {
        "mailerdaemon" | "maildaemon" | "bouncehandler" => 5,
        "postmaster" | "mdaemon" | "mailadmin" | "systemadministrator" | "mailadministrator" | "smtpd" => 3,
        _ if plain.starts_with("mailer") || plain.starts_with("postmaster") || plain.ends_with("postmaster") => 3,
        _ if plain.contains("bounce") || crate::automatic::takes_no_answer(&gathered.sender) => 2,
        _ => 0,
    };
    if NAMES.iter().any(|name| gathered.sender_name.contains(name)) {
        weight += 3;
    }
    let nobody = gathered.head.all("from").any(|from| from.trim_end().ends_with("<>"));
    if gathered.head.all("return-path").any(is_null_path) || nobody {
        weight += 3;
    }
    if gathered.head.has("x-failed-recipients") {
        weight += 4;
    }
    if gathered
        .head
        .get("auto-submitted")
        .is_some_and(|value| !value.to_lowercase().starts_with("no"))
    {
        weight += 1;
    }
    weight
}

/// Names that mail systems give themselves; lower case.
const NAMES: [&str; 22] = [
    "mail delivery",
    "mail deliver system",
    "mailer-daemon",
    "mailer daemon",
    "maildelivery",
    "postmaster",
    "system administrator",
    "mail administrator",
    "mail system",
    "email system",
    "delivery subsystem",
    "delivery service",
    "content-filter",
    "spam firewall",
    "mail router",
    "internet mail",
    "microsoft outlook",
    "microsoft exchange",
    "systemadministrator",
    "administrateur système",
    "administrador del sistema",
    "администратор",
];

/// How much the subject looks like that of a report.
fn subject(gathered: &Gathered) -> i8 {
    let subject = gathered.subject.trim_start_matches(['*', '[', '(', ' ']);
    2 * i8::from(SUBJECTS.iter().any(|words| subject.contains(words)))
}

/// Words in the subjects of reports; lower case.
const SUBJECTS: [&str; 62] = [
    "undeliver",
    "undelivered",
    "delivery status notification",
    "delivery status",
    "delivery failure",
    "delivery failed",
    "delivery error",
    "delivery problem",
    "delivery report",
    "delivery notification",
    "delivery has failed",
    "delivery delayed",
    "delayed mail",
    "mail delivery",
    "message delivery",
    "mail failure",
    "mail error",
    "mail system error",
    "failure notice",
    "failure notification",
    "returned mail",
    "returned to sender",
    "return to sender",
    "returned message",
    "returning message",
    "could not send message",
    "could not be delivered",
    "couldn't be delivered",
    "not delivered",
    "non delivery",
    "non-delivery",
    "nondeliverable",
    "nondelivery",
    "not deliverable",
    "message rejected",
    "message you sent",
    "mail rejected",
    "rejected:",
    "postmaster notify",
    "user unknown",
    "mail status report",
    "bounce",
    "warning: message",
    "unzustellbar",
    "nicht zugestellt",
    "zustellung fehlgeschlagen",
    "non remis",
    "non distribu",
    "échec de la remise",
    "no se puede entregar",
    "no se pudo entregar",
    "no entregado",
    "não foi possível entregar",
    "não entregue",
    "impossibile recapitare",
    "mancata consegna",
    "onbestelbaar",
    "niet bezorgd",
    "недоставлен",
    "не доставлен",
    "退信",
    "配信",
];

/// How much the text looks like that of a report.
fn text(gathered: &Gathered) -> i8 {
    let lower = gathered.text.to_lowercase();
    let says = SAYINGS.iter().any(|words| lower.contains(words));
    let coded = super::code::reply_in(&gathered.text).is_some() || !super::code::in_text(&gathered.text).is_empty();
    let reasoned = super::reason::in_words(&lower).is_some();
    2 * i8::from(says) + 2 * i8::from(coded) + 2 * i8::from(reasoned)
}

/// What reports say; lower case.
const SAYINGS: [&str; 48] = [
    "not be delivered",
    "t be delivered",
    "not be sent",
    "cannot be delivered",
    "not delivered",
    "was undeliverable",
    "undeliverable",
    "undelivered",
    "unable to deliver",
    "unable to be delivered",
    "failed to deliver",
    "could not deliver",
    "couldn't deliver",
    "delivery failed",
    "delivery has failed",
    "delivery failure",
    "delivery to the following",
    "delivery attempt",
    "error delivering",
    "did not reach",
    "could not be reached",
    "not be reached",
    "errors occurred",
    "error occurred",
    "permanent error",
    "permanent fatal errors",
    "transcript of session",
    "has been rejected",
    "was rejected",
    "was not relayed",
    "failed recipient",
    "failed addresses",
    "following address",
    "following recipient",
    "returned below",
    "nicht zugestellt",
    "konnte nicht",
    "n'a pas pu être",
    "impossible de remettre",
    "no se pudo",
    "no se ha podido",
    "não pôde ser",
    "non è stato possibile",
    "kon niet worden",
    "не может быть доставлено",
    "не было доставлено",
    "无法",
    "送信できません",
];

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
