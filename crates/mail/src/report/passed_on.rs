//! Reports that a person passes on without a word of their own: still a report, unless it is about a letter to us.

use rules::mail::Report;

use super::gathered::Gathered;
use super::{addresses, delivery};

/// How many words of one's own make a message of a person of what is passed on.
const OWN_WORDS: usize = 4;

/// How a subject begins that mail programs give to what is passed on.
const BEGINNINGS: [&str; 9] = ["fwd:", "fw:", "wg:", "tr:", "rv:", "enc:", "i:", "doorst:", "vs:"];

/// The report that is quoted below a line or two. It must be passed on whole, with the fields that are meant for machines; whoever
/// writes more than a few words has something to say. A report that a letter *to us* did not arrive is never taken from a person:
/// what failed there may be their complaint.
pub(super) fn of(gathered: &Gathered) -> Option<Report> {
    if !BEGINNINGS
        .iter()
        .any(|beginning| gathered.subject.starts_with(beginning))
    {
        return None;
    }
    let (own, quoted) = apart(&gathered.whole);
    let own_words = own.split_whitespace().count();
    let whole = ["final-recipient:", "action:", "status:", "reporting-mta:"];
    let lower = quoted.to_lowercase();
    if own_words > OWN_WORDS || !whole.iter().all(|name| lower.contains(name)) {
        return None;
    }
    let report = delivery::of_fields(gathered, &[&quoted])?;
    let to_us = report
        .recipients
        .iter()
        .any(|one| one.address.as_deref().is_some_and(|address| is_ours(gathered, address)));
    (!to_us).then_some(report)
}

/// True for addresses of the domains that the message itself went to.
fn is_ours(gathered: &Gathered, address: &str) -> bool {
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    gathered.to.iter().any(|ours| domain(ours) == domain(address))
}

/// What the person wrote, and what they quote, without its marks.
fn apart(text: &str) -> (String, String) {
    let mut own = String::new();
    let mut quoted = String::new();
    for line in text.lines() {
        let bare = line.trim_start_matches(['>', ' ']);
        let announces = bare.len() < 80 && (bare.ends_with(':') || bare.starts_with("---"));
        if line.starts_with('>') {
            quoted.push_str(bare);
            quoted.push('\n');
        } else if !announces && addresses::in_text(line).is_empty() {
            own.push_str(line);
            own.push('\n');
        }
    }
    (own, quoted)
}
