//! Whether a message comes from where it says, as the receiving mail server found, and whether that server calls it spam.
//!
//! Anybody can write such findings into a message. Only the topmost field with the name of the configured server counts (RFC 8601, 5): that server
//! writes above what it received. Fields of others are passed over wherever they stand.

mod results;
mod spam;

use mail_parser::{Header, HeaderName, Message};
use rules::mail::{Address, Authentic};

use crate::settings::{Settings, SpamFlags};
use results::{Finding, Results};

/// What the receiving server found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Whether the domain of the sender stands behind the message.
    pub authentic: Authentic,
    /// Why it is called spam, if it is.
    pub spam: Option<String>,
}

/// What the server of the settings found out about a message from somebody.
pub(crate) fn of(message: &Message<'_>, from: &[Address], settings: &Settings) -> Found {
    let Some(results) = believed(message, settings) else {
        return Found::default();
    };
    Found {
        authentic: judge(&results, from),
        spam: match settings.spam_flags {
            SpamFlags::OfTheServer => spam::of(message),
            SpamFlags::Ignored => None,
        },
    }
}

fn believed(message: &Message<'_>, settings: &Settings) -> Option<Results> {
    let id = settings.authserv_id.as_deref()?.trim();
    let headers = message.parts.first()?.headers.iter();
    headers
        .filter(|header| header.name == HeaderName::AuthenticationResults)
        .filter_map(|header| results::read(&raw(message, header)))
        .find(|results| results.server.eq_ignore_ascii_case(id))
}

/// The value of a field as it came, on one line.
pub(crate) fn raw(message: &Message<'_>, header: &Header<'_>) -> String {
    let bytes = message
        .raw_message
        .get(header.offset_start as usize..header.offset_end as usize);
    let text = String::from_utf8_lossy(bytes.unwrap_or_default());
    text.replace(['\r', '\n'], "").trim().to_owned()
}

fn judge(results: &Results, from: &[Address]) -> Authentic {
    let mut domains: Vec<&str> = from
        .iter()
        .filter_map(|from| from.address.rsplit_once('@'))
        .map(|(_, domain)| domain)
        .collect();
    domains.sort_unstable();
    domains.dedup();
    let [domain] = domains.as_slice() else {
        let why = if domains.is_empty() {
            "it does not say who sent it"
        } else {
            "it names several senders of different domains"
        };
        return Authentic::No { why: why.to_owned() };
    };
    if let Some(dmarc) = results.of("dmarc").find(|finding| finding.result != "none") {
        let header_from = dmarc.property(&["header.from"]);
        return match dmarc.result.as_str() {
            "pass" if header_from.is_none_or(|found| are_aligned(found, domain)) => by("dmarc"),
            "pass" => no("DMARC was checked for another domain"),
            _ => no("DMARC failed"),
        };
    }
    let stands = |method: &'static str, properties: &'static [&'static str]| {
        let passed = |finding: &Finding| {
            finding.result == "pass"
                && finding
                    .property(properties)
                    .is_some_and(|found| are_aligned(found, domain))
        };
        results.of(method).any(passed)
    };
    if stands("dkim", &["header.d", "header.i"]) {
        return by("dkim");
    }
    if stands("spf", &["smtp.mailfrom", "smtp.mail"]) {
        return by("spf");
    }
    no(&failed(results, domain))
}

fn by(method: &str) -> Authentic {
    Authentic::Yes { by: method.to_owned() }
}

fn no(why: &str) -> Authentic {
    Authentic::No { why: why.to_owned() }
}

/// What was found instead, in words: "nothing stands behind uni.example: DKIM none, SPF softfail".
fn failed(results: &Results, domain: &str) -> String {
    let word = |method: &str| {
        let found = results.of(method).next().map(|finding| match finding.result.as_str() {
            "pass" => "of another domain",
            result => result,
        });
        format!("{} {}", method.to_uppercase(), found.unwrap_or("not checked"))
    };
    format!("nothing stands behind {domain}: {}, {}", word("dkim"), word("spf"))
}

/// Whether two domains belong to one owner (RFC 7489, 3.1: relaxed alignment). Either may come as an address.
fn are_aligned(found: &str, domain: &str) -> bool {
    let found = found.rsplit_once('@').map_or(found, |(_, domain)| domain);
    match (owned(found), owned(domain)) {
        (Some(found), Some(domain)) => found == domain,
        // No domain that anybody can own, such as one inside a house: only itself.
        (None, None) => found.eq_ignore_ascii_case(domain),
        _ => false,
    }
}

/// The part of a domain that somebody owns, by the list of public suffixes.
fn owned(domain: &str) -> Option<String> {
    let domain = domain.trim_end_matches('.').to_ascii_lowercase();
    psl::domain_str(&domain).map(str::to_owned)
}
