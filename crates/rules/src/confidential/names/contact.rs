//! Addresses in a text, and what people sign in with.

/// Longest part before and after the `@` (RFC 5321, 4.5.3.1).
const LONGEST_LOCAL: usize = 64;
const LONGEST_DOMAIN: usize = 255;

/// Where e-mail addresses stand, in order.
pub(super) fn addresses(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in text.match_indices('@') {
        let floor = found.last().map_or(0, |(_, to)| *to);
        let local = bytes[floor..place].iter().rev().take(LONGEST_LOCAL + 1);
        let before = local.take_while(|byte| is_local(**byte)).count();
        let domain = bytes[place + 1..].iter().take(LONGEST_DOMAIN + 1);
        let after = domain
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(**byte, b'.' | b'-'))
            .count();
        let from = place - before;
        let mut to = place + 1 + after;
        while to > place && matches!(bytes[to - 1], b'.' | b'-') {
            to -= 1;
        }
        let dotted = text[place..to.max(place)].trim_start_matches('@').contains('.');
        if (1..=LONGEST_LOCAL).contains(&before) && after <= LONGEST_DOMAIN && dotted {
            found.push((from, to));
        }
    }
    found
}

fn is_local(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'%' | b'+' | b'-')
}
