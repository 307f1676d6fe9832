//! Reports that somebody calls a letter unwanted (RFC 5965, RFC 6591).

use rules::mail::{Reason, Recipient, Report, ReportKind};

use super::gathered::Gathered;
use super::{addresses, delivery};
use crate::fields::{Fields, in_brackets};

/// What a feedback report says.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    let fields = Fields::of_text(gathered.feedback.as_deref()?);
    let kind = fields.get("feedback-type")?.to_lowercase();
    let mut told: Vec<String> = fields
        .all("original-rcpt-to")
        .map(|value| in_brackets(value).to_owned())
        .collect();
    if told.is_empty() {
        let to = gathered.letter_to.as_deref().unwrap_or_default();
        told.extend(addresses::in_text(to).first().map(|found| found.address.to_owned()));
    }
    // A failed proof of origin is about our mail server; a word of a reader about the letter.
    let reason = if kind.starts_with("auth") || kind == "dmarc" {
        Reason::NotAuthenticated
    } else {
        Reason::Spam
    };
    let mut recipients: Vec<Recipient> = told
        .into_iter()
        .map(|address| recipient(Some(address), reason, &kind))
        .collect();
    if recipients.is_empty() {
        recipients.push(recipient(None, reason, &kind));
    }
    Some(Report {
        kind: ReportKind::Complained,
        recipients,
        letter: delivery::letter(gathered, fields.get("original-message-id")),
        envelope: fields.get("original-envelope-id").map(str::to_owned),
    })
}

fn recipient(address: Option<String>, reason: Reason, kind: &str) -> Recipient {
    Recipient {
        address,
        status: None,
        reason,
        diagnostic: Some(kind.to_owned()),
    }
}
