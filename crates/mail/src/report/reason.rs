//! Why a letter did not arrive, by the words and the codes of a report.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use rules::mail::{Reason, ReportKind};

use super::code;

/// What a report says about one reader.
pub(super) struct Said<'s> {
    /// The status code.
    pub(super) status: Option<&'s str>,
    /// What the report tells.
    pub(super) kind: ReportKind,
    /// Its words, the most trustworthy first.
    pub(super) texts: &'s [&'s str],
}

/// The reason: by words that leave no doubt, by a status code that tells, by weaker words, by what is left.
pub(super) fn of(said: &Said<'_>) -> Reason {
    if matches!(said.kind, ReportKind::Delivered | ReportKind::Shown) {
        return Reason::Unknown;
    }
    let texts: Vec<String> = said.texts.iter().map(|text| plain(text)).collect();
    let by_code = said
        .status
        .and_then(|status| by_status(status).filter(|_| outranks_words(status)));
    let sure = by_code.or_else(|| texts.iter().find_map(|text| PHRASES.sure.find(text)));
    sure.or_else(|| said.status.and_then(by_status))
        .or_else(|| texts.iter().find_map(|text| PHRASES.weak.find(text)))
        .or_else(|| said.status.and_then(by_class))
        .or_else(|| {
            said.texts
                .iter()
                .find_map(|text| code::reply_in(text))
                .and_then(by_reply)
        })
        .unwrap_or(if said.kind == ReportKind::Delayed {
            Reason::Expired
        } else {
            Reason::Unknown
        })
}

/// The reason that words in lower case leave no doubt about.
pub(super) fn in_words(lower: &str) -> Option<Reason> {
    let text = plain(lower);
    PHRASES.sure.find(&text).or_else(|| PHRASES.weak.find(&text))
}

/// Lower case, one blank between words, typographic marks as plain ones.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        // The lines of an answer begin with its code again: "550-5.1.1 no such", "550 5.1.1 user".
        if !plain.is_empty() {
            plain.push(' ');
        }
        plain.extend(word.chars().flat_map(char::to_lowercase).map(|letter| match letter {
            '’' | '‘' | '`' => '\'',
            '“' | '”' => '"',
            other => other,
        }));
    }
    plain
}

/// How far apart the parts of a phrase may stand, in octets.
const APART: usize = 120;

/// True when the parts stand in the text in their order, not far apart.
fn stands_in(text: &str, parts: &[String]) -> bool {
    let Some((first, others)) = parts.split_first() else {
        return false;
    };
    starts(text, first).any(|at| {
        let mut end = at + first.len();
        others.iter().all(|part| {
            let rest = text.get(end..).unwrap_or_default();
            let found = starts(rest, part).next().filter(|distance| *distance <= APART);
            end += found.unwrap_or_default() + part.len();
            found.is_some()
        })
    })
}

/// Where a part stands at the beginning of a word: "ip" is no part of "recipient".
fn starts<'t>(text: &'t str, part: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(part).map(|(at, _)| at).filter(move |at| {
        let joined = text
            .as_bytes()
            .get(at.wrapping_sub(1))
            .is_some_and(u8::is_ascii_alphanumeric);
        !joined || !part.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric)
    })
}

/// True for codes that servers send only where they mean them, while the words beside them are those of an ordinary refusal.
fn outranks_words(status: &str) -> bool {
    let detail = status.split_once('.').map_or("", |(_, detail)| detail);
    matches!(detail, "1.6" | "1.9" | "7.13")
        || detail
            .strip_prefix("7.2")
            .is_some_and(|last| matches!(last, "0" | "1" | "2" | "3" | "4" | "5" | "6"))
}

/// Codes of RFC 3463, and of the registry beyond it, that tell a reason by themselves.
fn by_status(status: &str) -> Option<Reason> {
    let (_, detail) = status.split_once('.')?;
    Some(match detail {
        "1.1" | "1.3" | "1.0" | "1.4" => Reason::UserUnknown,
        "1.2" | "4.4" | "4.3" => Reason::DomainUnknown,
        "1.6" | "1.9" => Reason::Moved,
        "1.7" | "1.8" | "7.27" => Reason::SenderRefused,
        "1.10" => Reason::TakesNoMail,
        "2.1" | "7.13" => Reason::MailboxClosed,
        "2.2" => Reason::MailboxFull,
        "2.3" | "3.4" => Reason::TooLarge,
        "3.1" => Reason::ServerFull,
        "3.2" | "3.5" | "2.4" | "4.6" => Reason::ServerFault,
        "4.1" | "4.2" => Reason::Unreachable,
        "4.7" => Reason::Expired,
        "4.5" | "7.28" | "5.3" => Reason::TooMany,
        "5.1" | "5.2" | "5.4" | "5.5" | "5.6" => Reason::Protocol,
        "6.1" | "6.2" | "6.3" | "6.6" | "6.0" => Reason::Content,
        "7.4" | "7.8" | "7.9" | "7.10" | "7.11" | "7.12" | "7.14" | "7.5" | "7.6" | "7.7" => Reason::Security,
        "7.15" | "7.16" | "7.17" | "7.18" | "7.19" => Reason::Policy,
        "7.20" | "7.21" | "7.22" | "7.23" | "7.24" | "7.26" | "7.29" | "7.30" | "7.509" | "7.515" => {
            Reason::NotAuthenticated
        }
        "7.25" => Reason::NoReverseName,
        "7.605" | "7.606" | "7.511" => Reason::ServerBlocked,
        _ => return None,
    })
}

/// What is left of a code: its family.
fn by_class(status: &str) -> Option<Reason> {
    let (class, detail) = status.split_once('.')?;
    Some(match (class, detail.split('.').next()?) {
        (_, "1") => Reason::UserUnknown,
        (_, "2") => Reason::Filtered,
        (_, "3") => Reason::ServerFault,
        ("4", "4") => Reason::Expired,
        (_, "4") => Reason::Unreachable,
        (_, "5") => Reason::Protocol,
        (_, "6") => Reason::Content,
        (_, "7") => Reason::Policy,
        _ => return None,
    })
}

/// What a reply code says where nothing else does (RFC 5321, 4.2.3).
fn by_reply(reply: &str) -> Option<Reason> {
    Some(match reply {
        "552" | "452" => Reason::MailboxFull,
        "553" | "551" => Reason::UserUnknown,
        "421" => Reason::ServerFault,
        "500" | "501" | "502" | "503" | "504" | "555" => Reason::Protocol,
        "530" | "534" | "535" | "538" => Reason::Security,
        "521" | "556" => Reason::TakesNoMail,
        _ => return None,
    })
}

/// The lists of words.
struct Phrases {
    /// What leaves no doubt.
    sure: Phrasebook,
    /// What is weaker.
    weak: Phrasebook,
}

/// Words and the reason they give, in the order in which they are looked for.
struct Phrasebook {
    phrases: Vec<(Reason, Vec<String>)>,
    /// Finds the first parts of all of them in one pass: hardly any of thousands stands in a text.
    firsts: AhoCorasick,
}

impl Phrasebook {
    fn of(phrases: Vec<(Reason, Vec<String>)>) -> Phrasebook {
        let firsts = phrases.iter().filter_map(|(_, parts)| parts.first());
        let firsts = AhoCorasick::new(firsts).expect("the list of phrases is our own, and far below any limit");
        Phrasebook { phrases, firsts }
    }

    /// The reason of the first phrase that stands in the text.
    fn find(&self, text: &str) -> Option<Reason> {
        let begun = self.firsts.find_overlapping_iter(text);
        let begun: BTreeSet<usize> = begun.map(|found| found.pattern().as_usize()).collect();
        let mut begun = begun.into_iter().filter_map(|index| self.phrases.get(index));
        begun
            .find(|(_, parts)| stands_in(text, parts))
            .map(|(reason, _)| *reason)
    }
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| read(include_str!("data/reasons.txt")));

/// Reads the list: `[reason]` before what leaves no doubt, `[reason?]` before what is weaker, a phrase a line, ` .. ` for anything in
/// between, `#` for remarks.
fn read(list: &str) -> Phrases {
    let (mut sure, mut weak) = (Vec::new(), Vec::new());
    let mut section = None;
    for line in list
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = Reason::from_code(name.trim_end_matches('?')).map(|reason| (reason, name.ends_with('?')));
        } else if let Some((reason, doubtful)) = section {
            let parts = line.split(" .. ").map(str::to_owned).collect();
            let list = if doubtful { &mut weak } else { &mut sure };
            list.push((reason, parts));
        }
    }
    Phrases {
        sure: Phrasebook::of(sure),
        weak: Phrasebook::of(weak),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_of_the_list_is_a_reason_and_no_phrase_stands_twice() {
        let mut seen = std::collections::BTreeSet::new();
        for line in include_str!("data/reasons.txt").lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[') {
                let name = name.trim_end_matches(']').trim_end_matches('?');
                assert!(Reason::from_code(name).is_some(), "{name}");
            } else if !line.is_empty() && !line.starts_with('#') {
                assert!(seen.insert(line), "twice: {line}");
                assert_eq!(line, line.to_lowercase(), "texts are compared in lower case");
            }
        }
    }
}
