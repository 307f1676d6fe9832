//! Status codes (RFC 3463) and reply codes (RFC 5321, 4.2) in what mail servers say.

/// A status code in a text, and how much it tells there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Status<'t> {
    pub(super) code: &'t str,
    pub(super) weight: u8,
}

impl Status<'_> {
    /// True when it says more than which family it is of.
    pub(super) fn tells(&self) -> bool {
        self.weight >= SPECIFIC
    }
}

/// The weight of a code that says what went wrong.
const SPECIFIC: u8 = 4;

/// The code that tells most among all that stand in these texts; of equals the last, because the servers that are nearer to the
/// mailbox stand further inside.
pub(super) fn most_telling<'t>(texts: impl Iterator<Item = &'t str>) -> Option<Status<'t>> {
    let mut best: Option<Status<'t>> = None;
    for status in texts.flat_map(in_text) {
        if best.is_none_or(|known| status.weight >= known.weight) {
            best = Some(status);
        }
    }
    best
}

/// Every status code in a text.
pub(super) fn in_text(text: &str) -> Vec<Status<'_>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if let Some(length) = code_at(bytes, at) {
            if let Some(code) = text.get(at..at + length) {
                found.push(Status {
                    code,
                    weight: weight(code, text.get(..at).unwrap_or_default()),
                });
            }
            at += length;
        } else {
            at += 1;
        }
    }
    found
}

/// The length of a code `[245].d{1,3}.d{1,3}` that begins here and is no part of a longer number.
fn code_at(bytes: &[u8], at: usize) -> Option<usize> {
    let joined = |byte: u8| {
        byte.is_ascii_alphanumeric() || byte == b'.' || byte == b'-' && at >= 2 && bytes[at - 2].is_ascii_alphabetic()
    };
    let begins = matches!(bytes.get(at), Some(b'2' | b'4' | b'5')) && (at == 0 || !joined(bytes[at - 1]));
    let second = digits(bytes, at + 2)?;
    let third_at = at + 2 + second + 1;
    let dots = bytes.get(at + 1) == Some(&b'.') && bytes.get(third_at - 1) == Some(&b'.');
    let third = digits(bytes, third_at)?;
    let end = third_at + third;
    let goes_on = bytes.get(end).is_some_and(|byte| {
        byte.is_ascii_alphanumeric() || *byte == b'.' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    });
    (begins && dots && !goes_on).then_some(end - at)
}

fn digits(bytes: &[u8], from: usize) -> Option<usize> {
    let count = bytes
        .get(from..)?
        .iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    (1..=3).contains(&count).then_some(count)
}

/// Codes that say only that something went wrong weigh least; codes right behind a reply code most.
fn weight(code: &str, before: &str) -> u8 {
    let (_, detail) = code.split_once('.').unwrap_or(("", code));
    let specific = match detail {
        "0.0" => 0,
        "1.0" | "2.0" | "3.0" | "4.0" | "5.0" | "6.0" | "7.0" | "4.7" => 2,
        _ => SPECIFIC,
    };
    let before = before.trim_end_matches([' ', '-', '\'', '"', '#', '(', '[']);
    let replied = before
        .get(before.len().saturating_sub(3)..)
        .is_some_and(|reply| is_reply(reply.as_bytes()));
    specific + u8::from(replied && specific > 0)
}

fn is_reply(reply: &[u8]) -> bool {
    matches!(reply, [b'2' | b'4' | b'5', second, third] if second.is_ascii_digit() && third.is_ascii_digit())
}

/// The last reply code of a server (`550`, `421`) in a text.
pub(super) fn reply_in(text: &str) -> Option<&str> {
    let bytes = text.as_bytes();
    let mut last = None;
    for at in 0..bytes.len().saturating_sub(2) {
        let code = &bytes[at..at + 3];
        let free_before = at == 0
            || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b'-' | b':' | b'/' | b'_'));
        let free_after = bytes
            .get(at + 3)
            .is_none_or(|next| matches!(next, b' ' | b'-' | b'\n' | b'\r' | b'#' | b':' | b'\'' | b'"' | b','));
        let replies = is_reply(code) && code[0] != b'2' && code[1] <= b'5';
        if replies && free_before && free_after && last.is_none() {
            last = text.get(at..at + 3);
        }
    }
    last
}
