//! Marks of spam that mail servers leave in a message.

use mail_parser::Message;

use super::raw;
use crate::stream::one_line;

/// The level from which Exchange calls a message spam.
const EXCHANGE_SPAM: i32 = 5;
/// How much of a server's words is kept, in characters.
const LONGEST: usize = 200;

/// Why the server calls a message spam, in its own words; nothing if it does not.
pub(super) fn of(message: &Message<'_>) -> Option<String> {
    let headers = &message.parts.first()?.headers;
    headers.iter().find_map(|header| {
        let name = header.name.as_str();
        let value = raw(message, header);
        says_spam(&name.to_ascii_lowercase(), value.trim()).then(|| one_line(&format!("{name}: {value}"), LONGEST))
    })
}

fn says_spam(name: &str, value: &str) -> bool {
    let begins = |word: &str| {
        value
            .get(..word.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(word))
    };
    match name {
        "x-spam-flag" | "x-spam" | "x-rspamd-spam" => begins("yes") || begins("true"),
        "x-spam-status" => begins("yes"),
        "x-ms-exchange-organization-scl" => value.parse::<i32>().is_ok_and(|level| level >= EXCHANGE_SPAM),
        "x-spamd-result" | "x-rspamd" => value.get(..200).unwrap_or(value).contains(": True ["),
        "x-rspamd-action" | "x-spam-action" => begins("reject") || begins("add header") || begins("rewrite subject"),
        "x-forefront-antispam-report" => value.split(';').any(|part| {
            matches!(
                part.trim(),
                "SFV:SPM" | "CAT:SPM" | "CAT:HSPM" | "CAT:PHSH" | "CAT:HPHSH"
            )
        }),
        "x-spam-verdict" | "x-ses-spam-verdict" => begins("fail"),
        _ => false,
    }
}
