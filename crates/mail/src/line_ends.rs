//! Messages whose lines end as no mail may (RFC 5322, 2.1), mended before they are parsed.

use std::borrow::Cow;

/// How far the first end of a line is looked for: heads have many lines by then.
const LOOKED_AT: usize = 4096;

/// The message with lines that a parser can tell apart: without the `From ` line that mailbox files put before a message, and with line
/// feeds where it has carriage returns alone. Anything else is handed back as it is.
///
/// ```
/// assert_eq!(&*mail::line_ends::mended(b"From: a@example.org\rSubject: x\r\rtext\r"), b"From: a@example.org\nSubject: x\n\ntext\n");
/// assert_eq!(&*mail::line_ends::mended(b"Subject: x\r\n\r\ntext"), b"Subject: x\r\n\r\ntext");
/// ```
#[must_use]
pub fn mended(message: &[u8]) -> Cow<'_, [u8]> {
    let beginning = message.get(..LOOKED_AT).unwrap_or(message);
    if !beginning.contains(&b'\n') && beginning.contains(&b'\r') {
        let fed: Vec<u8> = message
            .iter()
            .map(|byte| if *byte == b'\r' { b'\n' } else { *byte })
            .collect();
        let fed = without_envelope(&fed).to_vec();
        return Cow::Owned(fed);
    }
    Cow::Borrowed(without_envelope(message))
}

/// Without the first line of a mailbox file, `From ann@example.org Thu Nov 26 ...`, which is no field.
fn without_envelope(message: &[u8]) -> &[u8] {
    if !message.starts_with(b"From ") && !message.starts_with(b">From ") {
        return message;
    }
    let line = message.iter().position(|byte| *byte == b'\n');
    line.and_then(|end| message.get(end + 1..)).unwrap_or(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_mailbox_file_goes_and_the_field_of_the_same_name_stays() {
        assert_eq!(
            &*mended(b"From ann@example.org Thu Nov 26\nFrom: b@example.org\n\nx"),
            b"From: b@example.org\n\nx"
        );
        assert_eq!(&*mended(b"From: b@example.org\n\nx"), b"From: b@example.org\n\nx");
        assert_eq!(&*mended(b"From nowhere"), b"From nowhere");
    }

    #[test]
    fn a_carriage_return_inside_a_proper_message_stays() {
        assert_eq!(&*mended(b"Subject: x\r\n\r\na\rb"), b"Subject: x\r\n\r\na\rb");
    }
}
