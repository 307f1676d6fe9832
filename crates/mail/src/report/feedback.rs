//! Reports that somebody calls a letter unwanted (RFC 5965, RFC 6591).

use rules::mail::{Reason, Recipient, Report, ReportKind};

use super::delivery;
use super::gathered::Gathered;
use crate::fields::{Fields, in_brackets};

/// What a feedback report says.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    let Some(text) = gathered.feedback.as_deref() else {
        return bare(gathered);
    };
    let fields = Fields::of_text(text);
    let kind = fields.get("feedback-type")?.to_lowercase();
    let named = fields
        .all("original-rcpt-to")
        .map(|value| in_brackets(value).to_owned());
    // A failed proof of origin is about our mail server; a word of a reader about the letter.
    let by_proof = kind.starts_with("auth") || kind == "dmarc";
    let reason = if by_proof {
        Reason::NotAuthenticated
    } else {
        Reason::Spam
    };
    let mut report = complained(gathered, named.collect(), reason, &kind);
    report.letter = delivery::letter(gathered, fields.get("original-message-id"));
    report.envelope = fields.get("original-envelope-id").map(str::to_owned);
    Some(report)
}

/// The reports of one provider that have no fields for machines: nothing but the letter, with the reader in a field of its own.
fn bare(gathered: &Gathered) -> Option<Report> {
    let reader = gathered.letter_head.get("x-hmxmroriginalrecipient")?;
    let says_nothing = gathered.text.trim().is_empty() && gathered.subject.starts_with("complaint about message");
    says_nothing.then(|| complained(gathered, vec![reader.to_owned()], Reason::Spam, "abuse"))
}

fn complained(gathered: &Gathered, mut readers: Vec<String>, reason: Reason, kind: &str) -> Report {
    if readers.is_empty() {
        readers.extend(gathered.of_letter("to").into_iter().take(1));
    }
    let mut recipients: Vec<Recipient> = readers
        .into_iter()
        .map(|address| recipient(Some(address), reason, kind))
        .collect();
    if recipients.is_empty() {
        recipients.push(recipient(None, reason, kind));
    }
    Report {
        kind: ReportKind::Complained,
        recipients,
        letter: delivery::letter(gathered, None),
        envelope: None,
    }
}

fn recipient(address: Option<String>, reason: Reason, kind: &str) -> Recipient {
    Recipient {
        address,
        status: None,
        reason,
        diagnostic: Some(kind.to_owned()),
    }
}
