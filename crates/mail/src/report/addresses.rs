//! Addresses in running text.

/// An address and where it begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found<'t> {
    pub(super) at: usize,
    pub(super) address: &'t str,
}

/// RFC 5321, 4.5.3.1: no local part is longer than 64 octets; some gateways write longer ones.
const LONGEST_LOCAL: usize = 200;

/// Every `local@domain` in a text.
pub(super) fn in_text(text: &str) -> Vec<Found<'_>> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        if let Some(one) = around(text, at) {
            found.push(one);
        }
    }
    found
}

fn around(text: &str, at: usize) -> Option<Found<'_>> {
    let before = text.get(..at)?;
    let local: usize = before
        .chars()
        .rev()
        .take(LONGEST_LOCAL)
        .take_while(|letter| is_local(*letter))
        .map(char::len_utf8)
        .sum();
    let after = text.get(at + 1..)?;
    let domain: usize = after
        .chars()
        .take(255)
        .take_while(|letter| is_domain(*letter))
        .map(char::len_utf8)
        .sum();
    let domain = after.get(..domain)?.trim_end_matches(['.', '-']);
    let begins = at - local;
    // Quotation marks and the like around an address are none of it.
    let trimmed = before
        .get(begins..)?
        .trim_start_matches(['\'', '`', '.', '*', '=', '|', '/', '~']);
    let begins = at - trimmed.len();
    let ends = at + 1 + domain.len();
    (!trimmed.is_empty() && domain.contains(|letter: char| letter.is_alphanumeric()))
        .then(|| text.get(begins..ends))
        .flatten()
        .map(|address| Found { at: begins, address })
}

fn is_local(letter: char) -> bool {
    letter.is_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter)
}

fn is_domain(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '.' || letter == '-' || letter == '_'
}

/// True for the addresses of mail systems themselves.
pub(super) fn is_of_a_machine(address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default().to_lowercase();
    matches!(
        local.as_str(),
        "mailer-daemon" | "postmaster" | "mailer_daemon" | "mailerdaemon" | "post_master" | "mail-daemon"
    )
}
