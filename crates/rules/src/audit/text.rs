//! What the C2SP texts allow in a line, and numbers and bytes written in one way only.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The first ASCII control character other than a line feed, which a signed note must not hold (those below U+0020).
pub(super) fn control_character(text: &str) -> Option<char> {
    text.chars().find(|&c| c < ' ' && c != '\n')
}

/// Whether `text` can stand as one line of a note: not empty, no line feed, no control character.
pub(super) fn is_line(text: &str) -> bool {
    !text.is_empty() && !text.contains(|c: char| c < ' ')
}

/// Reads a decimal number with no sign and no leading zero.
pub(super) fn parse_decimal(text: &str) -> Option<u64> {
    text.parse().ok().filter(|number: &u64| number.to_string() == text)
}

pub(super) fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Reads standard base64 with padding; another spelling of the same bytes is refused.
pub(super) fn from_base64(text: &str) -> Result<Vec<u8>, base64::DecodeError> {
    STANDARD.decode(text)
}
